import { planOperations } from '@/lib/api/plans'
import { handle } from '@/lib/http/handle'

export const GET = handle(planOperations.preview)
