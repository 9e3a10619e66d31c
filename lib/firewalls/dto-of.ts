import 'server-only'
import { credentialTest } from '@/lib/adapters/model'
import { FIRMWARE_STATES } from '@/lib/adapters/words'
import { familyModule, isFamily } from '@/lib/adapters/registry'
import { AppError } from '@/lib/core/errors'
import type { Prisma } from '@/lib/db/generated/client'
import { effectiveIntervals, staleAfterSeconds, type EffectiveIntervals } from '@/lib/polling/intervals'
import { HA_ROLES } from '@/lib/query-language/fields'
import { seenCertificate, type FirewallDetail, type FirewallSummary } from './dto'
import { findingsOfRow } from './findings-of'
import { FIREWALL_STATES } from './states'
import type { Tries } from './tries'

export const summaryInclude = {
  customer: { select: { id: true, name: true } },
  site: { select: { id: true, name: true } },
  visit: { select: { dueAt: true } },
  haPeer: { select: { id: true, name: true, haRole: true, state: true } },
} as const satisfies Prisma.FirewallInclude
/** What a list does not show and would only carry. */
export const summaryOmit = { certificate: true, certificateSeen: true, memory: true, intervals: true } as const satisfies Prisma.FirewallOmit
export type SummaryRow = Prisma.FirewallGetPayload<{ include: typeof summaryInclude; omit: typeof summaryOmit }>

export const detailInclude = {
  ...summaryInclude,
  customer: { select: { id: true, name: true, intervals: true } },
  credential: { select: { method: true, storedAt: true, testedAt: true, rejectedAt: true, lastTest: true } },
  readings: { select: { kind: true, itemCount: true, observedAt: true } },
  checks: { where: { finishedAt: null }, select: { createdAt: true } },
} as const satisfies Prisma.FirewallInclude
export type DetailRow = Prisma.FirewallGetPayload<{ include: typeof detailInclude }>

const oneOf = <T extends string>(words: readonly T[], text: string, otherwise: T): T => words.find((word) => word === text) ?? otherwise
const iso = (date: Date | null | undefined): string | null => date?.toISOString() ?? null

export function moduleOf(row: { family: string }) {
  if (!isFamily(row.family)) throw new AppError('internal', 'The firewall has no known family.')
  return familyModule(row.family)
}

/** The stored state, but for what time alone makes stale; lib/db/firewall-list-sql.ts filters by the same. */
function stateOf(row: SummaryRow, now: Date): FirewallSummary['state'] {
  const state = oneOf(FIREWALL_STATES, row.state, 'not-visited')
  if (row.visitedAt === null) return state
  // Released by a person and not asked since: there are readings, and they are old.
  if (state === 'not-visited') return 'stale'
  const known = state === 'reachable' || state === 'degraded'
  return known && now.getTime() - row.visitedAt.getTime() > staleAfterSeconds(row.statusSeconds) * 1000 ? 'stale' : state
}

export function toSummary(row: SummaryRow, now: Date): FirewallSummary {
  const family = moduleOf(row)
  const state = stateOf(row, now)
  return {
    id: row.id,
    name: row.name,
    customer: row.customer,
    site: row.site,
    family: family.family,
    familyLabel: family.label,
    baseUrl: row.origin,
    plainHttp: row.trustMode === 'plain-http',
    tags: row.tags,
    timeZone: row.timeZone,
    state,
    stateReason: row.pausedAt ? row.pausedReason : row.stateReason,
    stateSince: row.stateSince.toISOString(),
    findings: findingsOfRow(row, state, now),
    lastError: row.lastErrorCode === null ? null : { code: row.lastErrorCode, message: row.lastErrorMessage ?? '', nextStep: row.lastErrorNextStep, at: iso(row.lastErrorAt) ?? '' },
    hostname: row.hostname,
    version: row.version,
    firmware: {
      state: oneOf(FIRMWARE_STATES, row.firmwareState, 'not-reported'),
      offeredVersion: row.offeredVersion,
      majorVersion: row.majorVersion,
      packageCount: row.packageCount,
      downloadBytes: row.downloadBytes === null ? null : Number(row.downloadBytes),
      rebootRequired: row.rebootRequired,
      checkedAt: iso(row.firmwareCheckedAt),
    },
    gatewaysUp: row.gatewaysUp,
    gatewaysTotal: row.gatewaysTotal,
    gatewaysDown: row.gatewaysDown,
    gatewaysDegraded: row.gatewaysDegraded,
    haRole: HA_ROLES.find((role) => role === row.haRole) ?? null,
    haPeer: row.haPeer && { id: row.haPeer.id, name: row.haPeer.name },
    tunnelsUp: row.tunnelsUp,
    tunnelsDown: row.tunnelsDown,
    latencyMs: row.latencyMs,
    cpuPercent: row.cpuPercent,
    memoryPercent: row.memoryPercent,
    diskPercent: row.diskPercent,
    statesPercent: row.statesPercent,
    bootedAt: iso(row.bootedAt),
    certificateEndsAt: iso(row.certificateEndsAt),
    clockOffsetSeconds: row.clockOffsetSeconds,
    visitedAt: iso(row.visitedAt),
    nextVisitAt: iso(row.visit?.dueAt),
    visitIntervalSeconds: row.statusSeconds,
    createdAt: row.createdAt.toISOString(),
  }
}

