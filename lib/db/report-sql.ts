import 'server-only'
// What a report of a customer and month is made from: eight statements, whatever the number of firewalls, on one connection
// and from one snapshot.
import { boundedRead, type Run } from './bounded-read'
import { Prisma } from './generated/client'

export type ReportSpan = { customerId: string; from: Date; to: Date; zone: string }
/** Lists in a report are shortened to so many; their totals are not. */
export const REPORT_LIST_MAX = 200
/** Of one firewall and kind, the first of the month. */
const CHANGES_MAX = 20_000
/** A report is made once a month, or for one person who waits for it. */
const MILLISECONDS_MAX = 30_000

export type ReportFirewallRow = {
  id: string
  name: string
  siteName: string | null
  createdAt: Date
  state: string
  intervals: unknown[]
  backupFormat: string | null
  driftSince: Date | null
  driftItems: number | null
}
const firewalls = ({ customerId, to }: ReportSpan) => Prisma.sql`
  SELECT f.id, f.name, t.name AS "siteName", f."createdAt", f.state, jsonb_build_array((SELECT intervals FROM "Settings"), c.intervals, f.intervals) AS intervals, f."backupFormat", f."driftSince", f."driftItems"
  FROM "Firewall" f JOIN "Customer" c ON c.id = f."customerId" LEFT JOIN "Site" t ON t.id = f."siteId"
  WHERE f."customerId" = ${customerId}::uuid AND f."createdAt" < ${to} ORDER BY f.name, f.id`

/** Whose rows are looked at. */
const mine = ({ customerId, to }: ReportSpan) => Prisma.sql`(SELECT id FROM "Firewall" WHERE "customerId" = ${customerId}::uuid AND "createdAt" < ${to})`

export type ReportChangeRow = { firewallId: string; at: Date; key: string; before: unknown; after: unknown }
/** States and versions in the month, in their order; of states also the last change before it and the first after it. */
const changes = (span: ReportSpan) => {
  // Each kind by itself: a firewall that comes and goes all month must not push its updates out.
  const within = (key: string) => Prisma.sql`(SELECT * FROM "Change" x WHERE x."firewallId" = f.id AND x.kind = 'firewall' AND x.key = ${key} AND x.at >= ${span.from} AND x.at < ${span.to} ORDER BY x.at LIMIT ${CHANGES_MAX})`
  return Prisma.sql`
  SELECT c."firewallId", c.at, c.key, c.before, c.after FROM ${mine(span)} f CROSS JOIN LATERAL (
    ${within('state')} UNION ALL ${within('version')}
    UNION ALL (SELECT * FROM "Change" x WHERE x."firewallId" = f.id AND x.kind = 'firewall' AND x.key = 'state' AND x.at < ${span.from} ORDER BY x.at DESC LIMIT 1)
    UNION ALL (SELECT * FROM "Change" x WHERE x."firewallId" = f.id AND x.kind = 'firewall' AND x.key = 'state' AND x.at >= ${span.to} ORDER BY x.at LIMIT 1)) c
  ORDER BY c."firewallId", c.at`
}

export type ReportHoursRow = { firewallId: string; hours: number[] }
/** Whole hours from the beginning in which something was measured. What is not rolled up yet stands in the finer tables alone. */
const hours = (span: ReportSpan) => {
  const since = (target: 'five_minutes' | 'hour') => Prisma.sql`coalesce((SELECT "upTo" FROM samples.progress WHERE target = ${target}), '-infinity')`
  const within = Prisma.sql`s."firewallId" IN ${mine(span)} AND s.at >= ${span.from} AND s.at < ${span.to}`
  return Prisma.sql`
    SELECT "firewallId", array_agg(DISTINCT floor(extract(epoch FROM at - ${span.from}::timestamptz) / 3600)::int) AS hours FROM (
      SELECT s."firewallId", s.at FROM samples.hour s WHERE ${within}
      UNION ALL SELECT s."firewallId", s.at FROM samples.five_minutes s WHERE ${within} AND s.at >= ${since('hour')}
      UNION ALL SELECT s."firewallId", s.at FROM samples.visit s WHERE ${within} AND s.at >= ${since('five_minutes')}) measured
    GROUP BY 1`
}

export type ReportBackupsRow = { firewallId: string; kept: number; changed: number; daysCovered: number }
/** A backup holds the configuration of each day from when it was taken until the firewall last said that it still is the same. */
const backups = (span: ReportSpan, upTo: Date) => {
  const day = (at: Prisma.Sql) => Prisma.sql`((${at}) AT TIME ZONE ${span.zone}::text)::date`
  return Prisma.sql`
    WITH covered AS (
      SELECT b."firewallId", count(*) FILTER (WHERE b."takenAt" >= ${span.from})::int AS kept,
        count(*) FILTER (WHERE b."takenAt" >= ${span.from} AND coalesce(b.added, 0) + coalesce(b.removed, 0) + coalesce(b.changed, 0) > 0)::int AS changed,
        range_agg(daterange(${day(Prisma.sql`b."takenAt"`)}, ${day(Prisma.sql`greatest(b."seenAt", b."takenAt")`)}, '[]')) AS days
      FROM "Backup" b WHERE b."firewallId" IN ${mine(span)} AND b."takenAt" < ${upTo} AND b."seenAt" >= ${span.from} GROUP BY 1)
    SELECT "firewallId", kept, changed, (SELECT coalesce(sum(upper(r) - lower(r)), 0)::int FROM unnest(days * datemultirange(daterange(${day(Prisma.sql`${span.from}::timestamptz`)}, ${day(Prisma.sql`${upTo}::timestamptz - interval '1 millisecond'`)}, '[]'))) r) AS "daysCovered" FROM covered`
}

