import 'server-only'
import { record } from '@/lib/audit/record'
import { workerActor, type Actor } from '@/lib/auth/actor'
import { AppError, type ErrorCode } from '@/lib/core/errors'
import { db } from '@/lib/db/client'
import type { ConnectionRow } from '@/lib/db/sql'
import { storeColumnsOf, type VisitColumns } from '@/lib/db/visits-sql'
import { readCertificate } from '@/lib/outbound/probe-certificate'
import type { ProblemNote } from './dto'
import { STATE_RULES, STATES_THAT_STAY, type FirewallState } from './states'
import { parseNetworks } from '@/lib/outbound/address-policy'
import { environment } from '@/lib/core/env'

/** Failures that make a state of their own; others leave the state and are shown as the last error. */
const STATE_OF: Partial<Record<ErrorCode, FirewallState>> = {
  'firewall-unreachable': 'unreachable',
  'firewall-timed-out': 'unreachable',
  'firewall-address-forbidden': 'unreachable',
  'firewall-redirect': 'unreachable',
  'firewall-not-this-api': 'unreachable',
  'firewall-api-off': 'unreachable',
  'firewall-api-package-missing': 'api-package-missing',
  'firewall-credential-rejected': 'credential-rejected',
  'firewall-certificate-changed': 'certificate-changed',
  'firewall-certificate-unknown': 'certificate-changed',
}

/** Nothing answers there, or something that is not the firewall. */
export const isMiss = (code: ErrorCode): boolean => STATE_OF[code] === 'unreachable'
/** Calls are stopped until a person decides. */
export const needsPerson = (code: ErrorCode): boolean => code === 'firewall-calls-stopped' || STATES_THAT_STAY.some((state) => state === STATE_OF[code])

/** These end a visit at once: asking for more would bring the same. */
export const endsVisit = (code: ErrorCode): boolean => STATE_OF[code] !== undefined || code === 'firewall-calls-stopped' || code === 'firewall-no-tries-left'

export function problemOf(error: unknown, at: Date): ProblemNote {
  if (error instanceof AppError) return { code: error.code, message: error.message, nextStep: error.nextStep ?? null, at: at.toISOString() }
  return { code: 'internal', message: 'Palisade failed while asking.', nextStep: 'An admin finds the reason in the log.', at: at.toISOString() }
}

export const stateColumns = (state: FirewallState, reason: string | null) => ({ state, stateRank: STATE_RULES[state].rank, stateReason: reason })
/** Beside the state's word a few words are enough: `refuses connections at port 443`. */
const reasonOf = ({ message }: ProblemNote) => message.replace(/^The firewall /, '').replace(/\.$/, '')
/** `null` = the last call brought no error. */
export const errorColumns = (problem: ProblemNote | null) => ({
  lastErrorCode: problem?.code ?? null,
  lastErrorMessage: problem?.message ?? null,
  lastErrorNextStep: problem?.nextStep ?? null,
  lastErrorAt: problem ? new Date(problem.at) : null,
})

/** Columns of a firewall that did not answer often enough to say so (lib/polling/reachability.ts). */
export function unreachableColumns(error: AppError, now: Date): VisitColumns {
  const problem = problemOf(error, now)
  return { ...stateColumns('unreachable', reasonOf(problem)), ...errorColumns(problem) }
}

/** Says nothing about the firewall: the call was never made, or the firewall lacks nothing but this reading. */
const SAYS_NOTHING: readonly ErrorCode[] = ['firewall-busy', 'firewall-command-permission-needed', 'firewall-not-reported', 'firewall-certificate-changed', 'firewall-certificate-unknown', 'firewall-credential-rejected']

/** Columns of a call that failed; null when it says nothing about the firewall, or when it is noted with an audit entry (`noteStop`). */
export function failedCallColumns(error: AppError, now: Date): VisitColumns | null {
  // Palisade's own refusals are no fault of the firewall.
  if (!error.code.startsWith('firewall-') || SAYS_NOTHING.includes(error.code)) return null
  const problem = problemOf(error, now)
  return { ...(error.code === 'firewall-api-package-missing' && stateColumns('api-package-missing', reasonOf(problem))), ...errorColumns(problem) }
}

/** Stops automation for a rejected credential and says so in the audit log, once. */
export async function noteRejectedCredential(row: ConnectionRow): Promise<void> {
  const now = new Date()
  await db().$transaction(async (tx) => {
    const first = await tx.firewallCredential.updateMany({ where: { firewallId: row.id, rejectedAt: null }, data: { rejectedAt: now } })
    if (first.count === 0) return
    await tx.firewallToken.deleteMany({ where: { firewallId: row.id } })
    await tx.firewall.updateMany({ where: { id: row.id }, data: stateColumns('credential-rejected', 'calls are stopped') })
    await record(tx, workerActor('palisade'), { action: 'firewall.credential.rejected', target: { kind: 'firewall', id: row.id, name: row.name }, customer: { id: row.customerId, name: row.customerName } }, 'refused')
  })
}

async function noteChangedCertificate(row: ConnectionRow, actor: Actor, error: AppError, now: Date): Promise<void> {
  const shown = await readCertificate(row.origin, { allowedNetworks: parseNetworks(environment().PALISADE_ALLOWED_NETWORKS) }).catch(() => null)
  const sameKey = shown !== null && row.pinSpkiSha256 !== null && shown.certificate.spkiSha256 === row.pinSpkiSha256
  const seen = shown ? { ...shown.certificate, seenAt: now.toISOString(), sameKey } : null
  const reason = sameKey ? 'renewed with the same key, confirm it' : 'calls are stopped'
  await db().$transaction(async (tx) => {
    const first = await tx.firewall.updateMany({
      where: { id: row.id, certificateSeenAt: null },
      data: { certificateSeenAt: now, ...(seen && { certificateSeen: seen }), ...stateColumns('certificate-changed', reason), ...errorColumns(problemOf(error, now)) },
    })
    if (first.count === 0) return
    await record(tx, actor, { action: 'firewall.trust.stopped', target: { kind: 'firewall', id: row.id, name: row.name }, customer: { id: row.customerId, name: row.customerName }, details: { pinnedSha256: row.pinSha256, shownSha256: seen?.sha256 ?? error.details.seenSha256 ?? null, sameKey } }, 'refused')
  })
}

/** Stops calls for what a person has to decide, another certificate or a rejected credential, with an audit entry; nothing for other errors. */
export async function noteStop(row: ConnectionRow, actor: Actor, error: AppError): Promise<void> {
  if (error.code === 'firewall-credential-rejected') return noteRejectedCredential(row)
  const isCertificate = error.code === 'firewall-certificate-changed' || error.code === 'firewall-certificate-unknown'
  if (isCertificate && !row.certificateSeenAt) await noteChangedCertificate(row, actor, error, new Date())
}

/**
 * Stores what a failed call beside the visits means for the firewall: its last error in words. Whether it is unreachable is for
 * the visits to say, so one is due at once.
 */
export async function noteFailedCall(row: ConnectionRow, actor: Actor, error: unknown): Promise<void> {
  if (!(error instanceof AppError)) return
  await noteStop(row, actor, error)
  const columns = failedCallColumns(error, new Date())
  if (columns) await storeColumnsOf(row.id, columns, STATES_THAT_STAY, isMiss(error.code) && row.pausedAt === null)
}
