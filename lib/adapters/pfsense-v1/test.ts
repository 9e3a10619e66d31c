// Tries a credential: every reading of the pages, then the write privileges, asked without writing.
import type { ConnectOptions, Credential, ExchangedCredential, TestOutcome } from '@/lib/adapters/adapter'
import { READ_KINDS, type FeatureResult, type Posture, type ReadKind } from '@/lib/adapters/model'
import { AppError, type ErrorCode } from '@/lib/core/errors'
import { MEMORY, openCaller, type Caller } from './call'
import { userOf } from './credential'
import { ENDPOINTS, WRITE_QUESTIONS, type Endpoint } from './read-endpoints'
import { Asker, PRIVILEGES, READERS, type MissingPart } from './reads'
import { LABELS, SEEN } from './read-words'
import { anyReply, hostnameReply, versionReply } from './replies'

const EXCHANGED =
  'The API of this firewall is in the mode API Token, so it handed out a permanent token for this user. Palisade keeps that token sealed and drops the password. The token is revoked on the firewall under System, API.'
const MAY_DO_EVERYTHING =
  'This user may probably do everything on the firewall. Make a user for Palisade alone, in a group of its own with only the privileges listed here.'

/** After one of these nothing more is sent: the rest would fail alike, or cost another failed sign-in. */
const FATAL: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'firewall-credential-rejected',
  'firewall-no-tries-left',
  'firewall-unreachable',
  'firewall-address-forbidden',
  'firewall-certificate-unknown',
  'firewall-certificate-changed',
  'firewall-redirect',
  'firewall-api-off',
  'firewall-calls-stopped',
])

/** One test. A token that the firewall handed out is never lost to a later failure: then the rest is reported as failed. */
type Run = {
  caller: Caller
  options: ConnectOptions
  signal: AbortSignal
  exchanged: ExchangedCredential | null
  earlierRequests: number
  stoppedBy: AppError | null
}
type Attempt<T> = { value: T; error: null } | { value: null; error: AppError }

export async function testCredential(options: ConnectOptions, signal: AbortSignal): Promise<TestOutcome> {
  const run = await signIn(options, signal)
  const ask = askerOf(run)
  // The first answer decides: a 401 ends the test here, so it costs one failed sign-in at most.
  const version = await attempt(run, () => ask.part(ENDPOINTS.version, versionReply, 'version'))
  const hostname = await attempt(run, () => ask.part(ENDPOINTS.hostname, hostnameReply, 'host name'))
  const features: FeatureResult[] = []
  for (const kind of READ_KINDS) if (kind !== 'posture') features.push(...(await tryReading(run, kind)).features)
  const { features: postureFeatures, value: posture } = await tryReading(run, 'posture')
  features.push(...postureFeatures, checkFeature(features), ...(await tryWrites(run, posture)))
  const everything = await mayDoEverything(run, features)
  return {
    exchanged: run.exchanged,
    test: {
      version: version.value?.version || null,
      hostname: [hostname.value?.hostname ?? '', hostname.value?.domain ?? ''].filter((part) => part !== '').join('.') || null,
      features,
      warnings: [...(posture?.warnings ?? []), ...(everything ? [MAY_DO_EVERYTHING] : [])],
      requestCount: run.earlierRequests + run.caller.requestCount(),
    },
  }
}

const askerOf = (run: Run): Asker => new Asker(run.caller, run.options.memory, run.options.now, run.signal)

/** A firewall in token mode answers `jwt` with a permanent pair: kept, and used for the rest of the test (contract section 3). */
async function signIn(options: ConnectOptions, signal: AbortSignal): Promise<Run> {
  const caller = openCaller(options)
  const run = { caller, options, signal, exchanged: null, earlierRequests: 0, stoppedBy: null }
  if (options.credential.method !== 'jwt') return run
  // A person asks, so the firewall may be asked again even after it was seen in token mode.
  await options.memory.set(MEMORY.tokenMode, 'no')
  try {
    await caller.signIn(signal)
    return run
  } catch (error) {
    const pair: Credential | null = caller.exchangedPair()
    if (pair === null) throw error
    const exchangedOptions = { ...options, credential: pair }
    return {
      ...run,
      caller: openCaller(exchangedOptions),
      options: exchangedOptions,
      exchanged: { credential: pair, notice: EXCHANGED },
      earlierRequests: caller.requestCount(),
    }
  }
}

async function attempt<T>(run: Run, act: () => Promise<T>): Promise<Attempt<T>> {
  if (run.stoppedBy !== null) return { value: null, error: run.stoppedBy }
  try {
    return { value: await act(), error: null }
  } catch (error) {
    const isFatal = !(error instanceof AppError) || FATAL.has(error.code)
    if (isFatal && run.exchanged === null) throw error
    const known = error instanceof AppError ? error : new AppError('internal', 'The test was interrupted.', {}, { cause: error })
    if (isFatal) run.stoppedBy = known
    return { value: null, error: known }
  }
}

