// What the API tells of versions in the fleet. Browser-safe.
import { z } from 'zod'
import { family } from '@/lib/adapters/model'
import { SEVERITIES } from '@/lib/advisories/words'

const count = z.number()
const where = z.string().describe('conditions of GET /firewalls that find exactly the firewalls that are counted')
const span = z.object({ least: count, most: count })

/** Null parts: none of these firewalls report it. */
export const versionOffer = z.object({
  kind: z.enum(['minor', 'major']),
  version: z.string(),
  firewalls: count,
  /** null where the version is not known that runs. */
  where: where.nullable(),
  packages: span.nullable(),
  downloadBytes: span.nullable(),
  /** How many would restart, and of how many that is not reported. */
  reboots: count,
  rebootsUnknown: count,
  /** One of them, which can be asked for the change notes; null where the family has none. */
  notesFrom: z.uuid().nullable(),
})
export type VersionOffer = z.infer<typeof versionOffer>

export const versionRow = z.object({
  family,
  familyLabel: z.string(),
  /** An update of the base takes the API package away, and a person reinstalls it. */
  losesApiPackage: z.boolean(),
  /** null: no visit has told it yet. */
  version: z.string().nullable(),
  firewalls: count,
  customers: count,
  where: where.nullable(),
  /** By what the last check of each said. `offered`: a minor update; `majorOffered`: a new series and nothing before it. */
  offered: count,
  majorOffered: count,
  rebootPending: count,
  neverChecked: count,
  checkFailed: count,
  notReported: count,
  upToDate: count,
  /** The most frequent first. */
  offers: z.array(versionOffer),
  /** The longest ago that one of them looked for updates; null = one never did, or does not say. */
  oldestCheckAt: z.string().describe('ISO 8601, UTC').nullable(),
  /** Ids of advisories about it, the worst first. `known` false: its version cannot be compared, or there are no advisories at all. */
  advisories: z.object({ known: z.boolean(), worst: z.enum(SEVERITIES).nullable(), ids: z.array(z.string()) }),
})
export type VersionRow = z.infer<typeof versionRow>

export const versionsDto = z.object({
  /** The worst first: advisories, restarts pending, updates on offer, what is not known, then by how many run it. */
  items: z.array(versionRow),
  /** More versions run than the 500 that are told. */
  truncated: z.boolean(),
})
export type VersionsDto = z.infer<typeof versionsDto>
