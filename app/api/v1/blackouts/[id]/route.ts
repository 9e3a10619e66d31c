import { blackoutOperations } from '@/lib/api/windows'
import { handle } from '@/lib/http/handle'

export const GET = handle(blackoutOperations.read)
export const PUT = handle(blackoutOperations.edit)
export const DELETE = handle(blackoutOperations.remove)
