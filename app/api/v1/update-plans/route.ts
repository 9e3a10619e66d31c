import { planOperations } from '@/lib/api/plans'
import { handle } from '@/lib/http/handle'

export const GET = handle(planOperations.list)
export const POST = handle(planOperations.create)
