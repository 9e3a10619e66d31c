// What is wrong with one firewall at a moment, by what is stored of it. Pure.
import type { FirewallFacts } from '@/lib/db/alert-facts-sql'
import type { Severity } from '@/lib/notices/kinds'
import { BACK_OFF_SECONDS_MAX } from '@/lib/polling/reachability'
import { staleAfterSeconds } from '@/lib/polling/intervals'
import { CERTIFICATE_CRITICAL_DAYS, ruleOf, type EffectiveRule } from './rules'
import { ALERT_KINDS, factsWith, type AlertFacts, type AlertKind } from './words'

const SECOND_MS = 1_000
const DAY_MS = 86_400_000
/** A new firewall is not expected to have been visited yet. */
export const GRACE_SECONDS = 3_600
/** A silent firewall that was not tried for so many of its longest waits is not known to be silent any more. */
const WAITS_UNTIL_DOUBT = 3
/** Names come from firewalls; this much of one tells it apart from others. */
const NAME_LENGTH_MAX = 80

/**
 * What is known of a firewall: answering: all that visits measure. silent: that it does not answer. waits: that a person has
 * to decide. in-doubt: it was silent when it was last tried, which is long ago. unknown: nothing that visits measure. new: nothing.
 */
export type Contact = 'answering' | 'silent' | 'waits' | 'in-doubt' | 'unknown' | 'new'

export function contactOf({ state, pausedAt, createdAt, visitedAt, lastErrorAt, statusSeconds }: FirewallFacts, now: Date): Contact {
  const isWithin = (at: Date | null, seconds: number) => at !== null && now.getTime() - at.getTime() <= seconds * SECOND_MS
  if (visitedAt === null && isWithin(createdAt, GRACE_SECONDS)) return 'new'
  if (pausedAt !== null) return 'unknown'
  if (state === 'unreachable') return isWithin(lastErrorAt, WAITS_UNTIL_DOUBT * Math.max(BACK_OFF_SECONDS_MAX, statusSeconds)) ? 'silent' : 'in-doubt'
  if (state === 'certificate-changed' || state === 'credential-rejected' || state === 'api-package-missing') return 'waits'
  return (state === 'reachable' || state === 'degraded') && isWithin(visitedAt, staleAfterSeconds(statusSeconds)) ? 'answering' : 'unknown'
}

/** `lingers`: below the bound but not clearly; it keeps an open alert open and opens none. */
export type Observation = { kind: AlertKind; subject: string; verdict: 'holds' | 'lingers'; since: Date; severity: Severity; facts: AlertFacts }
export type Observed = { contact: Contact; observations: readonly Observation[]; isKnown: (kind: AlertKind) => boolean }
/** Another member of its pair, as far as it is looked at. */
export type Peer = { facts: FirewallFacts; contact: Contact }

type RuleOf = (kind: AlertKind) => EffectiveRule
type Find = (rule: EffectiveRule) => readonly Omit<Observation, 'kind'>[]

const clipped = (text: string): string => (text.length > NAME_LENGTH_MAX ? `${text.slice(0, NAME_LENGTH_MAX - 1).toWellFormed()}…` : text)
const NOTHING: readonly Omit<Observation, 'kind'>[] = []

