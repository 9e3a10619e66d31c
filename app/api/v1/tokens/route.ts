import { tokenOperations } from '@/lib/api/tokens'
import { handle } from '@/lib/http/handle'

export const GET = handle(tokenOperations.list)
export const POST = handle(tokenOperations.create)
