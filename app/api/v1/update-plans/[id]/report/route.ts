import { planRunOperations } from '@/lib/api/plan-runs'
import { handle } from '@/lib/http/handle'

export const GET = handle(planRunOperations.report)
