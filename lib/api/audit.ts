import { auditEntryDto, exportAuditInput, listAuditInput } from '@/lib/audit/dto'
import { exportAudit } from '@/lib/audit/export'
import { listAudit } from '@/lib/audit/list'
import { operation } from '@/lib/http/operation'
import { listOf } from '@/lib/lists/list'

const tag = 'audit'
export const auditOperations = {
  list: operation({ id: 'listAudit', method: 'get', path: '/audit', tag, summary: 'Who did what, with which result', input: listAuditInput, output: listOf(auditEntryDto), run: listAudit }),
  export: operation({ id: 'exportAudit', method: 'get', path: '/audit/export', tag, summary: 'The filtered log as CSV or JSON, or the whole chain to be verified', input: exportAuditInput, output: 'download', run: exportAudit }),
}