function finders(facts: FirewallFacts, peer: Peer | null, now: Date): Record<AlertKind, Find> {
  const seenAt = facts.visitedAt ?? now
  const severityOf = ({ kind, severity }: EffectiveRule, worse: Severity | null = null): Severity => severity ?? worse ?? ruleOf(kind).severity
  const one = (rule: EffectiveRule, since: Date | null, more: Parameters<typeof factsWith>[0] = {}, worse: Severity | null = null) => [{ subject: '', verdict: 'holds' as const, since: since ?? now, severity: severityOf(rule, worse), facts: factsWith(more) }]
  const inState = (state: string): Find => (rule) => (facts.pausedAt === null && facts.state === state ? one(rule, facts.stateSince, { reason: facts.stateReason }) : NOTHING)
  const from = (value: number | null, subject: string, { threshold, ...rule }: EffectiveRule) => {
    if (value === null || value < threshold - ruleOf(rule.kind).clearsBelow) return NOTHING
    return [{ subject, verdict: value >= threshold ? ('holds' as const) : ('lingers' as const), since: seenAt, severity: severityOf({ ...rule, threshold }), facts: factsWith({ value, threshold }) }]
  }
  const days = (from: Date) => (now.getTime() - from.getTime()) / DAY_MS
  const after = (from: Date, count: number) => new Date(from.getTime() + count * DAY_MS)

  return {
    unreachable: inState('unreachable'),
    'certificate-changed': inState('certificate-changed'),
    'credential-rejected': inState('credential-rejected'),
    'api-package-missing': inState('api-package-missing'),
    // Told of one of the two, always the same.
    'ha-both-masters': (rule) => (peer && facts.id < peer.facts.id && facts.haRole === 'master' && peer.facts.haRole === 'master' ? one(rule, latest(facts.haRoleSince, peer.facts.haRoleSince), { place: peer.facts.name }) : NOTHING),
    'gateway-down': (rule) => {
      const down = facts.gateways.filter(({ isDown }) => isDown)
      const last = facts.gatewaysUp === 0 ? down.toSorted((a, b) => Date.parse(b.since) - Date.parse(a.since) || (a.name < b.name ? -1 : 1))[0] : undefined
      return down.map((gateway) => ({ subject: gateway.name, verdict: 'holds' as const, since: new Date(gateway.since), severity: severityOf(rule, gateway === last ? 'critical' : null), facts: factsWith({ isLast: gateway === last }) }))
    },
    'tunnel-down': (rule) => facts.tunnels.map(({ key, name, since }) => ({ subject: key, verdict: 'holds' as const, since: new Date(since), severity: severityOf(rule), facts: factsWith({ name: name === null ? null : clipped(name) }) })),
    // One that is down loses everything; that is told of the gateway.
    'gateway-lossy': (rule) => facts.gateways.flatMap(({ name, isDown, lossPercent }) => from(lossPercent, name, rule).map((found) => (isDown ? { ...found, verdict: 'lingers' as const } : found))),
    'disk-full': (rule) => from(facts.diskPercent, '', rule),
    'cpu-high': (rule) => from(facts.cpuPercent, '', rule),
    'memory-high': (rule) => from(facts.memoryPercent, '', rule),
    'states-high': (rule) => from(facts.statesPercent, '', rule),
    'clock-off': (rule) => {
      const seconds = Math.abs(facts.clockOffsetSeconds ?? 0)
      return seconds > rule.threshold * 60 ? one(rule, seenAt, { value: seconds, threshold: rule.threshold * 60 }) : NOTHING
    },
    'certificate-ends': (rule) => {
      if (facts.certificateEndsAt === null) return NOTHING
      const left = -days(facts.certificateEndsAt)
      return left <= rule.threshold ? one(rule, after(facts.certificateEndsAt, -rule.threshold), { value: Math.floor(left), threshold: rule.threshold }, left <= CERTIFICATE_CRITICAL_DAYS ? 'critical' : null) : NOTHING
    },
    'no-backup': (rule) => {
      const base = facts.backupAt ?? facts.createdAt
      return facts.givesBackup && days(base) >= rule.threshold ? one(rule, after(base, rule.threshold), { value: Math.floor(days(base)), threshold: rule.threshold, reason: facts.backupError }) : NOTHING
    },
    'updates-waiting': (rule) => {
      const isOffered = facts.firmwareState === 'offered' || facts.firmwareState === 'major-offered'
      if (!isOffered || facts.firmwareSince === null || days(facts.firmwareSince) < rule.threshold) return NOTHING
      return one(rule, after(facts.firmwareSince, rule.threshold), { value: Math.floor(days(facts.firmwareSince)), threshold: rule.threshold })
    },
    drift: (rule) => (facts.driftSince === null ? NOTHING : one(rule, facts.driftSince, { count: facts.driftItems ?? 0 })),
  }
}

const latest = (one: Date | null, other: Date | null): Date | null => (one === null || (other !== null && other > one) ? other : one)

/** Known without an answer: what depends on a date, and of a silent or stopped firewall also that it is silent or stopped. */
function isKnownAt(contact: Contact, peer: Peer | null): (kind: AlertKind) => boolean {
  return (kind) => {
    if (contact === 'new') return false
    if (kind === 'ha-both-masters') return contact === 'answering' && (peer === null || peer.contact === 'answering')
    if (ruleOf(kind).needsAnswer) return contact === 'answering'
    const isOfState = kind === 'unreachable' || kind === 'certificate-changed' || kind === 'credential-rejected' || kind === 'api-package-missing'
    return !isOfState || (contact !== 'unknown' && contact !== 'in-doubt')
  }
}

/** Everything that holds of a firewall at `now`, and which kinds can be told at all; of the others nothing is said. */
export function observe(facts: FirewallFacts, peer: Peer | null, ruleFor: RuleOf, now: Date): Observed {
  const contact = contactOf(facts, now)
  const isKnown = isKnownAt(contact, peer)
  const find = finders(facts, peer, now)
  const observations = ALERT_KINDS.filter((kind) => isKnown(kind) && ruleFor(kind).enabled).flatMap((kind) =>
    find[kind](ruleFor(kind)).map((found) => ({ ...found, kind, since: found.since > now ? now : found.since })),
  )
  return { contact, observations, isKnown }
}
