import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { authoriseScope, notFound } from '@/lib/auth/authorise'
import { AppError } from '@/lib/core/errors'
import { countChanges, findActs, findChangesOfWhole, findForHistory, findSeries, type ActRow, type HistoryRow, type WholeChange } from '@/lib/db/history-sql'
import { FIREWALL_STATES, type FirewallState } from '@/lib/firewalls/states'
import { effectiveIntervals } from '@/lib/polling/intervals'
import { historyEvent, type FirewallHistory, type HistoryEvent } from './dto'
import { TOLD_KINDS, toEvent } from './events'
import { askedTime, type HistoryInput } from './input'
import { resolutionOf } from './resolution'
import { joinSecondsOf, toSeries } from './series'
import { gapsOf, periodsOf, uptimeOf, type Period, type Span, type StateChange } from './timeline'

/** Of a firewall that comes and goes every few minutes, the newest of 90 days; before them its state is that of the oldest. */
const WHOLE_CHANGES_MAX = 20_000
const EVENTS_MAX = 200
/** Looking is no event in the life of a firewall. */
const LOOKS = ['firewall.read', 'firewall.raw.read', 'firewall.changelog.read', 'firewall.history.read']

function toAct({ entry, at, actorKind, actorName, action, result }: ActRow): HistoryEvent[] {
  const actor = actorKind === 'token' ? `token ${actorName}` : actorName === '' ? actorKind : actorName
  const event = historyEvent.safeParse({ type: 'act', at: at.toISOString(), entry: Number(entry), action, actor, result }).data
  return event ? [event] : []
}

const stateOf = (text: unknown): FirewallState | null => FIREWALL_STATES.find((known) => known === text) ?? null

function toStateChange(event: HistoryEvent | null): StateChange[] {
  return event?.type === 'state' ? [{ atMs: Date.parse(event.at), before: event.before, after: event.after }] : []
}

/** Events of all sources, newest first, and whether some had no room. */
function eventsOf(whole: readonly WholeChange[], counts: readonly WholeChange[], acts: readonly ActRow[]): { events: HistoryEvent[]; eventsShortened: boolean } {
  const all = [...whole.slice(0, EVENTS_MAX + 1), ...counts].flatMap((row) => toEvent(row) ?? []).concat(acts.flatMap(toAct))
  const sorted = all.sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))
  return { events: sorted.slice(0, EVENTS_MAX), eventsShortened: sorted.length > EVENTS_MAX }
}

function timeOf(input: HistoryInput, nowMs: number): { fromMs: number; toMs: number } {
  try {
    return askedTime(input, nowMs)
  } catch (error) {
    if (error instanceof RangeError) throw new AppError('invalid-input', 'This time cannot be shown.', { issues: [{ field: input.from === undefined ? 'to' : 'from', message: error.message }], nextStep: error.message })
    throw error
  }
}

const isBefore = (fromMs: number) => ({ at }: WholeChange) => at.getTime() < fromMs

/** States over the time, from the changes of the firewall as a whole (newest first, the last state before the time at the end). */
function statesOver(span: Span, { createdAt, state }: HistoryRow, whole: readonly WholeChange[]): Period[] {
  const before = isBefore(span.fromMs)
  const [earlier] = whole.filter(before).flatMap((row) => toStateChange(toEvent(row)))
  const changes = whole
    .filter((row) => !before(row))
    .toReversed()
    .flatMap((row) => toStateChange(toEvent(row)))
  return periodsOf(span, { createdAtMs: createdAt.getTime(), earlier: earlier?.after ?? null, changes, current: stateOf(state) ?? 'not-visited' })
}

const iso = (ms: number): string => new Date(ms).toISOString()
const seconds = (ms: number): number => Math.round(ms / 1000)

/**
 * What was measured of a firewall over a time, where readings are missing and why, what happened, and how much of the time
 * it was reachable. Five statements, whatever the time. Throws not-found, and invalid-input for a time that cannot be shown.
 */
export async function readHistory(actor: Actor, input: HistoryInput, now = new Date()): Promise<FirewallHistory> {
  const { customerIds } = authoriseScope(actor, 'firewall:read')
  const firewall = await findForHistory(input.id, customerIds)
  if (!firewall) throw notFound()
  const span = timeOf(input, now.getTime())
  const { source, stepSeconds, startMs, steps } = resolutionOf(span, now.getTime())
  const asked = { firewallId: input.id, from: new Date(span.fromMs), to: new Date(span.toMs) }
  const [stored, whole, counts, acts] = await Promise.all([
    findSeries(asked, source, new Date(startMs), stepSeconds),
    findChangesOfWhole(asked, WHOLE_CHANGES_MAX),
    countChanges(asked, TOLD_KINDS, EVENTS_MAX + 1),
    findActs(asked, LOOKS, EVENTS_MAX + 1),
  ])
  const visitSeconds = effectiveIntervals(firewall.settingsIntervals, firewall.customerIntervals, firewall.intervals).status
  const measured = [...new Set(stored.flatMap((series) => series.steps))].sort((a, b) => a - b)
  const periods = statesOver(span, firewall, whole)
  const gaps = gapsOf(span, periods, { measured, startMs, stepMs: stepSeconds * 1000, joinMs: joinSecondsOf(measured, stepSeconds, visitSeconds) * 1000 })
  const { upMs, knownMs, excluded } = uptimeOf(periods, gaps)
  return {
    from: iso(span.fromMs),
    to: iso(span.toMs),
    start: iso(startMs),
    stepSeconds,
    steps,
    ...toSeries(stored, { steps, stepSeconds, visitSeconds }),
    gaps: gaps.map(({ fromMs, toMs, reason }) => ({ from: iso(fromMs), to: iso(toMs), reason })),
    ...eventsOf(whole.filter((row) => !isBefore(span.fromMs)(row)), counts, acts),
    uptime: { percent: knownMs === 0 ? null : (upMs / knownMs) * 100, reachableSeconds: seconds(upMs), knownSeconds: seconds(knownMs), excluded: excluded.map(({ reason, ms }) => ({ reason, seconds: seconds(ms) })) },
  }
}
