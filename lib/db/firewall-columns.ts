import 'server-only'
import { STALE_GRACE_SECONDS, STALE_INTERVALS } from '@/lib/polling/intervals'
import { Prisma } from './generated/client'

/** The state as it is shown: what time alone made stale is not stored (lib/firewalls/dto-of.ts says the same). */
export const SHOWN_STATE = Prisma.sql`(CASE WHEN f."visitedAt" IS NULL THEN f.state WHEN f.state = 'not-visited' THEN 'stale'
  WHEN f.state IN ('reachable', 'degraded') AND f."visitedAt" < now() - make_interval(secs => ${STALE_INTERVALS}::int * f."statusSeconds" + ${STALE_GRACE_SECONDS}::int) THEN 'stale' ELSE f.state END)`

/** Firewalls with their places, as `f`, `c` and `s`. */
export const FIREWALLS_FROM = Prisma.sql`"Firewall" f JOIN "Customer" c ON c.id = f."customerId" LEFT JOIN "Site" s ON s.id = f."siteId"`

/** The scope of a reader, as a condition on `f`. */
export const inCustomers = (customerIds: 'all' | readonly string[]): Prisma.Sql => (customerIds === 'all' ? Prisma.sql`TRUE` : Prisma.sql`f."customerId" = ANY(${[...customerIds]}::uuid[])`)
