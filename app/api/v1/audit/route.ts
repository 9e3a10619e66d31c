import { auditOperations } from '@/lib/api/audit'
import { handle } from '@/lib/http/handle'

export const GET = handle(auditOperations.list)
