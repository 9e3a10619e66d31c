import 'server-only'
import type { z } from 'zod'
import type { ReadKind } from '@/lib/adapters/model'
import { withAuditedIntent } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { authoriseScope, inScope, notFound } from '@/lib/auth/authorise'
import { db } from '@/lib/db/client'
import { noteReadingProblem } from '@/lib/db/sql'
import { connectTo, findCallable } from './connect'
import { problemNote } from './dto'
import type { readInput } from './input'
import { noteFailedCall, problemOf } from './note-failure'
import { askOne } from './read-kinds'
import { readingReplyOf } from './reading-reply'
import { storeColumns } from './store-reading'
import { storeReadings } from './store-readings'

type ReadingInput = z.output<typeof readInput>

/** What was stored last, with its age and why the newest try failed. Costs the firewall nothing. */
async function readStored(actor: Actor, kind: ReadKind, input: ReadingInput) {
  const scope = authoriseScope(actor, 'firewall:read')
  const firewall = await db().firewall.findFirst({ where: { id: input.id, ...inScope(scope) }, select: { id: true, readings: { where: { kind } } } })
  if (!firewall) throw notFound()
  const row = firewall.readings[0]
  const problem = problemNote.nullable().safeParse(row?.problem ?? null)
  return readingReplyOf(kind, 'stored', { observedAt: row?.observedAt ?? null, valuesAt: row?.bodyAt ?? row?.observedAt ?? null, body: row?.body ?? null, problem: problem.success ? problem.data : null }, input)
}

/** Asks the firewall now. It is an act of a person or a token, so it has two audit entries; the answer is stored as well. */
async function readFresh(actor: Actor, kind: ReadKind, input: ReadingInput, signal: AbortSignal) {
  const row = await findCallable(actor, input.id, 'firewall:ask')
  const event = { action: 'firewall.read', target: { kind: 'firewall', id: row.id, name: row.name }, customer: { id: row.customerId, name: row.customerName }, details: { what: kind } } as const
  const act = async () => {
    try {
      const adapter = await connectTo(row, signal)
      const observed = await askOne(row, adapter, kind, signal)
      await storeReadings(row.id, [observed])
      await storeColumns(row.id, { [kind]: observed.reading })
      return { observedAt: observed.observedAt, valuesAt: observed.observedAt, body: observed.reading, problem: null }
    } catch (error) {
      await noteReadingProblem(row.id, kind, problemOf(error, new Date()))
      await noteFailedCall(row, actor, error)
      throw error
    }
  }
  const fresh = await withAuditedIntent(actor, event, act, { details: ({ body }) => ('items' in body ? { rows: body.items.length } : {}) })
  return readingReplyOf(kind, 'fresh', fresh, input)
}

/** One reading of a firewall, stored or (fresh=true) asked for now. */
export async function readReading(actor: Actor, kind: ReadKind, input: ReadingInput, signal: AbortSignal) {
  return input.fresh ? readFresh(actor, kind, input, signal) : readStored(actor, kind, input)
}
