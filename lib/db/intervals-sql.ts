import 'server-only'
import { DEFAULT_INTERVALS, TIERS, type Tier } from '@/lib/polling/intervals'
import type { Tx } from './client'
import { Prisma } from './generated/client'

/** Whose intervals changed. */
export type IntervalsPlace = { kind: 'installation' } | { kind: 'customer' | 'firewall'; id: string }

const effective = (tier: Tier): Prisma.Sql => Prisma.sql`coalesce((f.intervals->>${tier}::text)::int, (c.intervals->>${tier}::text)::int, (s.intervals->>${tier}::text)::int, ${DEFAULT_INTERVALS[tier]}::int)`

/** After a change of intervals: what is stale follows at once, and visits that lie further ahead than the new pace are spread over it. */
export async function applyIntervals(tx: Tx, place: IntervalsPlace): Promise<void> {
  const where = place.kind === 'installation' ? Prisma.sql`TRUE` : place.kind === 'customer' ? Prisma.sql`f."customerId" = ${place.id}::uuid` : Prisma.sql`f.id = ${place.id}::uuid`
  const from = Prisma.sql`"Customer" c, "Settings" s WHERE s.id = 1 AND c.id = f."customerId" AND ${where}`
  await tx.$executeRaw`UPDATE "Firewall" f SET "statusSeconds" = ${effective('status')} FROM ${from}`
  const pace = Prisma.sql`least(${Prisma.join(TIERS.map(effective))})`
  await tx.$executeRaw`
    UPDATE "FirewallVisit" v SET "dueAt" = now() + random() * ${pace} * interval '1 second'
    FROM "Firewall" f, ${from} AND v."firewallId" = f.id AND f."pausedAt" IS NULL AND v.misses = 0 AND v."dueAt" > now() + ${pace} * interval '1 second'`
}
