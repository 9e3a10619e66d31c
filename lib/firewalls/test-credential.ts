import 'server-only'
import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import { withAuditedIntent, type AuditEvent } from '@/lib/audit/record'
import type { Credential, TestOutcome } from '@/lib/adapters/adapter'
import { credentialTest, type CredentialTest, type Family } from '@/lib/adapters/model'
import { familyModule } from '@/lib/adapters/registry'
import type { Actor } from '@/lib/auth/actor'
import { authoriseScope } from '@/lib/auth/authorise'
import { AppError } from '@/lib/core/errors'
import { db } from '@/lib/db/client'
import { toJson } from '@/lib/db/json'
import { openTransport, type Trust } from '@/lib/outbound/send'
import { isPlainHttp, originOf } from './address'
import { allowedNetworks } from './connect'
import { toCredential } from './credential-values'
import type { TestResult } from './dto'
import { databaseGate, holdLease } from './gate'
import type { testInput, TrustInput } from './input'
import { passingTokens } from './tokens'
import { noteFailure, requireTry, triesOf } from './tries'
import { credentialFingerprint, openExchanged, sealExchanged } from './vault'

const PROOF_MINUTES = 30

/** Where a credential is tried; the proof of a passed test is valid for exactly this. */
export type Trial = { origin: string; family: Family; trust: Trust; credential: Credential; commandsAllowed: boolean }
/** A passed test: the credential to store (perhaps one that the firewall handed out) and what it may do. */
export type Proof = { test: CredentialTest; credential: Credential; notice: string | null }

/** Checks that address, trust and method fit together. Throws invalid-input naming the field. */
export function trialOf(input: { family: Family; baseUrl: string; trust: TrustInput; credential: z.output<typeof testInput>['credential'] }, commandsAllowed = false): Trial {
  const origin = originOf(input.baseUrl)
  const wantsPlain = input.trust.mode === 'plain-http'
  if (wantsPlain !== isPlainHttp(origin)) {
    throw new AppError('invalid-input', 'Trust and address do not fit together.', { issues: [{ field: 'trust', message: wantsPlain ? 'plain-http is for addresses that begin with http://.' : 'An address that begins with http:// has no certificate; confirm that the credential travels in clear.' }] })
  }
  const module = familyModule(input.family)
  if (!module.credentialMethods.some(({ method }) => method === input.credential.method)) {
    throw new AppError('invalid-input', `${module.label} does not know this kind of credential.`, { issues: [{ field: 'credential.method', message: `One of ${module.credentialMethods.map(({ method }) => method).join(', ')}.` }] })
  }
  const trust: Trust = input.trust.mode === 'pin' ? { mode: 'pin', sha256: input.trust.sha256, spkiSha256: null } : { mode: input.trust.mode }
  return { origin, family: input.family, trust, credential: toCredential(input.credential), commandsAllowed }
}

const contextOf = ({ origin, family, trust }: Trial) => `${origin} ${family} ${trust.mode} ${trust.mode === 'pin' ? trust.sha256 : ''}`
const fingerprintOf = (trial: Trial) => credentialFingerprint(trial.credential, contextOf(trial))

/** A test passed by this actor within the last 30 minutes for exactly this address, trust and credential; else null. */
export async function findProof(actor: Actor, trial: Trial, now: Date): Promise<Proof | null> {
  const row = await db().enrolment.findUnique({ where: { actorId_origin_fingerprint: { actorId: actor.id ?? '', origin: trial.origin, fingerprint: await fingerprintOf(trial) } } })
  if (!row || row.expiresAt <= now) return null
  const credential = row.exchangedSealed === null ? trial.credential : await openExchanged(row.exchangedSealed, row.id, row.origin)
  return { test: credentialTest.parse(row.test), credential, notice: row.notice }
}

