// What the API tells about a firewall. Browser-safe; no secret has a place in it.
import { z } from 'zod'
import { credentialTest, family, READINGS, READ_KINDS, type ReadKind, type Readings } from '@/lib/adapters/model'
import { FIRMWARE_STATES } from '@/lib/adapters/words'
import { FINDING_NAMES } from '@/lib/overview/findings'
import { HA_ROLES } from '@/lib/query-language/fields'
import { FIREWALL_STATES } from './states'

const instant = z.string().describe('ISO 8601, UTC')

/** A failure in words, as stored and shown. */
export const problemNote = z.object({ code: z.string(), message: z.string(), nextStep: z.string().nullable(), at: instant })
export type ProblemNote = z.infer<typeof problemNote>

export const seenCertificate = z.object({
  sha256: z.string(),
  spkiSha256: z.string(),
  subject: z.string(),
  issuer: z.string(),
  selfSigned: z.boolean(),
  validFrom: instant,
  validTo: instant,
  keyType: z.string(),
  publiclyTrusted: z.boolean(),
})
export type SeenCertificateDto = z.infer<typeof seenCertificate>

export const firewallSummary = z.object({
  id: z.uuid(),
  name: z.string(),
  customer: z.object({ id: z.uuid(), name: z.string() }),
  site: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  family,
  familyLabel: z.string(),
  baseUrl: z.string(),
  plainHttp: z.boolean(),
  tags: z.array(z.string()),
  timeZone: z.string(),
  state: z.enum(FIREWALL_STATES),
  /** The state's reason in words: `no answer on port 443`; null when there is none. */
  stateReason: z.string().nullable(),
  /** Since when the state is what it is. */
  stateSince: instant,
  /** What is wrong, worst first; what was measured counts only while the firewall answers. */
  findings: z.array(z.enum(FINDING_NAMES)),
  lastError: problemNote.nullable(),
  hostname: z.string().nullable(),
  version: z.string().nullable(),
  firmware: z.object({
    state: z.enum(FIRMWARE_STATES),
    offeredVersion: z.string().nullable(),
    majorVersion: z.string().nullable(),
    packageCount: z.number().nullable(),
    downloadBytes: z.number().nullable(),
    rebootRequired: z.boolean().nullable(),
    checkedAt: instant.nullable(),
  }),
  gatewaysUp: z.number().nullable(),
  gatewaysTotal: z.number().nullable(),
  gatewaysDown: z.number().nullable(),
  gatewaysDegraded: z.number().nullable(),
  /** Over all shared addresses; null where there are none. */
  haRole: z.enum(HA_ROLES).nullable(),
  haPeer: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  tunnelsUp: z.number().nullable(),
  tunnelsDown: z.number().nullable(),
  /** Mean over its gateways. */
  latencyMs: z.number().nullable(),
  cpuPercent: z.number().nullable(),
  memoryPercent: z.number().nullable(),
  diskPercent: z.number().nullable(),
  statesPercent: z.number().nullable(),
  bootedAt: instant.nullable(),
  certificateEndsAt: instant.nullable(),
  /** Its clock minus ours. */
  clockOffsetSeconds: z.number().nullable(),
  visitedAt: instant.nullable(),
  nextVisitAt: instant.nullable(),
  visitIntervalSeconds: z.number(),
  createdAt: instant,
})
export type FirewallSummary = z.infer<typeof firewallSummary>

/** How many match, of how many one may see, and what they are. */
export const firewallCounts = z.object({ matching: z.number(), total: z.number(), states: z.partialRecord(z.enum(FIREWALL_STATES), z.number()) })
export type FirewallCounts = z.infer<typeof firewallCounts>

export const firewallDetail = firewallSummary.extend({
  /** Seconds between two readings of each tier (lib/polling/intervals.ts). */
  intervals: z.object({ status: z.number(), neighbours: z.number(), vpn: z.number(), rules: z.number() }),
  trust: z.object({
    mode: z.enum(['pin', 'public-ca', 'plain-http']),
    sha256: z.string().nullable(),
    confirmedAt: instant,
    confirmedBy: z.string().nullable(),
    certificate: seenCertificate.nullable(),
  }),
  /** The other certificate that stopped the calls; null while all is well. */
  certificateSeen: seenCertificate.extend({ seenAt: instant, sameKey: z.boolean() }).nullable(),
  credential: z.object({ method: z.string(), methodLabel: z.string(), storedAt: instant, testedAt: instant.nullable() }).nullable(),
  triesLeft: z.number(),
  retryAt: instant.nullable(),
  commands: z.object({ exist: z.boolean(), allowed: z.boolean(), meaning: z.string().nullable(), changedAt: instant.nullable(), changedBy: z.string().nullable() }),
  updateWay: z.object({ byEndpoint: z.boolean(), label: z.string(), risk: z.string() }).nullable().describe('null = this family has one way to start updates'),
  check: z.object({ possible: z.boolean(), reason: z.string().nullable(), running: z.boolean(), startedAt: instant.nullable() }),
  /** Rows per kind of the stored readings, for the tabs; null = never read. */
  counts: z.partialRecord(z.enum(READ_KINDS), z.number().nullable()),
  observedAt: z.partialRecord(z.enum(READ_KINDS), instant.nullable()),
  rawReads: z.array(z.object({ id: z.string(), label: z.string() })),
  lastTest: credentialTest.nullable(),
  etag: z.string(),
})
export type FirewallDetail = z.infer<typeof firewallDetail>

