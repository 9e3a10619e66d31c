// What a simulated firewall can be told, when it is added and while it runs.
import type { Json } from './json'
import type { FamilyName } from './recorded'

export const SCENARIOS = [
  'none',
  'dead',
  'slow',
  'half-open',
  'reset',
  'reset-after-headers',
  'redirect',
  'html',
  'endless',
  'gzip-bomb',
  'brotli',
  'deep-json',
  'garbage',
  'empty',
  'truncated',
  'drip',
  '502',
  'wrong-type',
] as const
export type ScenarioName = (typeof SCENARIOS)[number]

export const VERSIONS = {
  opnsense: ['25.1', '25.7', '26.1', '26.7'],
  'pfsense-v1': ['1.5', '1.9'],
  'pfsense-v2': ['2.7', '2.10'],
} as const satisfies Record<FamilyName, readonly string[]>

export type Size = { rules?: number; arp?: number; aliases?: number }

/** What an update check will find. `problem` (first family only): the check itself fails in that way. */
export type Offer = {
  version: string
  needsReboot?: boolean
  downloadSize?: string
  major?: boolean
  problem?: 'connection' | 'unresolved' | 'forbidden'
}

/** Parts of an update or restart, in their order. */
export const UPDATE_PHASES = ['download', 'install', 'goodbye', 'away', 'half-open', 'booting'] as const
export type UpdatePhase = (typeof UPDATE_PHASES)[number]
/** How long each part takes, in simulated milliseconds. `reboot`: nothing answers; then it accepts without answering; then it answers wrongly. */
export type Durations = { check: number; download: number; install: number; reboot: number; halfOpen: number; booting: number }
export const DURATIONS: Durations = { check: 5_000, download: 0, install: 60_000, reboot: 90_000, halfOpen: 0, booting: 0 }

/** `fails`: ends with its version of before, without a restart. The others come back after the restart so. */
export const UPDATE_FAILURES = ['fails', 'old-version', 'gateway-down', 'rules-not-loaded', 'carp-role-wrong'] as const
export type UpdatePatch = {
  failure?: (typeof UPDATE_FAILURES)[number] | null
  /** How often it restarts; otherwise as the offer says, once. */
  restarts?: number | null
  /** Its time stands still at the end of this part until null. */
  holdAt?: UpdatePhase | null
  /** pfSense: the API package survives the update. */
  keepsPackage?: boolean
  /** pfSense: a call of before left its lock, so that POST /system/update answers 503. */
  lockLeft?: boolean
}
export type HealthPatch = { rulesLoaded?: boolean; gatewayDown?: boolean; carpRole?: 'master' | 'backup' | 'init' | null; diskFull?: boolean }

/**
 * Requests that begin with this path (and hold this text in their body) stand still. `before`: the firewall does not know of
 * them, and never will if the client hangs up; `after`: they are carried out and only the answer stays away.
 */
export type Hold = { path: string; body?: string; when: 'before' | 'after' }

/** In the firewall's own words, as its settings page spells them. */
export type Settings = {
  enabled?: boolean
  read_only?: boolean
  /** v1 */
  authmode?: 'local' | 'jwt' | 'token'
  /** v2, in the order in which the firewall looks at them */
  auth_methods?: ('BasicAuth' | 'KeyAuth' | 'JWTAuth')[]
  represent_interfaces_as?: 'id' | 'descr' | 'if'
  login_protection?: boolean
  /** seconds */
  jwt_exp?: number
  /** Whether our address may come in by the interface and the access list. */
  interface_allowed?: boolean
  access_list_allows?: boolean
  /** Newest API package the firewall knows of. */
  latest_package?: string | null
}

export type UserOption = {
  name: string
  password: string
  privileges: string[]
  disabled?: boolean
  /** API key (first family: with `secret`). */
  key?: string
  secret?: string
}

/** One change of the configuration: a new entry of its history, named after who and why. */
export type ConfigurationPatch = {
  /** Path below the root to the new value, as `filter.rule.0.descr`; null takes it away, a place after the last adds. */
  edits?: { path: string; value: Json }[]
  by?: string
  note?: string
  /** Grows to about so many bytes. */
  bytes?: number
}

export type PatchOptions = {
  scenario?: ScenarioName
  /** The scenario holds only for paths that begin so; default all. */
  scenarioPath?: string
  slowMs?: number
  redirectTo?: string
  /** Every reply takes at least this long: makes concurrency visible. */
  latencyMs?: number
  failedAuthenticationMs?: number
  /** User name to all privileges it has from now on. */
  privileges?: Record<string, string[]>
  /** A user name, or `key`, `password`, `token`: that credential of the full user stops working. */
  revoke?: string
  settings?: Settings
  clockOffsetMs?: number
  certificate?: 'new-key' | 'same-key'
  offer?: Offer | null
  /** First family: a new series that the minor update on offer hides. */
  majorBehind?: string | null
  /** The last check found what is on offer (true) or no check was ever made (false). */
  checked?: boolean
  startUpdate?: boolean
  durationsMs?: Partial<Durations>
  update?: UpdatePatch
  health?: HealthPatch
  hold?: Hold | null
  size?: Size
  /** Add-on packages that are installed. */
  packages?: string[]
  removePackage?: boolean
  reinstallPackage?: boolean
  /** Path to the body (first family) or `data` (pfSense) to answer with instead; null takes it back. */
  replies?: Record<string, Json>
  /** Exact command text to what the shell answers. */
  commands?: Record<string, { output: string; resultCode: number }>
  plantSecrets?: string
  configuration?: ConfigurationPatch
  /** Keeps the requests from now on (true) or forgets them (false). */
  record?: boolean
}

export type AddOptions = PatchOptions & {
  name: string
  family: FamilyName
  version: string
  /** The full version the firewall reports, where the shape of its replies depends on it: `26.1.10`. */
  pointVersion?: string
  /** Fixed port, so that a restart is found at the same address; default any free one. */
  port?: number
  users?: UserOption[]
  limitedPrivileges?: string[]
}
