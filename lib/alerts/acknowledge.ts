import 'server-only'
import type { z } from 'zod'
import type { Actor } from '@/lib/auth/actor'
import { authorise } from '@/lib/auth/authorise'
import { AppError } from '@/lib/core/errors'
import { acknowledgeAlerts, unacknowledgeAlerts } from '@/lib/db/alert-acts-sql'
import type { StoredAlert } from '@/lib/db/alert-list-sql'
import { db, type Tx } from '@/lib/db/client'
import { tell } from '@/lib/notices/tell'
import { operatorIdOf } from '@/lib/team/reach'
import { answerable, recordAct, seenAlerts, stale } from './act'
import type { AlertDetail, ManyActed } from './dto'
import { acknowledgedNotice } from './dto-of'
import type { acknowledgeInput, acknowledgeManyInput, unacknowledgeManyInput } from './input'
import { readAlert } from './read'

/** 500 entries of the audit log are half a second of work, and more on a slow disk. */
const MANY_MS = 30_000
const given = (note: string): string | null => (note === '' ? null : note)

async function acknowledge(tx: Tx, actor: Actor, alerts: readonly StoredAlert[], note: string | null): Promise<StoredAlert[]> {
  const at = new Date()
  const changed = await acknowledgeAlerts(tx, alerts.map(({ id }) => id), { at, byId: operatorIdOf(actor), by: actor.name, note })
  const done = alerts.filter(({ id }) => changed.some((row) => row.id === id))
  await tell(tx, ...done.flatMap((alert) => acknowledgedNotice(alert, { at, by: actor.name, note }) ?? []))
  return done
}

/** Says that somebody looks after an alert; its channels are told who. Throws not-found, forbidden, stale, and conflict when it is not open. */
export async function acknowledgeAlert(actor: Actor, { id, note }: z.output<typeof acknowledgeInput>, expectedRevision: number): Promise<AlertDetail> {
  const alert = await answerable(actor, id, expectedRevision)
  if (alert.state !== 'open') throw new AppError('conflict', WHY_NOT_OPEN[alert.state] ?? 'This alert is not open.', { nextStep: 'Look again, then decide.' })
  await db().$transaction(async (tx) => {
    if ((await acknowledge(tx, actor, [alert], given(note))).length === 0) throw stale()
    await recordAct(tx, actor, 'alert.acknowledge', alert, { ...(note !== '' && { note }) })
  })
  return readAlert(actor, { id })
}

/** Takes an acknowledgement back: the alert wants somebody again. Throws not-found, forbidden, stale, and conflict when it is not acknowledged. */
export async function unacknowledgeAlert(actor: Actor, { id }: { id: string }, expectedRevision: number): Promise<AlertDetail> {
  const alert = await answerable(actor, id, expectedRevision)
  if (alert.state !== 'acknowledged') throw new AppError('conflict', 'Nobody looks after this alert.', { nextStep: 'Look again, then decide.' })
  await db().$transaction(async (tx) => {
    if ((await unacknowledgeAlerts(tx, [id], { at: new Date(), by: actor.name })).length === 0) throw stale()
    await recordAct(tx, actor, 'alert.unacknowledge', alert)
  })
  return readAlert(actor, { id })
}

const WHY_NOT_OPEN: Partial<Record<string, string>> = { acknowledged: 'Somebody looks after this alert already.', resolved: 'This alert is over.', pending: 'This has not lasted long enough to be an alert.' }

/** Splits what is asked for into what may be answered and the rest, with reasons. Throws forbidden where nothing of it may be. */
async function chooseAnswerable(actor: Actor, ids: readonly string[], state: string, otherwise: (alert: StoredAlert) => string): Promise<{ alerts: StoredAlert[]; left: ManyActed['left'] }> {
  const seen = await seenAlerts(actor, ids)
  if (seen.length === 0) throw new AppError('invalid-input', 'There is no such alert.', { issues: [{ field: 'ids', message: 'There is no such alert.' }] })
  const left: ManyActed['left'] = ids.filter((id) => !seen.some((alert) => alert.id === id)).map((id) => ({ id, reason: 'There is no such alert.' }))
  const alerts: StoredAlert[] = []
  const refusals: unknown[] = []
  for (const alert of seen) {
    const refusal = refusalOf(actor, alert)
    if (refusal) refusals.push(refusal)
    if (refusal) left.push({ id: alert.id, reason: refusal.message })
    else if (alert.state === state) alerts.push(alert)
    else left.push({ id: alert.id, reason: otherwise(alert) })
  }
  if (refusals.length === seen.length) throw refusals[0]
  return { alerts, left }
}

function refusalOf(actor: Actor, { customerId }: StoredAlert): AppError | null {
  try {
    authorise(actor, 'alert:act', { customerId })
    return null
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
}

/** The same for up to 500 alerts, in one statement; those that are not open stay as they are, each with a reason. */
export async function acknowledgeMany(actor: Actor, { ids, note }: z.output<typeof acknowledgeManyInput>): Promise<ManyActed> {
  const { alerts, left } = await chooseAnswerable(actor, [...new Set(ids)], 'open', ({ state }) => WHY_NOT_OPEN[state] ?? 'It is not open.')
  const done = await db().$transaction(async (tx) => {
    const changed = await acknowledge(tx, actor, alerts, given(note))
    for (const alert of changed) await recordAct(tx, actor, 'alert.acknowledge', alert, { ...(note !== '' && { note }), together: changed.length })
    return changed
  }, { timeout: MANY_MS })
  return withoutOthers(alerts, done, left)
}

/** Takes up to 500 acknowledgements back. */
export async function unacknowledgeMany(actor: Actor, { ids }: z.output<typeof unacknowledgeManyInput>): Promise<ManyActed> {
  const { alerts, left } = await chooseAnswerable(actor, [...new Set(ids)], 'acknowledged', () => 'Nobody looks after it.')
  const done = await db().$transaction(async (tx) => {
    const changed = await unacknowledgeAlerts(tx, alerts.map(({ id }) => id), { at: new Date(), by: actor.name })
    const back = alerts.filter(({ id }) => changed.some((row) => row.id === id))
    for (const alert of back) await recordAct(tx, actor, 'alert.unacknowledge', alert, { together: back.length })
    return back
  }, { timeout: MANY_MS })
  return withoutOthers(alerts, done, left)
}

/** What changed between the look and the act was left alone. */
const withoutOthers = (alerts: readonly StoredAlert[], done: readonly StoredAlert[], left: ManyActed['left']): ManyActed => ({
  done: done.map(({ id }) => id),
  left: [...left, ...alerts.filter(({ id }) => !done.some((row) => row.id === id)).map(({ id }) => ({ id, reason: 'It changed at this very moment.' }))],
})