async function keepProof(actor: Actor, trial: Trial, outcome: TestOutcome, now: Date): Promise<void> {
  const id = randomUUID()
  const fingerprint = await fingerprintOf(trial)
  const kept = {
    family: trial.family,
    test: toJson(outcome.test),
    notice: outcome.exchanged?.notice ?? null,
    exchangedMethod: outcome.exchanged?.credential.method ?? null,
    exchangedSealed: outcome.exchanged ? await sealExchanged(outcome.exchanged.credential, id, trial.origin) : null,
    createdAt: now,
    expiresAt: new Date(now.getTime() + PROOF_MINUTES * 60_000),
  }
  const where = { actorId: actor.id ?? '', origin: trial.origin, fingerprint }
  await db().$transaction([db().enrolment.deleteMany({ where: { OR: [where, { expiresAt: { lt: now } }] } }), db().enrolment.create({ data: { id, ...where, ...kept } })])
}

async function run(trial: Trial, signal: AbortSignal): Promise<TestOutcome> {
  const authentications = {
    beforeSend: () => Promise.resolve(),
    succeeded: () => Promise.resolve(),
    failed: () => noteFailure(trial.origin, new Date()),
  }
  const transport = openTransport({ firewallKey: `test ${trial.origin} ${randomUUID()}`, origin: trial.origin, trust: trial.trust, allowedNetworks: allowedNetworks(), gate: databaseGate(trial.origin), authentications })
  const facts = new Map<string, string>()
  const memory = { get: (name: string) => Promise.resolve(facts.get(name) ?? null), set: (name: string, value: string) => Promise.resolve(void facts.set(name, value)) }
  return familyModule(trial.family).connect({ transport, credential: trial.credential, memory, tokens: passingTokens(), commandsAllowed: trial.commandsAllowed, now: () => new Date() }).test(signal)
}

/**
 * Tries a credential that is not stored: at most one failed authentication, one test of an origin at a time over all
 * processes, none when no tries are left. A passed test is kept for 30 minutes, so that saving does not ask again; a pair
 * that the firewall handed out is kept sealed with it and never asked for twice.
 */
export async function proveCredential(actor: Actor, trial: Trial, about: Pick<AuditEvent, 'target' | 'customer'>, signal: AbortSignal): Promise<Proof> {
  const known = await findProof(actor, trial, new Date())
  if (known?.notice) return known
  const event: AuditEvent = { action: 'firewall.credential.test', ...about, details: { family: trial.family, method: trial.credential.method } }
  const act = () =>
    holdLease(trial.origin, 'test', signal, async () => {
      await requireTry(trial.origin, new Date())
      const outcome = await run(trial, signal)
      await keepProof(actor, trial, outcome, new Date())
      return outcome
    })
  const outcome = await withAuditedIntent(actor, event, act, { details: ({ test }) => ({ missing: test.features.filter(({ result }) => result === 'missing').map(({ privilege }) => privilege) }) })
  return { test: outcome.test, credential: outcome.exchanged?.credential ?? trial.credential, notice: outcome.exchanged?.notice ?? null }
}

/** POST /firewalls/test: what a credential may do, before anything is saved. */
export async function testCredential(actor: Actor, input: z.output<typeof testInput>, signal: AbortSignal): Promise<TestResult> {
  authoriseScope(actor, 'firewall:manage')
  const trial = trialOf(input)
  const startedAt = performance.now()
  try {
    const proof = await proveCredential(actor, trial, { target: { kind: 'address', id: null, name: trial.origin } }, signal)
    return { test: proof.test, notice: proof.notice, durationMs: Math.round(performance.now() - startedAt), ...(await triesOf(trial.origin, new Date())) }
  } catch (error) {
    throw error instanceof AppError ? await withTries(error, trial.origin) : error
  }
}

/** A refusal tells how many tries are left and until when. */
export async function withTries(error: AppError, origin: string): Promise<AppError> {
  if (error.code !== 'firewall-credential-rejected' && error.code !== 'firewall-no-tries-left') return error
  const { triesLeft, retryAt } = await triesOf(origin, new Date())
  return new AppError(error.code, error.message, { ...error.details, triesLeft, ...(retryAt !== null && { retryAt }) }, { cause: error.cause, ...(error.rawReply !== undefined && { rawReply: error.rawReply }) })
}
