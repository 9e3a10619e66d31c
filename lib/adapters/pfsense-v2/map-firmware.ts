// Firmware state and the posture of the API. Pure.
import { z } from 'zod'
import type { Firmware, Gap, Posture } from '@/lib/adapters/model'
import { cleanText } from '@/lib/core/clean-text'
import { redactReply } from '@/lib/outbound/redact'
import { toPackageCommands } from './commands'
import type { InterfaceNames } from './map-interface-names'
import { toEdition } from './map-system'
import type { apiSettingsReply, apiVersionReply, packagesReply, versionReply } from './replies'

/** What is remembered of the last check: the firewall itself keeps none. */
export const rememberedCheck = z.object({
  installedVersion: z.string().nullable(),
  state: z.enum(['up-to-date', 'offered', 'check-failed']),
  offeredVersion: z.string().nullable(),
  message: z.string().nullable(),
  reason: z.string().nullable(),
  checkedAt: z.string(),
})
export type RememberedCheck = z.infer<typeof rememberedCheck>

export const NEEDS_COMMANDS = 'The API of this firewall has no update check; it needs the command permission, which is off.'
const NEVER = 'No check was made by Palisade yet.'

export function toFirmware(
  version: z.output<typeof versionReply>,
  packages: z.output<typeof packagesReply> | null,
  check: RememberedCheck | null,
  commandsAllowed: boolean,
): Firmware {
  const told = {
    installedVersion: version.version,
    edition: toEdition(version.base),
    offeredVersion: null,
    majorVersion: null,
    packages: toPackages(packages),
    downloadBytes: null,
    rebootRequired: null,
    checkedAt: null,
    checkedText: null,
    firewallMessage: null,
    changelog: [],
  }
  if (!commandsAllowed) return { ...told, state: 'not-reported', reason: NEEDS_COMMANDS }
  if (check === null) return { ...told, state: 'never-checked', reason: NEVER }
  if (check.installedVersion !== version.version)
    return { ...told, state: 'never-checked', reason: `The last check was made on version ${check.installedVersion ?? 'unknown'}.` }
  const { state, offeredVersion, message, reason, checkedAt } = check
  return { ...told, state, offeredVersion, firewallMessage: message, reason, checkedAt }
}

/** Add-on packages with an update; the base system does not list its parts here. */
function toPackages(rows: z.output<typeof packagesReply> | null): Firmware['packages'] {
  if (rows === null) return null
  return rows
    .filter((row) => row.update_available === true)
    .map((row) => ({ name: row.name ?? '', change: 'upgrade', from: row.installed_version, to: row.latest_version, sizeBytes: null, repository: null }))
}

/** Result of `pfSense-upgrade -c`: 0 up to date, 2 offered, 75 busy, anything else an error (contract section 7). */
export function toCheck(output: string, resultCode: number | null, installedVersion: string | null, checkedAt: Date): RememberedCheck | 'busy' {
  const lines = cleanText(redactReply(output))
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const message = lines.at(-1)?.slice(0, 500) ?? null
  const told = { installedVersion, offeredVersion: null, message, reason: null, checkedAt: checkedAt.toISOString() }
  if (resultCode === 75) return 'busy'
  if (resultCode === 0) return { ...told, state: 'up-to-date' }
  if (resultCode === 2) return { ...told, state: 'offered', offeredVersion: lines.map(toOfferedVersion).find((version) => version !== null) ?? null }
  return { ...told, state: 'check-failed', reason: `The update check of the firewall failed with code ${resultCode ?? 'unknown'}.` }
}

/** `2.8.2 version of pfSense is available`. */
const toOfferedVersion = (line: string): string | null => /(?:^|\s)(\d[\w.-]{0,40}) version of pfSense\b/i.exec(line)?.[1] ?? null

export type PostureParts = {
  settings: z.output<typeof apiSettingsReply>
  apiVersion: z.output<typeof apiVersionReply> | null
  version: z.output<typeof versionReply> | null
}

const METHODS = new Map([
  ['BasicAuth', 'basic'],
  ['KeyAuth', 'api-key'],
  ['JWTAuth', 'jwt'],
])

export function toPosture({ settings, apiVersion, version }: PostureParts, names: InterfaceNames, notReported: Gap[]): Posture {
  const installed = apiVersion?.current_version ?? null
  const newest = apiVersion?.latest_version ?? null
  return {
    apiName: 'pfSense REST API',
    apiPackageVersion: installed,
    newestKnownVersion: newest,
    // The list of releases is empty while the firewall does not reach the internet: then nothing is known.
    updateAvailable: newest === null ? null : (apiVersion?.update_available ?? null),
    enabledMethods: settings.auth_methods.length === 0 ? null : settings.auth_methods.map((method) => METHODS.get(method) ?? method),
    readOnly: settings.read_only,
    loginProtection: settings.login_protection,
    tokenLifetimeSeconds: settings.jwt_exp,
    allowedInterfaces: settings.allowed_interfaces.map((name) => names.describe(name)),
    keepsSettingsOnUpdate: settings.keep_backup,
    warnings: toWarnings(settings),
    packageCommands: toPackageCommands(version?.base ?? null, installed, apiVersion?.available_versions ?? []),
    notReported,
  }
}

function toWarnings(settings: PostureParts['settings']): string[] {
  const warnings: [boolean, string][] = [
    [
      settings.login_protection === false,
      'Login protection is off: the API can be tried with any number of passwords. Switch it on under System › REST API › Settings.',
    ],
    [
      settings.expose_sensitive_fields === true,
      'The API sends passwords and keys in its replies. Palisade drops them; switch Expose Sensitive Fields off under System › REST API › Settings.',
    ],
    [
      settings.keep_backup === false,
      'The API keeps no backup of its settings: keys are lost when the package is reinstalled. Switch Keep Backup on under System › REST API › Settings.',
    ],
    [settings.hateoas === true, 'HATEOAS is on, which makes large lists slow. Switch it off under System › REST API › Settings.'],
    [settings.auth_methods.some((method) => !METHODS.has(method)), 'A custom authentication method is enabled, which Palisade does not support.'],
  ]
  return warnings.filter(([applies]) => applies).map(([, sentence]) => sentence)
}
