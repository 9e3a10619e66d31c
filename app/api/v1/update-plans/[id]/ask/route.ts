import { planOperations } from '@/lib/api/plans'
import { handle } from '@/lib/http/handle'

export const POST = handle(planOperations.ask)