export type ReportAlertRow = { id: string; firewallId: string; firewallName: string; kind: string; subject: string; severity: string; facts: unknown; openedAt: Date; resolvedAt: Date | null; acknowledgedBy: string | null; effects: number }
/** Opened, and not a consequence of another; `over` says which. */
const alertsOf = (span: ReportSpan, which: Prisma.Sql) => Prisma.sql`"Alert" a WHERE a."customerId" = ${span.customerId}::uuid AND a."openedAt" < ${span.to} AND a."causeId" IS NULL AND ${which}`
const inMonth = ({ from }: ReportSpan) => Prisma.sql`(a."resolvedAt" IS NULL OR a."resolvedAt" >= ${from})`
const openAtEnd = ({ to }: ReportSpan) => Prisma.sql`(a."resolvedAt" IS NULL OR a."resolvedAt" >= ${to})`
const alerts = (span: ReportSpan, which: Prisma.Sql, order: Prisma.Sql) => Prisma.sql`
  SELECT a.*, f.name AS "firewallName", (SELECT count(*)::int FROM "Alert" e WHERE e."causeId" = a.id) AS effects
  FROM (SELECT a.id, a."firewallId", a.kind, a.subject, a.severity, a.facts, a."openedAt", a."resolvedAt", a."acknowledgedBy" FROM ${alertsOf(span, which)} ORDER BY ${order} LIMIT ${REPORT_LIST_MAX}) a
  JOIN "Firewall" f ON f.id = a."firewallId" ORDER BY ${order}`
const RANK = Prisma.sql`array_position(ARRAY['critical', 'warning', 'notice'], a.severity)`
const WORST_AND_NEWEST = Prisma.sql`${RANK}, a."openedAt" DESC, a.id`
const WORST_AND_OLDEST = Prisma.sql`${RANK}, a."openedAt", a.id`

export type ReportCountRow = { critical: number; warning: number; notice: number; openAtEnd: number }
const counts = (span: ReportSpan) => {
  const of = (severity: string) => Prisma.sql`count(*) FILTER (WHERE a.severity = ${severity})::int`
  return Prisma.sql`SELECT ${of('critical')} AS critical, ${of('warning')} AS warning, ${of('notice')} AS notice, count(*) FILTER (WHERE ${openAtEnd(span)})::int AS "openAtEnd" FROM ${alertsOf(span, inMonth(span))}`
}

export type ReportAcceptanceRow = { firewallId: string; firewallName: string; at: Date; operatorName: string; note: string; total: number }
const acceptances = (span: ReportSpan) => Prisma.sql`
  SELECT x."firewallId", f.name AS "firewallName", x.at, x."operatorName", x.note, (count(*) OVER ())::int AS total
  FROM "ConfigAcceptance" x JOIN "Firewall" f ON f.id = x."firewallId"
  WHERE f."customerId" = ${span.customerId}::uuid AND x.at >= ${span.from} AND x.at < ${span.to} ORDER BY x.at DESC, x.id LIMIT ${REPORT_LIST_MAX}`

export type ReportRows = {
  firewalls: ReportFirewallRow[]
  changes: ReportChangeRow[]
  hours: ReportHoursRow[]
  backups: ReportBackupsRow[]
  incidents: ReportAlertRow[]
  open: ReportAlertRow[]
  counts: ReportCountRow
  acceptances: ReportAcceptanceRow[]
}

/** All of it; `upTo` is the end of the month or now, whichever is first. The scope of who asks must have been applied to the customer. */
export function findReportRows(span: ReportSpan, upTo: Date): Promise<ReportRows> {
  return boundedRead(async (run: Run) => {
    const [counted] = await run<ReportCountRow>(counts(span))
    return {
      firewalls: await run<ReportFirewallRow>(firewalls(span)),
      changes: await run<ReportChangeRow>(changes(span)),
      hours: await run<ReportHoursRow>(hours(span)),
      backups: await run<ReportBackupsRow>(backups(span, upTo)),
      incidents: await run<ReportAlertRow>(alerts(span, inMonth(span), WORST_AND_NEWEST)),
      open: await run<ReportAlertRow>(alerts(span, openAtEnd(span), WORST_AND_OLDEST)),
      counts: counted ?? { critical: 0, warning: 0, notice: 0, openAtEnd: 0 },
      acceptances: await run<ReportAcceptanceRow>(acceptances(span)),
    }
  }, MILLISECONDS_MAX)
}
