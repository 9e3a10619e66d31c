import 'server-only'
// What is odd about addresses: devices that are new or came from elsewhere, and addresses that two devices have. Arrivals are
// read from the changes, newest first, so many for a page; addresses with two devices site after site. What a page costs does
// not grow with the fleet.
import { boundedRead } from './bounded-read'
import { FIREWALLS_FROM } from './firewall-columns'
import { Prisma } from './generated/client'
import { takeover } from './search-holders-sql'
import { onFirewallsOf, WHERE_IT_STANDS, type CustomerIds, type SearchWhere } from './search-sql'

/** Arrivals that one page looks at. */
export const ARRIVALS_MAX = 3_000
/** Where a device was before counts so long. */
const EARLIER_DAYS_MAX = 30
/** A table forgets a device that left after 20 minutes; one that is seen at both places for longer did not move. */
const OVERLAP_MINUTES_MAX = 60

export type Moment = { at: string; id: string }
export type ReportScope = { customerIds: CustomerIds; siteId: string | undefined; hours: number; limit: number; after: Moment | null }
export type Arrival = { at: Date; id: string; mac: string; ip: string; interface: string | null; hostname: string | null; manufacturer: string | null; gone: boolean } & SearchWhere
type Place = { ip: string; interface: string | null; firstSeenAt: string; goneAt: string } & SearchWhere
export type Walked<Row> = { rows: Row[]; more: boolean; walkedTo: Moment | null; isWhole: boolean }
type Walk = { walked: number; walkedAt: Date; walkedId: string }

/** Addresses that several firewalls share on purpose (CARP, VRRP), and groups. */
const isDevice = (mac: Prisma.Sql) => Prisma.sql`(${mac} IS NOT NULL AND ${mac} !~ '^00:00:5e:00:0[12]:' AND ${mac} !~ '^.[13579bdf]:')`
const sameSite = (one: Prisma.Sql, other: Prisma.Sql) => Prisma.sql`(${one}.id = ${other}.id OR (${one}."siteId" = ${other}."siteId" AND ${one}."customerId" = ${other}."customerId"))`
const atSite = (siteId: string | undefined, firewallId: Prisma.Sql) => (siteId === undefined ? Prisma.sql`TRUE` : Prisma.sql`${firewallId} IN (SELECT id FROM "Firewall" WHERE "siteId" = ${siteId}::uuid)`)
const C = Prisma.sql`c`

/** The predicate is that of the index Change_arrival. */
const walk = ({ customerIds, siteId, hours, after }: ReportScope) => Prisma.sql`walked AS MATERIALIZED (
  SELECT c.at, c.id, c."firewallId", c.key, c.what, c.after AS body, c.after->>'mac' AS mac, (c.before->>'mac') IS DISTINCT FROM (c.after->>'mac') AS "isOther" FROM "Change" c
  WHERE c.kind = 'arp' AND c.what <> 'gone' AND (c.what = 'back' OR (c.before->>'mac') IS DISTINCT FROM (c.after->>'mac')) AND c.at > now() - make_interval(hours => ${hours}::int)
    AND ${after === null ? Prisma.sql`TRUE` : Prisma.sql`(c.at, c.id) < (${after.at}::timestamptz, ${after.id}::bigint)`}
    AND ${onFirewallsOf(customerIds, Prisma.sql`c."firewallId"`)} AND ${atSite(siteId, Prisma.sql`c."firewallId"`)}
  ORDER BY c.at DESC, c.id DESC LIMIT ${ARRIVALS_MAX})`
const WALKED = Prisma.sql`(SELECT count(*) OVER ()::int AS walked, at AS "walkedAt", id::text AS "walkedId" FROM walked ORDER BY at, id LIMIT 1) n`
const DEVICE = Prisma.sql`w.at, w.id::text AS id, w.mac, w.body->>'ip' AS ip, w.body->>'interface' AS interface, w.body->>'hostname' AS hostname, w.body->>'manufacturer' AS manufacturer`

function toWalked<Row extends { at: Date | null; id: string }>(rows: readonly (Row & Walk)[], limit: number): Walked<Row> {
  const [first] = rows
  const found = rows.filter(({ at }) => at !== null)
  return { rows: found.slice(0, limit), more: found.length > limit, walkedTo: first === undefined ? null : { at: first.walkedAt.toISOString(), id: first.walkedId }, isWhole: first === undefined || first.walked < ARRIVALS_MAX }
}

