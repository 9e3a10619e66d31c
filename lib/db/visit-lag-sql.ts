import 'server-only'
import { MISSES_UNTIL_SILENT } from '@/lib/polling/reachability'
import { statement } from './statements'

export type Lag = { lagP50Seconds: number; lagP95Seconds: number; firewalls: number; due: number; overdue: number; backingOff: number; workers: number }

const LAG = `SELECT coalesce(percentile_disc(0.5) WITHIN GROUP (ORDER BY late), 0)::double precision AS "lagP50Seconds", coalesce(percentile_disc(0.95) WITHIN GROUP (ORDER BY late), 0)::double precision AS "lagP95Seconds",
    count(*)::int AS firewalls, (count(*) FILTER (WHERE late > 0 OR "isLeased"))::int AS due, (count(*) FILTER (WHERE late > "statusSeconds"))::int AS overdue, (count(*) FILTER (WHERE misses >= ${MISSES_UNTIL_SILENT}))::int AS "backingOff",
    (SELECT count(*)::int FROM "Heartbeat" WHERE role = 'worker' AND "seenAt" > now() - interval '1 minute') AS workers
  FROM (SELECT greatest(0, extract(epoch FROM now() - v."dueAt")) AS late, coalesce(v."leasedUntil" > now(), false) AS "isLeased", f."statusSeconds", v.misses
        FROM "FirewallVisit" v JOIN "Firewall" f ON f.id = v."firewallId"
        WHERE f."pausedAt" IS NULL AND ($1::boolean OR f."customerId" = ANY ($2::uuid[]))) visit`

/** How late the visits of some customers are at this moment; one look at each of their firewalls. */
export async function readLag(customerIds: 'all' | readonly string[]): Promise<Lag> {
  const { rows } = await statement<Lag>('visit-lag', LAG, [customerIds === 'all', customerIds === 'all' ? [] : [...customerIds]])
  return rows[0] ?? { lagP50Seconds: 0, lagP95Seconds: 0, firewalls: 0, due: 0, overdue: 0, backingOff: 0, workers: 0 }
}
