// What becomes of one alert at one moment. Pure; lib/alerts/states.ts is the table that it follows.
import type { Severity } from '@/lib/notices/kinds'
import type { Observation } from './conditions'
import { clearMinutes, isFlappingAfter } from './flapping'
import { ruleOf, type EffectiveRule } from './rules'
import { nextAlertState, type AlertEventWord, type AlertState, type AlertTransition } from './states'
import { GROUP_SUBJECTS, type AlertFacts, type AlertKind } from './words'

const MINUTE_MS = 60_000
/** What was open for longer than this before its cause began does not follow from it. */
const FORERUNNER_MS = 15 * MINUTE_MS

export type Alert = {
  id: string
  firewallId: string
  customerId: string
  kind: AlertKind
  subject: string
  /** `gone`: it did not last, so its row goes. */
  state: AlertState | 'gone'
  severity: Severity
  facts: AlertFacts
  since: Date
  openedAt: Date | null
  clearSince: Date | null
  resolvedAt: Date | null
  flaps: number
  isFlapping: boolean
  toldAt: Date | null
  causeId: string | null
  silenceId: string | null
  /** null = not stored yet. */
  revision: number | null
  /** Times that it came back within the last hour. */
  comeBacks: number
}

/** What is seen of it now: an observation, that it is over, or nothing. */
export type Sight = Observation | 'over' | 'not-known'
export type Turn = { what: Exclude<AlertEventWord, 'acknowledged' | 'unacknowledged' | 'noted' | 'silenced'> }
export type Step = { alert: Alert; turns: readonly Turn['what'][] }
export type StepInput = {
  sight: Sight
  /** The alert that this one follows from, at its root; it may still be pending. */
  cause: Alert | null
  /** The same that resolved within the last hour. */
  twin: Alert | null
  rule: EffectiveRule
  now: Date
}

const RANK: Record<Severity, number> = { critical: 0, warning: 1, notice: 2 }
export const isOpen = ({ state }: Alert): boolean => state === 'open' || state === 'acknowledged'
export const isGroup = ({ subject, kind }: Pick<Alert, 'subject' | 'kind'>): boolean => kind === 'unreachable' && GROUP_SUBJECTS.some((word) => word === subject)
const lasts = (since: Date, minutes: number, now: Date): boolean => now.getTime() - since.getTime() >= minutes * MINUTE_MS

function moved(alert: Alert, event: AlertTransition): Alert['state'] {
  if (alert.state === 'gone') return 'gone'
  const state = nextAlertState(alert.state, event)
  if (state === null) throw new Error(`An alert that is ${alert.state} has no ${event}.`)
  return state
}

/** Opens it, or lets the one that resolved lately come back in its place. */
function open(alert: Alert, { kind: _, subject: __, verdict: ___, ...seen }: Observation, twin: Alert | null, now: Date): Step {
  if (twin === null) return { alert: { ...alert, ...seen, since: alert.since, state: moved(alert, 'lasted'), openedAt: now, causeId: null }, turns: ['opened'] }
  const comeBacks = twin.comeBacks + 1
  const isFlapping = isFlappingAfter(comeBacks)
  const back = { ...twin, ...seen, customerId: alert.customerId, since: alert.since, state: moved(twin, 'cameBack'), openedAt: now, resolvedAt: null, clearSince: null, causeId: null, toldAt: null, flaps: twin.flaps + 1, comeBacks, isFlapping }
  return { alert: back, turns: isFlapping ? ['came-back', 'flapping'] : ['came-back'] }
}

function stepPending(alert: Alert, { sight, cause, twin, rule, now }: StepInput): Step {
  if (sight === 'over' || (sight !== 'not-known' && sight.verdict === 'lingers')) return { alert: { ...alert, state: moved(alert, 'ended') }, turns: [] }
  const causeId = cause !== null && isOpen(cause) ? cause.id : null
  // It held only because of its cause for all we know: it has to last by itself from now on.
  const since = alert.causeId !== null && causeId === null ? now : alert.since
  const waiting = { ...alert, causeId, since }
  if (cause !== null || sight === 'not-known' || !lasts(since, rule.opensAfterMinutes, now)) return { alert: waiting, turns: [] }
  return open(waiting, sight, twin, now)
}

function follows(alert: Alert, cause: Alert | null): string | null {
  if (cause === null || !isOpen(cause)) return null
  const isOfIt = (isGroup(cause) && alert.kind === 'unreachable') || alert.causeId === cause.id || alert.since.getTime() >= cause.since.getTime() - FORERUNNER_MS
  return isOfIt ? cause.id : null
}

function stepOpen(alert: Alert, { sight, cause, rule, now }: StepInput): Step {
  const causeId = follows(alert, cause)
  if (sight === 'not-known') return { alert: { ...alert, causeId, clearSince: null }, turns: [] }
  if (sight === 'over') {
    const clearSince = alert.clearSince ?? now
    if (!lasts(clearSince, clearMinutes(alert.isFlapping, ruleOf(rule.kind).clearsAfterMinutes), now)) return { alert: { ...alert, causeId, clearSince }, turns: [] }
    return { alert: { ...alert, state: moved(alert, 'ended'), resolvedAt: now, clearSince: null, causeId: null, isFlapping: false }, turns: ['resolved'] }
  }
  const flaps = alert.isFlapping && alert.clearSince !== null ? alert.flaps + 1 : alert.flaps
  // Which gateway is the last changes while one is down, and with it what follows from it.
  const stays = { ...alert, facts: { ...alert.facts, isLast: sight.facts.isLast }, causeId, clearSince: null, flaps }
  if (sight.verdict === 'lingers' || RANK[sight.severity] >= RANK[alert.severity]) return { alert: stays, turns: [] }
  return { alert: { ...stays, state: moved(alert, 'escalated'), severity: sight.severity, facts: sight.facts }, turns: ['escalated'] }
}

/** The alert after this moment, and what happened to it, in order. A rule that was switched off ends it without waiting. */
export function step(alert: Alert, input: StepInput): Step {
  if (alert.state === 'gone' || alert.state === 'resolved') return { alert, turns: [] }
  if (!input.rule.enabled) {
    const isOver = alert.state === 'pending'
    return { alert: { ...alert, state: moved(alert, 'ended'), ...(!isOver && { resolvedAt: input.now, clearSince: null, causeId: null, isFlapping: false }) }, turns: isOver ? [] : ['resolved'] }
  }
  return alert.state === 'pending' ? stepPending(alert, input) : stepOpen(alert, input)
}