/** Devices that no ARP or NDP table of the site had before, where such tables were read before. */
export function newDevicesStatement(scope: ReportScope): Prisma.Sql {
  return Prisma.sql`WITH ${walk(scope)}, found AS (
      SELECT ${DEVICE}, (h."goneAt" IS NOT NULL OR h.body->>'mac' IS DISTINCT FROM w.mac) AS gone, ${WHERE_IT_STANDS}
      FROM walked w JOIN (${FIREWALLS_FROM}) ON f.id = w."firewallId" LEFT JOIN "FactNeighbour" h ON h."firewallId" = w."firewallId" AND h.key = w.key
      WHERE w."isOther" AND ${isDevice(Prisma.sql`w.mac`)}
        AND NOT EXISTS (SELECT 1 FROM "FactNeighbour" o JOIN "Firewall" g ON g.id = o."firewallId" WHERE o.body->>'mac' = w.mac AND (o."firewallId", o.key) <> (w."firewallId", w.key)
          AND (o."firstSeenAt", o."firewallId", o.key) < (w.at, w."firewallId", w.key) AND ${sameSite(Prisma.sql`g`, Prisma.sql`f`)})
        AND NOT EXISTS (SELECT 1 FROM "Change" c JOIN "Firewall" g ON g.id = c."firewallId" WHERE ${takeover(C)} AND c.before->>'mac' = w.mac AND c.at <= w.at AND c.id <> w.id AND ${sameSite(Prisma.sql`g`, Prisma.sql`f`)})
      ORDER BY w.at DESC, w.id DESC LIMIT ${scope.limit + 1})
    SELECT * FROM ${WALKED} LEFT JOIN found ON TRUE ORDER BY found.at DESC, found.id::bigint DESC`
}

/** Devices that are at one place now and were at another one before that has lost them. */
export function movedDevicesStatement(scope: ReportScope): Prisma.Sql {
  return Prisma.sql`WITH ${walk(scope)}, latest AS (SELECT DISTINCT ON (mac) * FROM walked WHERE ${isDevice(Prisma.sql`mac`)} ORDER BY mac, at DESC, id DESC), found AS (
      SELECT ${DEVICE}, FALSE AS gone, ${WHERE_IT_STANDS}, earlier.place AS "from"
      FROM latest w JOIN (${FIREWALLS_FROM}) ON f.id = w."firewallId" JOIN "FactNeighbour" h ON h."firewallId" = w."firewallId" AND h.key = w.key AND h."goneAt" IS NULL AND h.body->>'mac' = w.mac
        JOIN LATERAL (SELECT json_build_object('ip', o.body->>'ip', 'interface', o.body->>'interface', 'firstSeenAt', o."firstSeenAt", 'goneAt', o."goneAt", 'firewall', there.firewall, 'customer', there.customer, 'site', there.site) AS place
          FROM "FactNeighbour" o JOIN "Firewall" g ON g.id = o."firewallId" JOIN LATERAL (SELECT ${WHERE_IT_STANDS} FROM ${FIREWALLS_FROM} WHERE f.id = o."firewallId") there ON TRUE
          WHERE o.body->>'mac' = w.mac AND o."goneAt" IS NOT NULL AND o."goneAt" BETWEEN w.at - make_interval(days => ${EARLIER_DAYS_MAX}::int) AND w.at + make_interval(mins => ${OVERLAP_MINUTES_MAX}::int) AND o."firstSeenAt" < w.at
            AND (o."firewallId" <> w."firewallId" OR o.body->>'interface' IS DISTINCT FROM w.body->>'interface')
            AND g."haPeerId" IS DISTINCT FROM f.id AND f."haPeerId" IS DISTINCT FROM g.id AND ${onFirewallsOf(scope.customerIds, Prisma.sql`o."firewallId"`)}
          ORDER BY o."goneAt" DESC LIMIT 1) earlier ON TRUE
      ORDER BY w.at DESC, w.id DESC LIMIT ${scope.limit + 1})
    SELECT * FROM ${WALKED} LEFT JOIN found ON TRUE ORDER BY found.at DESC, found.id::bigint DESC`
}

export const findNewDevices = (scope: ReportScope): Promise<Walked<Arrival>> => boundedRead(async (run) => toWalked(await run<Arrival & Walk>(newDevicesStatement(scope)), scope.limit))
export const findMovedDevices = (scope: ReportScope): Promise<Walked<Arrival & { from: Place }>> => boundedRead(async (run) => toWalked(await run<Arrival & { from: Place } & Walk>(movedDevicesStatement(scope)), scope.limit))

/** Rows of neighbours that one page compares, and sites that it looks at. */
const COMPARED_MAX = 20_000
const SITES_MAX = 1_000
const CONTESTED_HOURS = 24
/** Of one page; a place that has more than so many by itself is cut. */
const DUPLICATES_MAX = 500

export type DuplicateScope = { customerIds: CustomerIds; siteId: string | undefined; limit: number; after: string | null }
type Device = { mac: string; manufacturer: string | null; hostname: string | null; firewall: SearchWhere['firewall']; firstSeenAt: string }
export type Duplicate = { ip: string; interface: string | null; takeovers: number; devices: Device[]; customer: SearchWhere['customer']; site: SearchWhere['site'] }

/**
 * Addresses of one interface at one site that several firewalls see with different MACs, and those that devices took from each
 * other and back within a day. A place is a site, or a firewall without one; pages go through them in the order of their ids.
 */
