import { z } from 'zod'
import { createCopy } from '@/lib/audit-copies/create'
import { editCopy, removeCopy } from '@/lib/audit-copies/edit'
import { copyDto, copyId, createCopyInput, editCopyInput, probeReceiverInput, receiverDto, testedReceiverDto, testReceiverInput } from '@/lib/audit-copies/input'
import { listCopies } from '@/lib/audit-copies/list'
import { probeReceiver, testReceiver } from '@/lib/audit-copies/try-receiver'
import { operation } from '@/lib/http/operation'
import { listOf } from '@/lib/lists/list'

const tag = 'audit'

export const auditCopyOperations = {
  list: operation({ id: 'listAuditCopies', method: 'get', path: '/audit-copies', tag, summary: 'Where the audit log is copied to, and how far', input: z.strictObject({}), output: listOf(copyDto), run: listCopies }),
  create: operation({ id: 'createAuditCopy', method: 'post', path: '/audit-copies', tag, summary: 'Copy the audit log to a syslog receiver or into files', input: createCopyInput, output: copyDto, status: 201, creates: true, run: (actor, input, { create }) => createCopy(actor, input, create) }),
  edit: operation({ id: 'editAuditCopy', method: 'patch', path: '/audit-copies/{id}', tag, summary: 'Rename, move, pause or continue a copy', input: editCopyInput, output: copyDto, ifMatch: true, run: (actor, input, { expectedRevision }) => editCopy(actor, input, expectedRevision) }),
  remove: operation({ id: 'removeAuditCopy', method: 'delete', path: '/audit-copies/{id}', tag, summary: 'End a copy; what arrived stays', input: copyId, output: z.object({ removed: z.literal(true) }), ifMatch: true, run: (actor, input, { expectedRevision }) => removeCopy(actor, input, expectedRevision) }),
  probe: operation({ id: 'probeReceiver', method: 'post', path: '/audit-copies/probe', tag, summary: 'The certificate of a syslog receiver, before anything is sent', input: probeReceiverInput, output: receiverDto, run: probeReceiver }),
  test: operation({ id: 'testReceiver', method: 'post', path: '/audit-copies/test', tag, summary: 'Send a syslog receiver a test message', input: testReceiverInput, output: testedReceiverDto, run: (actor, input, { signal }) => testReceiver(actor, input, signal) }),
}
