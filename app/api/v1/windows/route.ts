import { windowOperations } from '@/lib/api/windows'
import { handle } from '@/lib/http/handle'

export const GET = handle(windowOperations.list)
export const POST = handle(windowOperations.create)
