import 'server-only'
// Stored alerts in the words of the API and of notices.
import type { StoredAlert } from '@/lib/db/alert-list-sql'
import { SEVERITIES, type Severity } from '@/lib/notices/kinds'
import type { Notice } from '@/lib/notices/tell'
import type { AlertDto } from './dto'
import { ruleOf } from './rules'
import { isAlertState } from './states'
import { isGroup } from './step'
import { alertFacts, isAlertKind, type AlertAbout, type AlertKind } from './words'

const iso = (at: Date | null): string | null => at?.toISOString() ?? null
const severityOf = (text: string): Severity => SEVERITIES.find((word) => word === text) ?? 'warning'

/** What an alert says; null for a kind of a newer version. */
function textOf({ kind, firewallName, subject, facts }: StoredAlert): { kind: AlertKind; title: string; sentence: string; nextStep: string } | null {
  if (!isAlertKind(kind)) return null
  const about: AlertAbout = { firewallName, subject, facts: alertFacts.safeParse(facts).data ?? alertFacts.parse({}) }
  const { title, says, nextStep } = ruleOf(kind)
  return { kind, title, sentence: `${says(about)}.`, nextStep }
}

/** The kind in words, for the audit log. */
export const titleOf = (row: StoredAlert): string => textOf(row)?.title ?? row.kind

/** An alert as the API tells it; null for one that this version does not know. */
export function toAlert(row: StoredAlert): AlertDto | null {
  const text = textOf(row)
  if (text === null || !isAlertState(row.state)) return null
  return {
    id: row.id,
    ...text,
    subject: row.subject,
    state: row.state,
    severity: severityOf(row.severity),
    firewall: { id: row.firewallId, name: row.firewallName },
    customer: { id: row.customerId, name: row.customerName },
    site: row.siteId !== null && row.siteName !== null ? { id: row.siteId, name: row.siteName } : null,
    since: row.since.toISOString(),
    openedAt: iso(row.openedAt),
    clearSince: iso(row.clearSince),
    resolvedAt: iso(row.resolvedAt),
    acknowledged: row.acknowledgedAt === null ? null : { at: row.acknowledgedAt.toISOString(), by: row.acknowledgedBy ?? 'somebody' },
    note: row.note,
    flaps: row.flaps,
    isFlapping: row.isFlapping,
    causeId: row.causeId,
    effects: row.effects,
    silencedUntil: iso(row.silencedUntil),
    etag: `"${row.revision}"`,
  }
}

/** What channels are told when somebody looks after an alert; null for one of which nobody was told. */
export function acknowledgedNotice(row: StoredAlert, { at, by, note }: { at: Date; by: string; note: string | null }): Notice | null {
  const text = textOf(row)
  if (text === null || row.toldAt === null || row.causeId !== null || row.silencedUntil !== null || row.isPaused) return null
  const facts = { title: text.title, sentence: text.sentence, firewallName: isGroup({ kind: text.kind, subject: row.subject }) ? null : row.firewallName, customerName: row.customerName, siteName: row.siteName, since: row.since.toISOString(), effects: row.effects, by, note }
  return { kind: 'alert-acknowledged', at, severity: severityOf(row.severity), customerId: row.customerId, firewallId: row.firewallId, alertId: row.id, facts }
}
