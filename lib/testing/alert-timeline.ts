// Alerts decided moment after moment in memory, with the engine's own functions: for tests of what they decide.
import { decide } from '@/lib/alerts/decide'
import { CAME_BACK_MS } from '@/lib/alerts/flapping'
import { withNews, type Outcome } from '@/lib/alerts/notices'
import { effectiveRule, type RuleDecision } from '@/lib/alerts/rules'
import type { Alert } from '@/lib/alerts/step'
import type { FirewallFacts } from '@/lib/db/alert-facts-sql'
import type { ActiveSilence, AlertEventWrite } from '@/lib/db/alert-rows-sql'

export const START = Date.parse('2026-11-24T00:00:00Z')
export const at = (minute: number): Date => new Date(START + minute * 60_000)

/** A firewall that is well and was visited just now. */
export const facts = (id: string, now: Date, more: Partial<FirewallFacts> = {}): FirewallFacts => ({
  id, name: `fw-${id}`, customerId: 'c1', customerName: 'Kestrel Logistics', siteId: null, siteName: null, haPeerId: null, state: 'reachable', stateSince: at(-1_000), stateReason: null, pausedAt: null, createdAt: at(-100_000), visitedAt: now,
  lastErrorAt: null, statusSeconds: 60, haRole: null, haRoleSince: null, gatewaysUp: 1, cpuPercent: 10, memoryPercent: 10, diskPercent: 10, statesPercent: 1, clockOffsetSeconds: 0, certificateEndsAt: null, firmwareState: 'up-to-date', firmwareSince: null,
  givesBackup: true, backupAt: now, backupError: null, driftSince: null, driftItems: null, gateways: [], tunnels: [], siteFirewalls: 0, ...more,
})
export const silent = (since: Date, now: Date): Partial<FirewallFacts> => ({ state: 'unreachable', stateSince: since, stateReason: 'refuses connections', lastErrorAt: now })
export const gateway = (name: string, since: Date | null, lossPercent: number | null = null) => ({ name, isDown: since !== null, since: (since ?? at(-1_000)).toISOString(), lossPercent })

export class AlertTimeline {
  alerts: Alert[] = []
  events: AlertEventWrite[] = []
  notices: Outcome['notices'][number][] = []
  silences: ActiveSilence[] = []
  rules: RuleDecision[] = []
  #count = 0

  /** One look at these firewalls; returns what was told. */
  look(now: Date, firewalls: readonly FirewallFacts[]): Outcome['notices'] {
    const lately = new Date(now.getTime() - CAME_BACK_MS)
    const alerts = this.alerts
      .filter(({ state, resolvedAt }) => state !== 'resolved' || (resolvedAt !== null && resolvedAt > lately))
      .map((alert) => ({ ...alert, comeBacks: this.events.filter((event) => event.alertId === alert.id && event.what === 'came-back' && event.at > lately).length }))
    const ruleFor = (customerId: string, kind: Alert['kind']) => effectiveRule(kind, this.rules.find((rule) => rule.kind === kind && rule.customerId === customerId), this.rules.find((rule) => rule.kind === kind && rule.customerId === null))
    const outcome = withNews(decide({ now, firewalls, alerts, ruleFor, newId: () => `a${(this.#count += 1)}` }), this.silences, ({ customerId, kind }) => ruleFor(customerId, kind).enabled, now)
    const touched = new Map(outcome.alerts.map((alert) => [alert.id, { ...alert, revision: (alert.revision ?? 0) + 1 }]))
    this.alerts = [...this.alerts.filter(({ id }) => !touched.has(id)), ...touched.values()].filter(({ state }) => state !== 'gone')
    this.events.push(...outcome.events)
    this.notices.push(...outcome.notices)
    return outcome.notices
  }

  live(): string[] {
    return this.alerts.filter(({ state }) => state === 'open' || state === 'acknowledged').map(({ firewallId, kind, subject, causeId }) => `${firewallId} ${kind}${subject && ` ${subject}`}${causeId === null ? '' : ' (follows)'}`).sort()
  }
  told(): string[] {
    return this.notices.map(({ kind, alertId }) => `${kind} ${this.alerts.find(({ id }) => id === alertId)?.kind ?? '?'}`)
  }
}