async function tryReading<K extends ReadKind>(run: Run, kind: K) {
  const ask = askerOf(run)
  const reader = READERS[kind]
  const { value, error } = await attempt(run, () => reader(ask))
  const row = { feature: kind, label: LABELS[kind], access: 'read', privilege: PRIVILEGES[kind] } as const
  if (error !== null) return { value, features: [{ ...row, ...failureWords(error) }] }
  const own = ask.missing.filter((part) => part.privilege === row.privilege)
  const seen = own.length === 0 ? SEEN[kind](value) : `${SEEN[kind](value)}; refused: ${own.map((part) => part.part).join(', ')}`
  const main: FeatureResult = { ...row, result: own.length === 0 ? 'ok' : 'missing', seen }
  return { value, features: [main, ...missingParts(kind, ask.missing)] }
}

/** A part behind a further privilege gets a row of its own while it is missing, unless another reading has that privilege. */
function missingParts(kind: ReadKind, missing: readonly MissingPart[]): FeatureResult[] {
  const others: ReadonlySet<string> = new Set(Object.values(PRIVILEGES))
  const byPrivilege = new Map<string, string[]>()
  for (const { part, privilege } of missing) {
    if (privilege !== null && !others.has(privilege)) byPrivilege.set(privilege, [...(byPrivilege.get(privilege) ?? []), part])
  }
  return [...byPrivilege].map(([privilege, parts]) => ({
    feature: kind,
    label: `${LABELS[kind]}: ${parts.join(', ')}`,
    access: 'read',
    privilege,
    result: 'missing',
    seen: '403',
  }))
}

const failureWords = (error: AppError): Pick<FeatureResult, 'result' | 'seen'> => ({
  result: error.code === 'firewall-privilege-missing' ? 'missing' : 'failed',
  seen: error.code === 'firewall-privilege-missing' ? '403: the privilege is missing, or this address is not on the access list of the API' : error.message,
})

/** The check is the firmware reading without its cache: same endpoint, same privilege, so it is not run here. */
function checkFeature(features: readonly FeatureResult[]): FeatureResult {
  const result = features.find((row) => row.feature === 'firmware')?.result ?? 'not-knowable'
  return {
    feature: 'firmware-check',
    label: 'Look for updates',
    access: 'write',
    privilege: ENDPOINTS.upgradeCheck.privilege,
    result,
    seen: 'same privilege as the firmware state; not run',
  }
}

async function tryWrites(run: Run, posture: Posture | null): Promise<FeatureResult[]> {
  const commands = await askWithoutWriting(run, posture, WRITE_QUESTIONS.commands, run.options.commandsAllowed)
  const row = (feature: string, label: string, privilege: string, answer: Pick<FeatureResult, 'result' | 'seen'>): FeatureResult => ({
    feature,
    label,
    access: 'write',
    privilege,
    ...answer,
  })
  const { 'rules-write': rules, 'aliases-write': aliases } = WRITE_QUESTIONS
  return [
    row('firmware-update', 'Start updates', WRITE_QUESTIONS.commands.privilege, commands),
    row('rules-write', 'Change rules', rules.privilege, await askWithoutWriting(run, posture, rules)),
    row('aliases-write', 'Change aliases', aliases.privilege, await askWithoutWriting(run, posture, aliases)),
    row('commands', 'Commands', WRITE_QUESTIONS.commands.privilege, commands),
    row('configuration', 'Configuration', 'page-diagnostics-backup-restore', {
      result: 'not-knowable',
      seen: 'not asked: the reply would hold every secret of the firewall',
    }),
  ]
}

/**
 * `_action_bypass` stops a write after authorization and validation. It is recorded for 1.9 only: where a version would
 * not know it the request would really write, so nothing is sent there. The request also lacks every required field.
 */
async function askWithoutWriting(run: Run, posture: Posture | null, question: Endpoint, isAllowed = true): Promise<Pick<FeatureResult, 'result' | 'seen'>> {
  const version = posture?.apiPackageVersion ?? null
  if (posture?.readOnly) return { result: 'missing', seen: 'the API is read-only' }
  if (!isAllowed) return { result: 'not-knowable', seen: 'not asked: the command permission is off for this firewall' }
  if (version === null) return { result: 'not-knowable', seen: 'not asked: the version of the API package is not known, and an old one would really write' }
  if (!honoursBypass(version)) return { result: 'not-knowable', seen: `not asked: version ${version} of the API package would really write` }
  const { value, error } = await attempt(run, () => run.caller.post(question, { _action_bypass: true }, run.signal))
  if (error !== null) return failureWords(error)
  if (value.return === 0) return { result: 'failed', seen: 'the firewall did not treat the request as a dry run' }
  return { result: 'ok', seen: 'allowed; nothing was changed' }
}

/** Contract section 4, recorded with 1.9. */
function honoursBypass(version: string): boolean {
  const parts = /^1\.(\d+)(?:\.|$)/.exec(version)
  return parts !== null && Number(parts[1]) >= 9
}

/** A user of everything we ask for is known by what we never ask for, or by being the built-in administrator. */
async function mayDoEverything(run: Run, features: readonly FeatureResult[]): Promise<boolean> {
  if (userOf(run.options.credential) === 'admin') return true
  if (features.some((row) => row.access === 'read' && row.result !== 'ok')) return false
  const { error } = await attempt(run, () => run.caller.get(ENDPOINTS.interfaceAssignments, anyReply, run.signal))
  return error === null && run.stoppedBy === null
}
