import { windowOperations } from '@/lib/api/windows'
import { handle } from '@/lib/http/handle'

export const GET = handle(windowOperations.read)
export const PUT = handle(windowOperations.edit)
export const DELETE = handle(windowOperations.remove)
