// What every family implements. No HTTP, no database, no operators: only our model in and out.
import type { Transport } from '@/lib/outbound/transport'
import type { Secret } from '@/lib/core/secret'
import type { ConfigurationShape } from './configuration'
import type { FirmwarePort, UpdateAbility } from './firmware-port'
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
  /** An admin chose to start updates by the API's own call instead of the command, for this firewall. */
  updateByEndpoint?: boolean
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

/** One entry of the history of configurations that a firewall keeps itself. */
export type HistoryEntry = {
  /** As the firewall names it; what `content` and `store` take. */
  id: string
  at: string | null
  by: string | null
  description: string | null
  bytes: number | null
}

/**
 * Going back to an entry of the firewall's own history. `store` and `restart` change the firewall: their caller calls each
 * at most once for one revert, and reads afterwards what became of a call that was cut off.
 */
export interface RevertPort {
  /** Newest first; the first is what is stored now. At most 1,000. */
  entries(signal: AbortSignal): Promise<HistoryEntry[]>
  /** The bytes of an entry, or of what is stored now; null = there is no such entry. */
  content(id: string | null, signal: AbortSignal): Promise<Buffer | null>
  /** Makes the entry what is stored. The firewall reloads nothing by itself. */
  store(id: string, signal: AbortSignal): Promise<'stored' | 'no-such-entry' | 'refused'>
  /** `busy`: firmware work runs, which a restart would cut off, so none was sent. */
  restart(signal: AbortSignal): Promise<'accepted' | 'refused' | 'busy'>
  /** When it started, by our clock and to a few seconds; null = not reported. Throws while it is down. */
  startedAt(signal: AbortSignal): Promise<Date | null>
}

/** How a person gives a backup back by hand. Everything is whole sentences, steps in their order. */
export type RestoreInstructions = {
  /** Menus of the firewall's own pages, from the left. */
  menu: readonly string[]
  steps: readonly string[]
  /** Where nobody reaches those pages any more. */
  console: readonly string[]
  /** What does not come back with the file, or comes back changed. */
  mind: readonly string[]
  /** The two firewalls of a pair. */
  pair: readonly string[]
}

/** What a firewall says about the newest change of its configuration, without giving the configuration. */
export type ConfigurationRevision = {
  /** Its own name for it: another after each change. */
  id: string
  at: Date | null
  by: string | null
  note: string | null
  /** Of the configuration's format, in the firewall's words. */
  version: string | null
}
/** A whole configuration. `author`: what stands in it about its last change, which may be newer than what a probe tells. */
export type TakenConfiguration = { bytes: Buffer; format: 'xml' | 'json'; author: Pick<ConfigurationRevision, 'at' | 'by' | 'note'> | null }

/** Reading the whole configuration. It holds every secret of the firewall: the raw reply of an error of these is shown to nobody. */
export interface BackupPort {
  /** xml: can be given back to the firewall; json: for comparison only. */
  readonly format: 'xml' | 'json'
  /** Cheap; null = this firewall cannot tell. */
  probe(signal: AbortSignal): Promise<ConfigurationRevision | null>
  /** Complete or refused, call class `configuration` (120 s, 64 MiB). Throws firewall-reply-not-understood when it is cut, changed while it was read or of another kind. */
  take(signal: AbortSignal): Promise<TakenConfiguration>
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
  /** null = cannot be asked now; `backupReason` says why (command permission off). */
  readonly backup: BackupPort | null
  readonly backupReason: string | null
  /** null = the API has no way back; the module's `revertReason` says so. */
  readonly revert: RevertPort | null
  readonly firmware: FirmwarePort
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
  /** How its configuration is laid out, for comparing two of them. */
  readonly configuration: ConfigurationShape
  /** Whether commands exist at all, and the sentence what switching them on means. */
  readonly commandPermission: string | null
  /** Whether looking for updates needs that permission. */
  readonly checkNeedsCommands: boolean
  /** Whether reading the configuration needs it. */
  readonly backupNeedsCommands: boolean
  /** Why the API cannot go back to an entry of the firewall's own history, in a sentence; null = it can. */
  readonly revertReason: string | null
  readonly updateAbility: UpdateAbility
  /** How a person gives a backup back by hand, for a firewall of this version; null = the version is not known. */
  restoreInstructions(version: string | null): RestoreInstructions
  detect(transport: Transport, signal: AbortSignal): Promise<DetectionClue>
  connect(options: ConnectOptions): FirewallAdapter
}
