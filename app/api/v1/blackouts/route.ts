import { blackoutOperations } from '@/lib/api/windows'
import { handle } from '@/lib/http/handle'

export const GET = handle(blackoutOperations.list)
export const POST = handle(blackoutOperations.create)
