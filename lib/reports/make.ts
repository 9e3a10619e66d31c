import 'server-only'
import { ruleOf } from '@/lib/alerts/rules'
import { alertFacts, isAlertKind } from '@/lib/alerts/words'
import { findReportRows, type ReportAlertRow, type ReportChangeRow, type ReportFirewallRow, type ReportRows } from '@/lib/db/report-sql'
import { toEvent } from '@/lib/history/events'
import type { Uptime } from '@/lib/history/timeline'
import { SEVERITIES } from '@/lib/notices/kinds'
import { effectiveIntervals } from '@/lib/polling/intervals'
import type { ReportBody, ReportFirewall, ReportIncident } from './dto'
import { boundsOf, datesWithin } from './month'
import { toReportUptime, totalUptime, uptimeOfMonth } from './uptime'
import { unknownOf } from './unknown'

const UPDATES_MAX = 200
const iso = (at: Date): string => at.toISOString()

export type ReportQuestion = { customer: { id: string; name: string }; month: string; zone: string }
type Month = { fromMs: number; toMs: number; upToMs: number; zone: string }

const grouped = <Row extends { firewallId: string }>(rows: readonly Row[]): ReadonlyMap<string, Row[]> => {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const group = groups.get(row.firewallId)
    if (group) group.push(row)
    else groups.set(row.firewallId, [row])
  }
  return groups
}

function firewallsOf(rows: ReportRows, month: Month): { firewall: ReportFirewall; uptime: Uptime }[] {
  const [changes, hours, backups] = [grouped(rows.changes.filter(({ key }) => key === 'state')), grouped(rows.hours), grouped(rows.backups)]
  return rows.firewalls.map((row: ReportFirewallRow) => {
    const seen = { createdAt: row.createdAt, state: row.state, rows: changes.get(row.id) ?? [], hours: hours.get(row.id)?.[0]?.hours ?? [], visitSeconds: effectiveIntervals(...row.intervals).status }
    const uptime = uptimeOfMonth({ fromMs: month.fromMs, toMs: month.upToMs }, seen)
    const kept = backups.get(row.id)?.[0]
    // Dates of the zone in which it was enrolled, as the days that backups cover are counted.
    const days = datesWithin(Math.max(month.fromMs, row.createdAt.getTime()), month.upToMs, month.zone)
    const drifted = row.driftSince !== null && row.driftSince.getTime() < month.upToMs ? { since: iso(row.driftSince), items: row.driftItems } : null
    const backup = { kept: kept?.kept ?? 0, days, daysWithout: Math.max(0, days - (kept?.daysCovered ?? 0)), comparisonOnly: row.backupFormat === 'json' }
    return { uptime, firewall: { id: row.id, name: row.name, site: row.siteName, uptime: toReportUptime(uptime), backups: backup, configurationChanges: kept?.changed ?? 0, drift: drifted } }
  })
}

function wordsOf({ kind, firewallName, subject, facts, severity }: ReportAlertRow): Pick<ReportIncident, 'title' | 'sentence' | 'severity'> {
  const known = SEVERITIES.find((word) => word === severity) ?? 'warning'
  // A kind of a newer version is told by its word.
  if (!isAlertKind(kind)) return { title: kind, sentence: `${kind} on ${firewallName}.`, severity: known }
  const { title, says } = ruleOf(kind)
  return { title, sentence: `${says({ firewallName, subject, facts: alertFacts.safeParse(facts).data ?? alertFacts.parse({}) })}.`, severity: known }
}

/** How it was at the end of the month: what came later is not told. */
function toIncident(row: ReportAlertRow, { fromMs, toMs, upToMs }: Month): ReportIncident {
  const resolvedAt = row.resolvedAt !== null && row.resolvedAt.getTime() < toMs ? row.resolvedAt : null
  const lastedMs = Math.min(resolvedAt?.getTime() ?? upToMs, upToMs) - Math.max(row.openedAt.getTime(), fromMs)
  return {
    id: row.id,
    firewall: { id: row.firewallId, name: row.firewallName },
    ...wordsOf(row),
    openedAt: iso(row.openedAt),
    resolvedAt: resolvedAt && iso(resolvedAt),
    seconds: Math.max(0, Math.round(lastedMs / 1000)),
    acknowledgedBy: row.acknowledgedBy,
    effects: row.effects,
  }
}

function updatesOf(changes: readonly ReportChangeRow[], names: ReadonlyMap<string, string>): ReportBody['updates'] {
  const all = changes.flatMap((row) => {
    const event = row.key === 'version' ? toEvent({ ...row, kind: 'firewall', count: 1 }) : null
    return event?.type === 'version' ? [{ firewall: { id: row.firewallId, name: names.get(row.firewallId) ?? '' }, at: event.at, before: event.before, after: event.after }] : []
  })
  return { items: all.sort((a, b) => (a.at < b.at ? 1 : -1)).slice(0, UPDATES_MAX), total: all.length }
}

/** A customer's month out of what is stored; asks no firewall. `now` cuts a month that is not over. */
export async function makeReport({ customer, month, zone }: ReportQuestion, now: Date): Promise<ReportBody> {
  const { fromMs, toMs } = boundsOf(month, zone)
  const upToMs = Math.max(fromMs, Math.min(toMs, now.getTime()))
  const bounds = { fromMs, toMs, upToMs, zone }
  const rows = await findReportRows({ customerId: customer.id, from: new Date(fromMs), to: new Date(toMs), zone }, new Date(upToMs))
  const firewalls = firewallsOf(rows, bounds)
  const { openAtEnd, ...bySeverity } = rows.counts
  return {
    customer,
    month,
    zone,
    from: iso(new Date(fromMs)),
    to: iso(new Date(toMs)),
    upTo: iso(new Date(upToMs)),
    uptime: toReportUptime(totalUptime(firewalls.map(({ uptime }) => uptime))),
    firewalls: firewalls.map(({ firewall }) => firewall),
    incidents: { items: rows.incidents.map((row) => toIncident(row, bounds)), total: bySeverity.critical + bySeverity.warning + bySeverity.notice, bySeverity },
    updates: updatesOf(rows.changes, new Map(rows.firewalls.map(({ id, name }) => [id, name]))),
    acceptances: { items: rows.acceptances.map((row) => ({ firewall: { id: row.firewallId, name: row.firewallName }, at: iso(row.at), by: row.operatorName, note: row.note })), total: rows.acceptances[0]?.total ?? 0 },
    open: { items: rows.open.map((row) => ({ id: row.id, firewall: { id: row.firewallId, name: row.firewallName }, ...wordsOf(row), openedAt: iso(row.openedAt) })), total: openAtEnd },
    unknown: unknownOf(firewalls.map(({ firewall }) => firewall)),
  }
}
