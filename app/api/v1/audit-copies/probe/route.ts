import { auditCopyOperations } from '@/lib/api/audit-copies'
import { handle } from '@/lib/http/handle'

export const POST = handle(auditCopyOperations.probe)
