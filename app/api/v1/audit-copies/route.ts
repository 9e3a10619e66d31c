import { auditCopyOperations } from '@/lib/api/audit-copies'
import { handle } from '@/lib/http/handle'

export const GET = handle(auditCopyOperations.list)
export const POST = handle(auditCopyOperations.create)
