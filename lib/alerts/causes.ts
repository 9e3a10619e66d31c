// What stands for several firewalls at once, and which alert follows from which. Pure.
import type { FirewallFacts } from '@/lib/db/alert-facts-sql'
import type { Observation, Observed } from './conditions'
import { ruleOf } from './rules'
import { ALERT_STATE_RULES } from './states'
import { isGroup, type Alert, type Sight } from './step'
import { factsWith, NAMES_MAX, type AlertKind, type GroupSubject } from './words'

/** Gateways that fell in one reading fell together. */
const TOGETHER_MS = 90_000

/** A firewall that is looked at, with what is seen of it and its alerts that are not over, by kind and subject. */
export type Seen = { facts: FirewallFacts; observed: Observed; alerts: Map<string, Alert> }
export const alertKey = (kind: AlertKind, subject: string): string => `${kind} ${subject}`

export type Group = { subject: GroupSubject; host: Seen; members: readonly Seen[]; sight: Sight }

const silence = ({ observed }: Seen): Observation | undefined => observed.observations.find(({ kind }) => kind === 'unreachable')
const isQuiet = ({ observed: { contact } }: Seen): boolean => contact === 'silent' || contact === 'in-doubt'
const groupOf = (members: readonly Seen[], subject: GroupSubject): Seen | undefined => members.find(({ alerts }) => alerts.has(alertKey('unreachable', subject)))
/** Whether a firewall held the alert of such a group that resolved within the last hour: so that it comes back there. */
export type HeldLately = (firewallId: string, subject: GroupSubject) => boolean
const since = (seen: Seen): number => silence(seen)?.since.getTime() ?? Number.POSITIVE_INFINITY
const byId = (a: Seen, b: Seen): number => (a.facts.id < b.facts.id ? -1 : 1)
const byFall = (members: readonly Seen[]): Seen[] => members.toSorted((a, b) => (since(a) === since(b) ? byId(a, b) : since(a) - since(b)))

/**
 * All members are silent. It holds since the first of those fell whose own alert is not open yet, so that it opens before
 * theirs would; a member that was open long before does not open it at once.
 */
function groupSight(members: readonly Seen[], subject: GroupSubject, place: string | null): Sight {
  if (members.some(({ observed }) => observed.contact === 'in-doubt')) return 'not-known'
  const isUntold = ({ alerts }: Seen) => (alerts.get(alertKey('unreachable', ''))?.state ?? 'pending') === 'pending'
  const untold = members.filter(isUntold)
  const moments = (untold.length > 0 ? untold : members).map(since)
  const worst = members.map(silence).find((found) => found !== undefined)
  if (worst === undefined) return 'not-known'
  const facts = factsWith({ place, names: byFall(members).slice(0, NAMES_MAX).map((member) => member.facts.name), count: members.length, reason: worst.facts.reason })
  return { ...worst, subject, since: new Date(untold.length > 0 ? Math.min(...moments) : Math.max(...moments)), facts }
}

function grouped(members: readonly Seen[], subject: GroupSubject, place: string | null, heldLately: HeldLately): Group {
  const host = groupOf(members, subject) ?? members.find(({ facts }) => heldLately(facts.id, subject)) ?? byFall(members)[0]
  if (host === undefined) throw new Error('A group has members.')
  return { subject, host, members, sight: groupSight(members, subject, place) }
}

/** Sites and pairs of which nobody answers, sites first; a pair that is a part of such a site is no group of its own unless it has an alert already. */
export function silentGroups(world: ReadonlyMap<string, Seen>, heldLately: HeldLately): Group[] {
  const quiet = [...world.values()].filter(isQuiet)
  const bySite = new Map<string, Seen[]>()
  for (const seen of quiet) if (seen.facts.siteId !== null) bySite.set(seen.facts.siteId, [...(bySite.get(seen.facts.siteId) ?? []), seen])
  const isWhole = (members: readonly Seen[]) => members.length >= 2 && members.length === members[0]?.facts.siteFirewalls
  const sites = [...bySite.values()].filter(isWhole).map((members) => grouped(members, 'site', members[0]?.facts.siteName ?? null, heldLately))
  const atSilentSite = new Set(sites.flatMap(({ members }) => members))
  const pairs = quiet.flatMap((one) => {
    const other = one.facts.haPeerId === null ? undefined : world.get(one.facts.haPeerId)
    if (other === undefined || !isQuiet(other) || one.facts.id >= other.facts.id) return []
    const members = [one, other]
    return members.every((member) => atSilentSite.has(member)) && groupOf(members, 'pair') === undefined ? [] : [grouped(members, 'pair', one.facts.siteName, heldLately)]
  })
  return [...sites, ...pairs]
}

const isLive = (alert: Alert | undefined): alert is Alert => alert !== undefined && alert.state !== 'gone' && !ALERT_STATE_RULES[alert.state].isOver

/** Of gateways, the last that is up matters to everything behind them; its like only when both fell at once. */
function gatewayCause({ alerts }: Seen, effect: Alert): Alert | undefined {
  const gateways = [...alerts.values()].filter((alert) => alert.kind === 'gateway-down' && isLive(alert) && alert.id !== effect.id)
  if (effect.kind === 'gateway-lossy') return gateways.find(({ subject }) => subject === effect.subject)
  const last = gateways.find(({ facts }) => facts.isLast)
  if (effect.kind !== 'gateway-down' || last === undefined) return last
  return Math.abs(last.since.getTime() - effect.since.getTime()) <= TOGETHER_MS ? last : undefined
}

/** The alerts of groups that hold this firewall: its site's, then its pair's. */
export type GroupAlerts = ReadonlyMap<string, readonly Alert[]>

/** The alert that one follows from at its root, open or still pending; null when it stands for itself. */
export function causeOf(seen: Seen, effect: Alert, groupAlerts: GroupAlerts, alertsById: ReadonlyMap<string, Alert>): Alert | null {
  for (const kind of ruleOf(effect.kind).swallowedBy) {
    const own = kind === 'gateway-down' ? gatewayCause(seen, effect) : kind === effect.kind ? undefined : seen.alerts.get(alertKey(kind, ''))
    const groups = kind === 'unreachable' ? (groupAlerts.get(seen.facts.id) ?? []).filter((alert) => isLive(alert) && alert.id !== effect.id) : []
    const found = isGroup(effect) ? groups.find(({ subject }) => subject === 'site' && effect.subject === 'pair') : (groups[0] ?? own)
    if (!isLive(found)) continue
    const root = found.causeId === null ? undefined : alertsById.get(found.causeId)
    return isLive(root) ? root : found
  }
  return null
}
