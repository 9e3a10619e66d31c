import { auditCopyOperations } from '@/lib/api/audit-copies'
import { handle } from '@/lib/http/handle'

export const PATCH = handle(auditCopyOperations.edit)
export const DELETE = handle(auditCopyOperations.remove)
