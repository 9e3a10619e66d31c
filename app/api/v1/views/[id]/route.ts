import { viewOperations } from '@/lib/api/views'
import { handle } from '@/lib/http/handle'

export const PATCH = handle(viewOperations.edit)
export const DELETE = handle(viewOperations.remove)