export function duplicatesStatement({ customerIds, siteId, after }: Omit<DuplicateScope, 'limit'>): Prisma.Sql {
  const device = (body: Prisma.Sql, since: Prisma.Sql) => Prisma.sql`jsonb_build_object('mac', ${body}->>'mac', 'manufacturer', ${body}->>'manufacturer', 'hostname', ${body}->>'hostname', 'firewall', p.firewall, 'firstSeenAt', ${since})`
  return Prisma.sql`WITH firewalls AS MATERIALIZED (SELECT f.id, coalesce(f."siteId", f.id) AS place, coalesce(r."itemCount", 0) AS rows, ${WHERE_IT_STANDS}
      FROM ${FIREWALLS_FROM} LEFT JOIN "Reading" r ON r."firewallId" = f.id AND r.kind = 'arp'
      WHERE coalesce(f."siteId", f.id) > ${after ?? '00000000-0000-0000-0000-000000000000'}::uuid AND ${onFirewallsOf(customerIds, Prisma.sql`f.id`)} AND ${atSite(siteId, Prisma.sql`f.id`)}),
    places AS (SELECT place, count(*) AS firewalls, sum(sum(CASE WHEN rows > 0 THEN rows ELSE 0 END)) OVER o AS upto, row_number() OVER o AS nth FROM firewalls GROUP BY place WINDOW o AS (ORDER BY place)),
    chosen AS MATERIALIZED (SELECT place, firewalls FROM places WHERE nth = 1 OR (upto <= ${COMPARED_MAX} AND nth <= ${SITES_MAX})),
    seen AS (SELECT p.place, i.body->>'ip' AS ip, min(i.body->>'interface') AS interface, 0 AS takeovers, jsonb_agg(DISTINCT ${device(Prisma.sql`i.body`, Prisma.sql`i."firstSeenAt"`)}) AS devices
      FROM chosen JOIN firewalls p USING (place) JOIN "FactNeighbour" i ON i."firewallId" = p.id
      WHERE chosen.firewalls > 1 AND i."goneAt" IS NULL AND ${isDevice(Prisma.sql`(i.body->>'mac')`)} AND i.body->>'ip' !~* '^(fe[89ab].:|169[.]254[.])'
      GROUP BY p.place, lower(i.body->>'interface'), i.body->>'ip' HAVING count(DISTINCT i.body->>'mac') > 1),
    contested AS (SELECT p.place, min(c.after->>'ip') AS ip, min(c.after->>'interface') AS interface, (count(DISTINCT c.id))::int AS takeovers, jsonb_agg(DISTINCT ${device(Prisma.sql`held.body`, Prisma.sql`NULL::text`)}) AS devices
      FROM chosen JOIN firewalls p USING (place) JOIN "Change" c ON c."firewallId" = p.id CROSS JOIN LATERAL (VALUES (c.before), (c.after)) held(body)
      WHERE ${takeover(C)} AND c.at > now() - make_interval(hours => ${CONTESTED_HOURS}::int) AND ${isDevice(Prisma.sql`(c.before->>'mac')`)} AND ${isDevice(Prisma.sql`(c.after->>'mac')`)}
      GROUP BY p.place, p.id, c.key HAVING count(DISTINCT c.id) >= 2 AND count(DISTINCT held.body->>'mac') <= count(DISTINCT c.id)),
    found AS (SELECT * FROM seen UNION ALL SELECT * FROM contested ORDER BY place, ip LIMIT ${DUPLICATES_MAX})
    SELECT n.*, found.place::text, (SELECT nth FROM places WHERE places.place = found.place)::int AS nth, found.ip, found.interface, found.takeovers, found.devices, f.customer, f.site
    FROM (SELECT (SELECT count(*) FROM places)::int AS places, (SELECT count(*) FROM chosen)::int AS chosen, (SELECT place::text FROM chosen ORDER BY place DESC LIMIT 1) AS last) n
      LEFT JOIN found ON TRUE LEFT JOIN LATERAL (SELECT customer, site FROM firewalls WHERE firewalls.place = found.place LIMIT 1) f ON TRUE ORDER BY found.place, found.ip`
}

type DuplicateRow = Omit<Duplicate, 'ip'> & { ip: string | null; place: string; nth: number; places: number; chosen: number; last: string | null }

/** A page of whole places, of about `limit` rows; `next` is the place to go on after, `left` how many are not looked at yet. */
export function findDuplicates(scope: DuplicateScope): Promise<{ rows: Duplicate[]; next: string | null; looked: number; left: number }> {
  return boundedRead(async (run) => {
    const found = await run<DuplicateRow>(duplicatesStatement(scope))
    const [{ places = 0, chosen = 0, last = null } = {}] = found
    // The place that passes the limit is told to its end, and the next page begins after it.
    const end = found[scope.limit - 1]
    const isCut = end !== undefined && found.at(-1)?.place !== end.place
    const shown = isCut ? found.filter(({ nth }) => nth <= end.nth) : found
    const looked = isCut ? end.nth : chosen
    const rows = shown.flatMap(({ ip, interface: name, takeovers, devices, customer, site }) => (ip === null ? [] : [{ ip, interface: name, takeovers, devices, customer, site }]))
    return { rows, next: looked < places ? (isCut ? end.place : last) : null, looked, left: places - looked }
  })
}
