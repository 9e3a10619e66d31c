import { z } from 'zod'
import { cancelBulk } from '@/lib/bulk/cancel'
import { exportFirewalls } from '@/lib/bulk/export'
import { bulkDto, bulkId, bulkSummary, exportFirewallsInput, startBulkInput } from '@/lib/bulk/input'
import { listBulk, readBulk } from '@/lib/bulk/read'
import { startBulk } from '@/lib/bulk/start'
import { operation } from '@/lib/http/operation'
import { listOf } from '@/lib/lists/list'

const tag = 'bulk acts'

export const bulkOperations = {
  list: operation({ id: 'listBulk', method: 'get', path: '/bulk', tag, summary: 'Your acts over many firewalls, the newest 20', input: z.strictObject({}), output: listOf(bulkSummary), run: listBulk }),
  start: operation({ id: 'startBulk', method: 'post', path: '/bulk', tag, summary: 'One act over many firewalls, picked or all that match', input: startBulkInput, output: bulkDto, status: 202, creates: true, run: (actor, input, { create }) => startBulk(actor, input, create) }),
  read: operation({ id: 'readBulk', method: 'get', path: '/bulk/{id}', tag, summary: 'How an act stands, and on which firewalls it failed', input: bulkId, output: bulkDto, run: readBulk }),
  cancel: operation({ id: 'cancelBulk', method: 'post', path: '/bulk/{id}/cancel', tag, summary: 'End an act; what runs is finished', input: bulkId, output: bulkDto, run: cancelBulk }),
  export: operation({ id: 'exportFirewalls', method: 'post', path: '/firewalls/export', tag, summary: 'Firewalls as CSV or JSON, picked or all that match', input: exportFirewallsInput, output: 'download', run: exportFirewalls }),
}
