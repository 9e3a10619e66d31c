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
  /** The last check found what is on offer (true) or no check was ever made (false). */
  checked?: boolean
  startUpdate?: boolean
  durationsMs?: { check?: number; install?: number; reboot?: number }
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
