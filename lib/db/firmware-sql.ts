import 'server-only'
// SQL of versions in the fleet: two statements of one snapshot, each of which reads every firewall once.
import { boundedRead } from './bounded-read'
import { inCustomers } from './firewall-columns'
import { Prisma } from './generated/client'

/** Versions that are told apart; a fleet has a few dozen, and more only where firewalls make them up. */
export const VERSIONS_MAX = 500
const OFFERS_MAX = 2_000

export type VersionCount = {
  family: string
  version: string | null
  firewalls: number
  customers: number
  offered: number
  majorOffered: number
  rebootPending: number
  neverChecked: number
  checkFailed: number
  notReported: number
  upToDate: number
  /** The longest ago that one of them looked for updates; null = one never did, or does not say. */
  oldestCheckAt: Date | null
}
/** Firewalls of one version that are offered the same; `least` and `most` over those that report it. */
export type OfferCount = {
  family: string
  version: string | null
  kind: 'minor' | 'major'
  offered: string
  firewalls: number
  packagesLeast: number | null
  packagesMost: number | null
  bytesLeast: number | null
  bytesMost: number | null
  /** How many would restart, and of how many that is not reported. */
  reboots: number
  rebootsUnknown: number
  exampleId: string
}
export type VersionsQuestion = { customerIds: 'all' | readonly string[]; customerId: string | undefined }

const sql = Prisma.sql
const asked = ({ customerIds, customerId }: VersionsQuestion): Prisma.Sql => sql`${inCustomers(customerIds)} AND ${customerId === undefined ? sql`TRUE` : inCustomers([customerId])}`
const state = (word: string): Prisma.Sql => sql`count(*) FILTER (WHERE f."firmwareState" = ${Prisma.raw(`'${word}'`)})::int`

export const versionsStatement = (question: VersionsQuestion): Prisma.Sql => sql`
  SELECT f.family, f.version, count(*)::int AS firewalls, count(DISTINCT f."customerId")::int AS customers,
    ${state('offered')} AS offered, ${state('major-offered')} AS "majorOffered", ${state('reboot-pending')} AS "rebootPending", ${state('never-checked')} AS "neverChecked",
    ${state('check-failed')} AS "checkFailed", ${state('not-reported')} AS "notReported", ${state('up-to-date')} AS "upToDate",
    CASE WHEN count(f."firmwareCheckedAt") = count(*) THEN min(f."firmwareCheckedAt") END AS "oldestCheckAt"
  FROM "Firewall" f WHERE ${asked(question)}
  GROUP BY f.family, f.version ORDER BY count(*) DESC, f.family, f.version LIMIT ${VERSIONS_MAX + 1}`

/** The most frequent first, of equals the minor update. While a minor update hides a new series, only the version of that is known. */
export const offersStatement = (question: VersionsQuestion): Prisma.Sql => sql`
  SELECT f.family, f.version, o.kind, o.offered, count(*)::int AS firewalls, min(o.packages) AS "packagesLeast", max(o.packages) AS "packagesMost", min(o.bytes)::float8 AS "bytesLeast", max(o.bytes)::float8 AS "bytesMost",
    count(*) FILTER (WHERE o.reboot)::int AS reboots, count(*) FILTER (WHERE o.reboot IS NULL)::int AS "rebootsUnknown", min(f.id::text) AS "exampleId"
  FROM "Firewall" f CROSS JOIN LATERAL (VALUES
    ('minor', CASE WHEN f."firmwareState" = 'offered' THEN f."offeredVersion" END, f."packageCount", f."downloadBytes", f."rebootRequired"),
    ('major', f."majorVersion", CASE WHEN f."firmwareState" = 'major-offered' THEN f."packageCount" END, CASE WHEN f."firmwareState" = 'major-offered' THEN f."downloadBytes" END, TRUE)) o(kind, offered, packages, bytes, reboot)
  WHERE f."firmwareState" IN ('offered', 'major-offered') AND o.offered IS NOT NULL AND ${asked(question)}
  GROUP BY f.family, f.version, o.kind, o.offered ORDER BY count(*) DESC, o.kind DESC, o.offered DESC LIMIT ${OFFERS_MAX}`

/** Which versions run on how many firewalls, the most frequent first and one more than VERSIONS_MAX at most, and what those are offered. Throws query-too-broad when it takes over 5 s. */
export const countVersions = (question: VersionsQuestion): Promise<{ versions: VersionCount[]; offers: OfferCount[] }> =>
  boundedRead(async (run) => ({ versions: await run<VersionCount>(versionsStatement(question)), offers: await run<OfferCount>(offersStatement(question)) }))

export type RunningVersion = { family: string; version: string; firewalls: number }
/** The versions that run, with how many firewalls run each. Throws query-too-broad when it takes over 5 s. */
export const countRunning = (question: VersionsQuestion): Promise<RunningVersion[]> =>
  boundedRead((run) => run<RunningVersion>(sql`SELECT f.family, f.version, count(*)::int AS firewalls FROM "Firewall" f WHERE f.version IS NOT NULL AND ${asked(question)} GROUP BY f.family, f.version ORDER BY count(*) DESC, f.family, f.version LIMIT ${VERSIONS_MAX}`))
