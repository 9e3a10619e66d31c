// What every family implements. No HTTP, no database, no operators: only our model in and out.
import type { Transport } from '@/lib/outbound/transport'
import type { Secret } from '@/lib/core/secret'
import type { CredentialTest, Family, Firmware, ReadKind, Readings } from './model'

/** One field of a credential form. `name` is the key in the credential object of the outside contract. */
export type CredentialField = { name: string; label: string; help: string; secret: boolean }
export type CredentialMethod = {
  method: CredentialMethodName
  label: string
  /** Where on the firewall it is made, and that it is shown once. */
  whereMade: string
  fields: readonly CredentialField[]
}
export const CREDENTIAL_METHODS = ['key-secret', 'basic', 'jwt', 'token', 'api-key'] as const
export type CredentialMethodName = (typeof CREDENTIAL_METHODS)[number]

/** A credential in memory: every value is a Secret, also names. `method` decides which fields are there. */
export type Credential =
  | { method: 'key-secret'; key: Secret; secret: Secret }
  | { method: 'basic'; username: Secret; password: Secret }
  | { method: 'jwt'; username: Secret; password: Secret }
  | { method: 'token'; clientId: Secret; clientToken: Secret }
  | { method: 'api-key'; key: Secret }

/** Small non-secret facts that a family remembers per firewall (URL spelling that works, version seen). */
export interface FamilyMemory {
  get(name: string): Promise<string | null>
  set(name: string, value: string): Promise<void>
}

export type IssuedToken = { token: Secret; expiresAt: Date }
/**
 * Short-lived tokens (JWT), sealed and shared by all processes.
 * `get` returns a token valid for at least a minute, or runs `issue` with at most one in flight per firewall over all
 * processes. `discard` is for a token that the firewall refused before its time; it must not lead to a loop.
 */
export interface TokenStore {
  get(issue: () => Promise<IssuedToken>): Promise<Secret>
  discard(): Promise<void>
}

export type ConnectOptions = {
  transport: Transport
  credential: Credential
  memory: FamilyMemory
  tokens: TokenStore
  /** Whether an admin switched on the command permission (product.md decision 12). */
  commandsAllowed: boolean
  now: () => Date
}

/** A credential that the firewall gave in exchange for the one entered (v1 token mode). */
export type ExchangedCredential = { credential: Credential; notice: string }
export type TestOutcome = { test: CredentialTest; exchanged: ExchangedCredential | null }

export type CheckStep = { phase: 'running' } | { phase: 'done'; firmware: Firmware } | { phase: 'failed'; reason: string }

/** Making a firewall look for updates. Each call is one step of at most the `command` call class (190 s). */
export interface FirmwareCheckPort {
  begin(signal: AbortSignal): Promise<CheckStep>
  progress(signal: AbortSignal): Promise<CheckStep>
}

/** A fixed, allow-listed read whose reply is shown as it came, without secrets. Never a path from the browser. */
export type RawRead = { id: string; label: string; path: string }

export interface FirewallAdapter {
  readonly reads: { [K in ReadKind]: (signal: AbortSignal) => Promise<Readings[K]> }
  /** Tries every read that the pages use and asks for write privileges without writing. Throws on a rejected credential. */
  test(signal: AbortSignal): Promise<TestOutcome>
  /** null = cannot be asked now; `checkReason` says why (command permission off, family has none). */
  readonly check: FirmwareCheckPort | null
  readonly checkReason: string | null
  /** Change notes of a version as plain text; null = this family has none. */
  readChangelog(version: string, signal: AbortSignal): Promise<string | null>
  /** Redacted JSON value of an allow-listed read. Unknown id: AppError not-found. */
  readRaw(id: string, signal: AbortSignal): Promise<unknown>
}

/** What one request without any credential tells about the family. It costs no failed authentication. */
export type DetectionClue = 'yes' | 'no' | 'undecided' | 'api-package-missing' | 'api-off'

export interface FamilyModule {
  readonly family: Family
  readonly label: string
  /** Versions of product.md that are tested. */
  readonly testedVersions: readonly string[]
  readonly credentialMethods: readonly CredentialMethod[]
  /** Reads shown on pages and the privilege behind each, as the operator has to look for it. */
  readonly privileges: Readonly<Record<ReadKind, string>>
  readonly rawReads: readonly RawRead[]
  /** Whether commands exist at all, and the sentence what switching them on means. */
  readonly commandPermission: string | null
  /** Whether looking for updates needs that permission. */
  readonly checkNeedsCommands: boolean
  detect(transport: Transport, signal: AbortSignal): Promise<DetectionClue>
  connect(options: ConnectOptions): FirewallAdapter
}