/** Fields that every reading reply has, whatever its kind. */
const readingHead = z.object({
  kind: z.enum(READ_KINDS),
  /** When the firewall said this; null = never read. */
  observedAt: instant.nullable(),
  /** When counters, expiry times and measured values in it were read. In a long list they are up to 15 minutes older than the list. */
  valuesAt: instant.nullable(),
  source: z.enum(['stored', 'fresh']),
  /** Why the newest try did not bring anything newer. */
  lastError: problemNote.nullable(),
})
export const OBJECT_KINDS = ['status', 'firmware', 'posture'] as const
export type ObjectKind = (typeof OBJECT_KINDS)[number]
export type ListKind = Exclude<ReadKind, ObjectKind>
export const isObjectKind = (kind: ReadKind): kind is ObjectKind => OBJECT_KINDS.some((known) => known === kind)

/** Reply schema of GET /firewalls/{id}/{kind}: objects under `value`, lists as `items` with paging. */
export function readingReply(kind: ReadKind): z.ZodObject {
  if (isObjectKind(kind)) return readingHead.extend({ value: READINGS[kind].nullable() })
  return readingHead.extend({ ...READINGS[kind].partial().shape, items: READINGS[kind].shape.items, notReported: READINGS[kind].shape.notReported, nextCursor: z.string().nullable(), total: z.number() })
}
export type ReadingHead = z.infer<typeof readingHead>
export type ObjectReading<K extends ObjectKind> = ReadingHead & { value: Readings[K] | null }
export type ListReading<K extends ListKind> = ReadingHead & Partial<Readings[K]> & Pick<Readings[K], 'items' | 'notReported'> & { nextCursor: string | null; total: number }

export const probeResult = z.object({
  origin: z.string(),
  answeredInMs: z.number(),
  /** null for http:// */
  certificate: seenCertificate.nullable(),
  plainHttp: z.boolean(),
  /** The address Palisade calls from, to be allowed at the firewall. */
  ownAddress: z.string().nullable(),
  remoteAddress: z.string().nullable(),
  family: family.nullable(),
  /** What was found, in words; also when undecided. */
  familyNote: z.string(),
  triesLeft: z.number(),
  retryAt: instant.nullable(),
})
export type ProbeResult = z.infer<typeof probeResult>

export const testResult = z.object({
  test: credentialTest,
  durationMs: z.number(),
  /** Said to the operator: `The firewall is in token mode …`. */
  notice: z.string().nullable(),
  triesLeft: z.number(),
  retryAt: instant.nullable(),
})
export type TestResult = z.infer<typeof testResult>

/** Families and their credential forms, for the enrolment page. */
export const familyInfo = z.object({
  family,
  label: z.string(),
  testedVersions: z.array(z.string()),
  /** Why its API cannot go back to an entry of the firewall's own history; null = it can. */
  revertReason: z.string().nullable(),
  credentialMethods: z.array(
    z.object({
      method: z.enum(['key-secret', 'basic', 'jwt', 'token', 'api-key']),
      label: z.string(),
      whereMade: z.string(),
      fields: z.array(z.object({ name: z.string(), label: z.string(), help: z.string(), secret: z.boolean() })),
    }),
  ),
})
export type FamilyInfo = z.infer<typeof familyInfo>

/** A check for updates: POST …/check answers with it, GET …/check tells how it stands. */
export const checkState = z.object({
  state: z.enum(['idle', 'queued', 'running', 'done', 'failed']),
  startedAt: instant.nullable(),
  finishedAt: instant.nullable(),
  message: z.string().nullable(),
})
export type CheckState = z.infer<typeof checkState>

/** POST …/refresh: what was asked and what did not answer. */
export const refreshResult = z.object({
  asked: z.number(),
  answered: z.number(),
  failures: z.array(z.object({ kind: z.enum(READ_KINDS), problem: problemNote })),
  firewall: firewallDetail,
})
export type RefreshResult = z.infer<typeof refreshResult>
