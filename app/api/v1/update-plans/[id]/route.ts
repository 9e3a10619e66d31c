import { planOperations } from '@/lib/api/plans'
import { handle } from '@/lib/http/handle'

export const GET = handle(planOperations.read)
export const PATCH = handle(planOperations.edit)
export const DELETE = handle(planOperations.discard)
