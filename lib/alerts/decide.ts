// What becomes of all alerts of the firewalls that are looked at, at one moment. Pure: the same facts and the same alerts give
// the same outcome, so that a moment that was lost is simply decided again.
import type { FirewallFacts } from '@/lib/db/alert-facts-sql'
import { alertKey, causeOf, silentGroups, type Group, type Seen } from './causes'
import { contactOf, observe, type Observation } from './conditions'
import type { EffectiveRule } from './rules'
import { isGroup, step, type Alert, type Sight, type Turn } from './step'
import { ALERT_KINDS, type AlertKind } from './words'

export type World = {
  now: Date
  firewalls: readonly FirewallFacts[]
  /** Of these firewalls: those that are not over, and those that resolved within the last hour. */
  alerts: readonly Alert[]
  ruleFor: (customerId: string, kind: AlertKind) => EffectiveRule
  newId: () => string
}
export type Happening = { alertId: string; what: Turn['what'] }
export type Decision = { alerts: readonly Alert[]; happened: readonly Happening[]; seen: ReadonlyMap<string, Seen> }

const twinKey = ({ firewallId, kind, subject }: Pick<Alert, 'firewallId' | 'kind' | 'subject'>): string => `${firewallId} ${alertKey(kind, subject)}`

class Moment {
  readonly seen = new Map<string, Seen>()
  readonly byId = new Map<string, Alert>()
  readonly twins = new Map<string, Alert>()
  readonly groupAlerts = new Map<string, Alert[]>()
  readonly happened: Happening[] = []
  readonly #stepped = new Set<string>()

  constructor(readonly world: World) {
    const { firewalls, alerts, ruleFor, now } = world
    const facts = new Map(firewalls.map((firewall) => [firewall.id, firewall]))
    for (const firewall of firewalls) {
      const peer = firewall.haPeerId === null ? undefined : facts.get(firewall.haPeerId)
      const observed = observe(firewall, peer ? { facts: peer, contact: contactOf(peer, now) } : null, (kind) => ruleFor(firewall.customerId, kind), now)
      this.seen.set(firewall.id, { facts: firewall, observed, alerts: new Map() })
    }
    for (const alert of alerts) {
      const newest = this.twins.get(twinKey(alert))
      if (alert.state !== 'resolved') this.keep(alert)
      else if (newest?.resolvedAt == null || (alert.resolvedAt !== null && alert.resolvedAt > newest.resolvedAt)) this.twins.set(twinKey(alert), alert)
    }
  }

  /** The alert as it is now; one that came back stands in the place of the one that was pending. */
  keep(alert: Alert): void {
    this.byId.set(alert.id, alert)
    this.seen.get(alert.firewallId)?.alerts.set(alertKey(alert.kind, alert.subject), alert)
  }

  #fresh(seen: Seen, { kind, subject, since, severity, facts }: Observation): Alert {
    const alert: Alert = { id: this.world.newId(), firewallId: seen.facts.id, customerId: seen.facts.customerId, kind, subject, state: 'pending', severity, facts, since, openedAt: null, clearSince: null, resolvedAt: null, flaps: 0, isFlapping: false, toldAt: null, causeId: null, silenceId: null, revision: null, comeBacks: 0 }
    return alert
  }

  /** One alert of one firewall, which may not be there yet, after this moment. */
  settle(seen: Seen, kind: AlertKind, subject: string, sight: Sight): Alert | undefined {
    const before = seen.alerts.get(alertKey(kind, subject)) ?? (typeof sight === 'object' && sight.verdict === 'holds' ? this.#fresh(seen, sight) : undefined)
    if (before === undefined || this.#stepped.has(before.id)) return before
    const current = { ...before, customerId: seen.facts.customerId, ...(before.state === 'pending' && typeof sight === 'object' && { severity: sight.severity, facts: sight.facts }) }
    const { alert, turns } = step(current, { sight, cause: causeOf(seen, current, this.groupAlerts, this.byId), twin: this.twins.get(twinKey(current)) ?? null, rule: this.world.ruleFor(seen.facts.customerId, kind), now: this.world.now })
    if (alert.id !== before.id) this.byId.set(before.id, { ...before, state: 'gone' })
    this.keep(alert)
    this.#stepped.add(alert.id)
    this.happened.push(...turns.map((what) => ({ alertId: alert.id, what })))
    return alert
  }

  settleGroup({ subject, host, members, sight }: Group): void {
    const alert = this.settle(host, 'unreachable', subject, sight)
    if (alert === undefined) return
    for (const { facts } of members) this.groupAlerts.set(facts.id, [...(this.groupAlerts.get(facts.id) ?? []), alert])
  }

  /** While a site comes back, what is still silent there follows from it until that is over. */
  settleFormerGroup(seen: Seen, before: Alert): void {
    const alert = this.settle(seen, before.kind, before.subject, 'over')
    if (alert === undefined || alert.state === 'resolved' || alert.state === 'gone') return
    for (const { facts, observed } of this.seen.values()) {
      const isMember = before.subject === 'site' ? facts.siteId === seen.facts.siteId && facts.siteId !== null : facts.id === seen.facts.id || facts.id === seen.facts.haPeerId
      if (isMember && observed.contact !== 'answering') this.groupAlerts.set(facts.id, [...(this.groupAlerts.get(facts.id) ?? []), alert])
    }
  }

  settleKind(seen: Seen, kind: AlertKind): void {
    const found = seen.observed.observations.filter((observation) => observation.kind === kind)
    const subjects = new Set(found.map(({ subject }) => subject))
    // The last gateway first: it is the cause of the others.
    for (const observation of found.toSorted((a, b) => Number(b.facts.isLast) - Number(a.facts.isLast))) this.settle(seen, kind, observation.subject, observation)
    const rest: Sight = seen.observed.isKnown(kind) ? 'over' : 'not-known'
    for (const alert of [...seen.alerts.values()]) if (alert.kind === kind && !subjects.has(alert.subject) && !isGroup(alert)) this.settle(seen, kind, alert.subject, rest)
  }
}

/** Decides sites and pairs first, then each firewall, causes before what follows from them. */
export function decide(world: World): Decision {
  const moment = new Moment(world)
  const groups = silentGroups(moment.seen, (firewallId, subject) => moment.twins.has(twinKey({ firewallId, kind: 'unreachable', subject })))
  const holding = new Set(groups.map(({ host, subject }) => `${host.facts.id} ${subject}`))
  for (const subject of ['site', 'pair'] as const) {
    for (const group of groups) if (group.subject === subject) moment.settleGroup(group)
    for (const seen of moment.seen.values()) {
      const former = seen.alerts.get(alertKey('unreachable', subject))
      if (former && !holding.has(`${seen.facts.id} ${subject}`)) moment.settleFormerGroup(seen, former)
    }
  }
  for (const seen of moment.seen.values()) for (const kind of ALERT_KINDS) moment.settleKind(seen, kind)
  return { alerts: [...moment.byId.values()], happened: moment.happened, seen: moment.seen }
}
