import 'server-only'
import { db } from '@/lib/db/client'
import { zoneOfMost } from './month'

export type CustomerPlace = { zone: string; firewalls: number; since: Date | null }

/** Where most firewalls of customers stand, how many there are, and since when the first one is enrolled. One statement. */
export async function placesOf(customerIds: readonly string[]): Promise<ReadonlyMap<string, CustomerPlace>> {
  const rows = await db().$queryRaw<{ customerId: string; zone: string; firewalls: number; since: Date }[]>`
    SELECT f."customerId", coalesce(t."timeZone", f."timeZone") AS zone, count(*)::int AS firewalls, min(f."createdAt") AS since
    FROM "Firewall" f LEFT JOIN "Site" t ON t.id = f."siteId" WHERE f."customerId" = ANY(${[...customerIds]}::uuid[]) GROUP BY 1, 2`
  return new Map(
    customerIds.map((customerId) => {
      const of = rows.filter((row) => row.customerId === customerId)
      const times = of.map(({ since }) => since.getTime())
      const zone = zoneOfMost(of.flatMap((row) => Array.from({ length: row.firewalls }, () => row.zone)))
      return [customerId, { zone, firewalls: of.reduce((sum, row) => sum + row.firewalls, 0), since: times.length === 0 ? null : new Date(Math.min(...times)) }]
    }),
  )
}
