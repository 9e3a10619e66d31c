import 'server-only'
import type { z } from 'zod'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { authorise, authoriseScope, notFound } from '@/lib/auth/authorise'
import { requireStepUp } from '@/lib/auth/step-up'
import { AppError } from '@/lib/core/errors'
import { db } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'
import { toJson } from '@/lib/db/json'
import { originOf } from '@/lib/firewalls/address'
import { sealRowCredential } from '@/lib/firewalls/vault'
import type { EnrolmentRowDto } from './dto'
import type { editRowInput } from './input'
import { ownFile, rowsInScope, wakeFile } from './own-file'
import { stateOf, toRow } from './read'
import { nextRowState } from './states'
import { rowIdOf, storedRow, type StoredRow } from './stored-row'
import { fingerprintFor } from './take-file'

type Edit = z.output<typeof editRowInput>

function edited(input: StoredRow, { name, family, baseUrl }: Edit): StoredRow {
  const origin = baseUrl === undefined ? input.origin : originOf(baseUrl)
  const moved = origin !== input.origin
  // Another machine may answer there, so what was compared is worth nothing.
  return { ...input, name: name ?? input.name, family: family === undefined ? input.family : family, origin, ...(moved && { trusted: null, pin: null, publicCa: false }) }
}

/**
 * Changes a row that waits for a person and lets it go through it all again. A new address needs a new credential, and so
 * does a row whose credential is gone. Throws conflict for a row that is under way or at its end.
 */
export async function editRow(actor: Actor, edit: Edit): Promise<EnrolmentRowDto> {
  const scope = authoriseScope(actor, 'firewall:manage')
  const file = await ownFile(scope, edit.id)
  const row = await db().enrolmentRow.findFirst({ where: { ...rowsInScope(scope, edit.id), line: edit.line }, include: { customer: { select: { id: true, name: true } } } })
  if (!row) throw notFound('enrolment')
  authorise(actor, 'firewall:manage', { customerId: row.customerId })
  requireStepUp(actor, 'firewall.credential')
  const next = nextRowState(stateOf(row.state), 'edited')
  if (next === null) throw new AppError('conflict', 'This line is under way or at its end.', { nextStep: 'Look at it again in a moment.' })
  const before = storedRow.parse(row.input)
  const after = edited(before, edit)
  if (edit.credential === undefined && (after.origin !== before.origin || row.credentialSealed === null)) {
    const message = after.origin === before.origin ? 'The credential of this line is gone. Enter it again.' : 'A new address needs the credential again.'
    throw new AppError('invalid-input', message, { issues: [{ field: 'credential', message }] })
  }
  const stored = edit.credential === undefined ? {} : { credentialSealed: await sealRowCredential(edit.credential, rowIdOf(row), after.origin) }
  const input: StoredRow = edit.credential === undefined ? after : { ...after, method: edit.credential.method, fingerprint: await fingerprintFor(after.origin, edit.credential) }
  const changedAt = new Date()
  await db().$transaction(async (tx) => {
    const { count } = await tx.enrolmentRow.updateMany({ where: { fileId: row.fileId, line: row.line, state: row.state, changedAt: row.changedAt }, data: { state: next, input: toJson(input), ...stored, certificate: Prisma.DbNull, message: null, nextStep: null, changedAt } })
    if (count === 0) throw new AppError('conflict', 'This line has gone on since you looked at it.', { nextStep: 'Look at it again.' })
    const seen = ({ name, family, origin, method }: StoredRow) => ({ name, family, origin, method })
    await record(tx, actor, { action: 'enrolment.edit', target: { kind: 'address', id: null, name: input.origin }, customer: row.customer, before: seen(before), after: seen(input), details: { file: file.fileName, line: row.line, credentialReplaced: edit.credential !== undefined } })
  })
  await wakeFile(edit.id)
  return toRow({ ...row, state: next, credentialSealed: stored.credentialSealed ?? row.credentialSealed, certificate: null, message: null, nextStep: null, changedAt }, input)
}
