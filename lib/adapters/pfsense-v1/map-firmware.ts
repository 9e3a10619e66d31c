// Firmware state and API posture.
import type { z } from 'zod'
import type { Firmware, Gap, Posture } from '@/lib/adapters/model'
import { packageCommands } from './commands'
import { orNull, toEdition } from './map-system'
import type { apiReply, apiVersionReply, packagesReply, upgradeReply, versionReply } from './replies'

type FirmwareParts = {
  upgrade: z.output<typeof upgradeReply>
  version: z.output<typeof versionReply> | null
  packages: z.output<typeof packagesReply> | null
  checkedAt: Date | null
}

export function toFirmware({ upgrade, version, packages, checkedAt }: FirmwareParts): Firmware {
  const installed = version?.version || upgrade.installed_version
  return {
    ...verdictOf(upgrade),
    installedVersion: orNull(installed),
    edition: toEdition(installed),
    majorVersion: null,
    packages: packages === null ? null : toPackages(packages),
    downloadBytes: null,
    rebootRequired: null,
    checkedAt: checkedAt?.toISOString() ?? null,
    checkedText: null,
    changelog: [],
  }
}

type Verdict = Pick<Firmware, 'state' | 'offeredVersion' | 'firewallMessage' | 'reason'>

/** `<` offered, `=` none, `>` newer than what is offered, `?` not comparable; nothing at all was never looked for (contract section 7). */
function verdictOf(upgrade: z.output<typeof upgradeReply>): Verdict {
  const none = { offeredVersion: null, firewallMessage: null, reason: null }
  if (upgrade.pkg_version_error !== '') {
    return { ...none, state: 'check-failed', firewallMessage: upgrade.pkg_version_error, reason: 'The firewall could not find out whether there are updates.' }
  }
  switch (upgrade.pkg_version_compare) {
    case '<':
      return { ...none, state: 'offered', offeredVersion: orNull(upgrade.version) }
    case '=':
      return { ...none, state: 'up-to-date' }
    case '>':
      return { ...none, state: 'up-to-date', reason: `The installed version is newer than ${upgrade.version || 'the one'} that the firewall is offered.` }
    case '':
      if (upgrade.pkg_busy) return { ...none, state: 'not-reported', reason: 'The firewall is busy with another package operation and told nothing.' }
      return { ...none, state: 'never-checked', reason: 'The firewall has not looked for updates yet.' }
    default:
      return { ...none, state: 'not-reported', reason: 'The firewall could not compare the installed version with the offered one.' }
  }
}

/** `update_available` was seen true with equal versions, so both must say it. */
const toPackages = (rows: z.output<typeof packagesReply>): Firmware['packages'] =>
  rows
    .filter((row) => row.update_available === true && row.version !== row.installed_version)
    .map((row) => ({ name: row.name, change: 'upgrade', from: orNull(row.installed_version), to: orNull(row.version), sizeBytes: null, repository: null }))

type PostureParts = {
  api: z.output<typeof apiReply>
  apiVersion: z.output<typeof apiVersionReply> | null
  base: string | null
}

const METHODS: Record<string, string> = { local: 'basic', jwt: 'jwt', token: 'token' }

export function toPosture({ api, apiVersion, base }: PostureParts): Omit<Posture, 'notReported'> & { gaps: Gap[] } {
  const installed = apiVersion === null ? null : orNull(withoutV(apiVersion.current_version))
  const newest = apiVersion === null ? null : orNull(withoutV(apiVersion.latest_version))
  const loginProtection = loginProtectionOf(api.enable_login_protection, installed)
  const commands = packageCommands(base)
  const gaps: Gap[] = []
  if (newest === null)
    gaps.push({ part: 'newest known version', reason: 'The firewall could not read the public list of releases, as without internet access.' })
  if (loginProtection === null)
    gaps.push({ part: 'login protection', reason: 'This version of the API package has no such switch, or its version is not known.' })
  if (commands.gap !== null) gaps.push({ part: 'package commands', reason: commands.gap })
  return {
    apiName: 'pfSense API package (v1)',
    apiPackageVersion: installed,
    newestKnownVersion: newest,
    updateAvailable: newest === null ? null : (apiVersion?.update_available ?? null),
    enabledMethods: api.authmode === '' ? null : [METHODS[api.authmode] ?? api.authmode],
    readOnly: api.readonly,
    loginProtection,
    tokenLifetimeSeconds: api.authmode === 'jwt' ? api.jwt_exp : null,
    allowedInterfaces: api.allowed_interfaces.length === 0 ? null : api.allowed_interfaces.includes('any') ? [] : api.allowed_interfaces,
    keepsSettingsOnUpdate: api.persist,
    warnings: warningsOf(loginProtection, api.persist),
    packageCommands: commands.commands,
    gaps,
  }
}

export const withoutV = (version: string): string => version.replace(/^v(?=\d)/, '')

/** The switch came after 1.5, which always reported failures to login protection (contract section 3). */
function loginProtectionOf(isOn: boolean, version: string | null): boolean | null {
  if (isOn) return true
  const parts = /^(\d+)\.(\d+)/.exec(version ?? '')
  return parts !== null && (Number(parts[1]) > 1 || Number(parts[2]) > 5) ? false : null
}

function warningsOf(loginProtection: boolean | null, persist: boolean): string[] {
  const warnings: string[] = []
  if (loginProtection === false) warnings.push('Login protection of the API is off, so passwords can be guessed without limit. Switch it on under System, API.')
  if (!persist)
    warnings.push(
      'The API package does not keep its settings: an update of the package or of pfSense deletes them, tokens included. Switch "Persist Configuration" on under System, API.',
    )
  return warnings
}