const tierSeconds = ({ status, neighbours, vpn, rules }: EffectiveIntervals) => ({ status, neighbours, vpn, rules })

export const etagOf = (revision: number): string => `"${revision}"`

function certificateOf(json: unknown) {
  const parsed = seenCertificate.safeParse(json)
  return parsed.success ? parsed.data : null
}

function checkAvailability(row: DetailRow): FirewallDetail['check'] {
  const family = moduleOf(row)
  const open = row.checks[0]
  const reason = family.checkNeedsCommands && !row.commandsAllowed ? 'Looking for updates needs the command permission, which is off. An admin can switch it on in the settings.' : null
  return { possible: reason === null, reason, running: open !== undefined, startedAt: iso(open?.createdAt) }
}

/** `installation`: the intervals of the level above the customer. */
export function toDetail(row: DetailRow, tries: Tries, installation: unknown, now: Date): FirewallDetail {
  const family = moduleOf(row)
  const seen = certificateOf(row.certificateSeen)
  const sameKey = seen !== null && seen.spkiSha256 === row.pinSpkiSha256
  const test = credentialTest.safeParse(row.credential?.lastTest)
  return {
    ...toSummary(row, now),
    customer: { id: row.customer.id, name: row.customer.name },
    intervals: tierSeconds(effectiveIntervals(installation, row.customer.intervals, row.intervals)),
    trust: {
      mode: oneOf(['pin', 'public-ca', 'plain-http'], row.trustMode, 'pin'),
      sha256: row.pinSha256,
      confirmedAt: row.trustConfirmedAt.toISOString(),
      confirmedBy: row.trustConfirmedBy,
      certificate: certificateOf(row.certificate),
    },
    certificateSeen: seen && row.certificateSeenAt ? { ...seen, seenAt: row.certificateSeenAt.toISOString(), sameKey } : null,
    credential: row.credential && {
      method: row.credential.method,
      methodLabel: family.credentialMethods.find(({ method }) => method === row.credential?.method)?.label ?? row.credential.method,
      storedAt: row.credential.storedAt.toISOString(),
      testedAt: iso(row.credential.testedAt),
    },
    ...tries,
    commands: { exist: family.commandPermission !== null, allowed: row.commandsAllowed, meaning: family.commandPermission, changedAt: iso(row.commandsChangedAt), changedBy: row.commandsChangedBy },
    updateWay: family.updateAbility.endpointStart && { ...family.updateAbility.endpointStart, byEndpoint: row.updateByEndpoint },
    check: checkAvailability(row),
    counts: Object.fromEntries(row.readings.map(({ kind, itemCount }) => [kind, itemCount])),
    observedAt: Object.fromEntries(row.readings.map(({ kind, observedAt }) => [kind, observedAt.toISOString()])),
    rawReads: family.rawReads.map(({ id, label }) => ({ id, label })),
    lastTest: test.success ? test.data : null,
    etag: etagOf(row.revision),
  }
}
