import 'server-only'
// What a person does with rows that wait for one.
import type { z } from 'zod'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { authoriseScope } from '@/lib/auth/authorise'
import { requireStepUp } from '@/lib/auth/step-up'
import { db, type Tx } from '@/lib/db/client'
import { toJson } from '@/lib/db/json'
import { isPlainHttp } from '@/lib/firewalls/address'
import { seenCertificate } from '@/lib/firewalls/dto'
import type { rowLinesInput, trustRowsInput } from './input'
import { finishFile, ownFile, rowsInScope, wakeFile } from './own-file'
import { nextRowState, statesBefore, type RowEvent } from './states'
import { storedRow } from './stored-row'

const withCustomer = { customer: { select: { id: true, name: true } } } as const

/**
 * Trusts what rows showed, each by the fingerprint that the person compared. Rows that show another one in the meantime,
 * or have gone on, stay as they are and are not counted.
 */
export async function trustRows(actor: Actor, { id, rows: wanted }: z.output<typeof trustRowsInput>): Promise<{ changed: number }> {
  const scope = authoriseScope(actor, 'firewall:manage')
  const file = await ownFile(scope, id)
  requireStepUp(actor, 'firewall.trust')
  const given = new Map(wanted.map(({ line, sha256 }) => [line, sha256]))
  const changed = await db().$transaction(async (tx) => {
    const rows = await tx.enrolmentRow.findMany({ where: { ...rowsInScope(scope, id), state: { in: statesBefore('confirmed') }, line: { in: [...given.keys()] } }, include: withCustomer })
    let count = 0
    for (const row of rows) {
      const input = storedRow.parse(row.input)
      const seen = seenCertificate.safeParse(row.certificate)
      const shown = seen.success ? seen.data.sha256 : null
      if (shown !== (given.get(row.line) ?? null) || (shown === null && !isPlainHttp(input.origin))) continue
      const updated = await tx.enrolmentRow.updateMany({ where: { fileId: id, line: row.line, state: row.state }, data: { state: 'waiting', input: toJson({ ...input, trusted: { sha256: shown } }), message: null, nextStep: null, changedAt: new Date() } })
      if (updated.count === 0) continue
      count += 1
      await record(tx, actor, { action: 'enrolment.trust', target: { kind: 'address', id: null, name: input.origin }, customer: row.customer, after: { mode: shown === null ? 'plain-http' : 'pin', sha256: shown }, details: { file: file.fileName, line: row.line, name: input.name } })
    }
    return count
  })
  if (changed > 0) await wakeFile(id)
  return { changed }
}

type Moved = { line: number; name: string; origin: string; customer: { id: string; name: string } }

async function move(tx: Tx, where: ReturnType<typeof rowsInScope>, lines: readonly number[], event: RowEvent, more: { credentialSealed?: null }): Promise<Moved[]> {
  const moved: Moved[] = []
  for (const state of statesBefore(event)) {
    const next = nextRowState(state, event)
    const rows = await tx.enrolmentRow.findMany({ where: { ...where, state, line: { in: [...lines] } }, include: withCustomer })
    for (const row of rows) {
      const { count } = await tx.enrolmentRow.updateMany({ where: { fileId: row.fileId, line: row.line, state }, data: { state: next ?? state, message: null, nextStep: null, changedAt: new Date(), ...more } })
      const { name, origin } = storedRow.parse(row.input)
      if (count > 0) moved.push({ line: row.line, name, origin, customer: row.customer })
    }
  }
  return moved
}

/** Lets failed rows whose credential is still kept go through it all again. At most two failed sign-ins in 30 minutes hold here as everywhere. */
export async function retryRows(actor: Actor, { id, lines }: z.output<typeof rowLinesInput>): Promise<{ changed: number }> {
  const scope = authoriseScope(actor, 'firewall:manage')
  const file = await ownFile(scope, id)
  const moved = await db().$transaction(async (tx) => {
    const rows = await move(tx, { ...rowsInScope(scope, id), credentialSealed: { not: null } }, lines, 'retried', {})
    for (const { line, name, origin, customer } of rows) await record(tx, actor, { action: 'enrolment.retry', target: { kind: 'address', id: null, name: origin }, customer, details: { file: file.fileName, line, name } })
    return rows
  })
  if (moved.length > 0) await wakeFile(id)
  return { changed: moved.length }
}

/** Gives rows up: their credentials are forgotten. What is enrolled stays. */
export async function dropRows(actor: Actor, { id, lines }: z.output<typeof rowLinesInput>): Promise<{ changed: number }> {
  const scope = authoriseScope(actor, 'firewall:manage')
  const file = await ownFile(scope, id)
  const moved = await db().$transaction(async (tx) => {
    const rows = await move(tx, rowsInScope(scope, id), lines, 'dropped', { credentialSealed: null })
    for (const { line, name, origin, customer } of rows) await record(tx, actor, { action: 'enrolment.drop', target: { kind: 'address', id: null, name: origin }, customer, details: { file: file.fileName, line, name } })
    return rows
  })
  await finishFile(id, new Date())
  return { changed: moved.length }
}
