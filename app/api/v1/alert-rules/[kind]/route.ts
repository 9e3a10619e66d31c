import { alertRuleOperations } from '@/lib/api/alert-rules'
import { handle } from '@/lib/http/handle'

export const PUT = handle(alertRuleOperations.edit)
