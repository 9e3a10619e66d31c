import { alertRuleOperations } from '@/lib/api/alert-rules'
import { handle } from '@/lib/http/handle'

export const GET = handle(alertRuleOperations.customer)
