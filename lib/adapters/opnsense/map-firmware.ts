import { cleanText } from '@/lib/core/clean-text'
import type { Firmware, Posture } from '@/lib/adapters/model'
import { htmlToText, orNull, toBytes, toInstantOfDate } from './map-text'
import type { FirmwareStatus } from './replies'

type Package = NonNullable<Firmware['packages']>[number]

const CONNECTION_PROBLEMS: ReadonlyMap<string, string> = new Map([
  ['unresolved', 'The firewall cannot resolve the name of its update mirror.'],
  ['unauthenticated', 'The update mirror does not accept the subscription of the firewall.'],
  ['misconfigured', 'The firewall has no usable update mirror configured.'],
  ['error', 'The firewall cannot reach its update mirror.'],
])
const REPOSITORY_PROBLEMS: ReadonlyMap<string, string> = new Map([
  ['untrusted', 'The fingerprint of the package repository is not trusted by the firewall.'],
  ['forbidden', 'The package repository does not give the firewall access.'],
  ['revoked', 'The fingerprint of the package repository was revoked.'],
  ['unsigned', 'The package repository is not signed.'],
  ['incomplete', 'The package repository has no release for this firewall.'],
  ['error', 'The package repository cannot be read by the firewall.'],
])
const EDITIONS: ReadonlyMap<string, string> = new Map([
  ['opnsense', 'Community'],
  ['opnsense-business', 'Business'],
  ['opnsense-devel', 'Development'],
])

/**
 * The stored result of the firewall's last check (section 3.2). `isRebootPending` comes from the log of the running job.
 * `none` without a check is never-checked, and a major upgrade is looked for by itself because minor updates hide it.
 */
export function toFirmware(reply: FirmwareStatus, isRebootPending: boolean): Firmware {
  const minor = minorPackages(reply)
  const majorVersion = orNull(reply.upgrade_major_version) ?? orNull(reply.upgrade_sets.find((set) => set.new_version !== '')?.new_version ?? '')
  const state = firmwareState(reply, isRebootPending, minor.length, majorVersion)
  const isMajorOnly = state === 'major-offered'
  const packages = isMajorOnly ? toSetPackages(reply) : minor
  const isOffered = state === 'offered' || isMajorOnly
  const installedVersion = orNull(reply.product?.product_version ?? '') ?? orNull(reply.product_version)
  const offeredVersion = state === 'offered' ? newVersion(minor, productId(reply)) : null
  return {
    state,
    installedVersion,
    edition: EDITIONS.get(productId(reply)) ?? orNull(productId(reply)),
    offeredVersion,
    majorVersion,
    packages: isKnown(state, packages.length) ? packages : null,
    downloadBytes: isOffered ? downloadBytes(reply, packages) : null,
    rebootRequired: isOffered ? rebootRequired(reply, isMajorOnly) : null,
    checkedAt: toInstantOfDate(reply.last_check),
    checkedText: orNull(reply.last_check),
    firewallMessage: orNull(htmlToText(reply.status_msg)),
    reason: reasonOf(reply, state),
    changelog: changelogVersions([offeredVersion, majorVersion, reply.product?.product_latest ?? null, installedVersion]),
  }
}

/** An empty list is told only where the firewall has a result that says so. */
const isKnown = (state: Firmware['state'], packageCount: number): boolean =>
  state === 'up-to-date' || (packageCount > 0 && state !== 'never-checked' && state !== 'not-reported' && state !== 'check-failed')

const productId = (reply: FirmwareStatus): string => reply.product?.product_id || reply.product_id

function firmwareState(reply: FirmwareStatus, isRebootPending: boolean, minorCount: number, majorVersion: string | null): Firmware['state'] {
  if (isRebootPending) return 'reboot-pending'
  if (reply.status === 'error') return reply.connection === '' && reply.repository === '' ? 'not-reported' : 'check-failed'
  // "ok" and `updates` are an older shape that the vendor's own documentation still shows.
  if (minorCount > 0 || reply.status === 'update' || (reply.updates ?? 0) > 0) return 'offered'
  if (majorVersion !== null || reply.status === 'upgrade') return 'major-offered'
  const wasChecked = reply.product?.product_check === true || reply.connection !== '' || reply.last_check !== ''
  if (!wasChecked) return 'never-checked'
  return reply.status === 'none' || reply.status === 'ok' ? 'up-to-date' : 'not-reported'
}

function reasonOf(reply: FirmwareStatus, state: Firmware['state']): string | null {
  switch (state) {
    case 'never-checked':
      return 'The firewall has no result of a check, as after every start and every update. Let it check now.'
    case 'check-failed':
      return CONNECTION_PROBLEMS.get(reply.connection) ?? REPOSITORY_PROBLEMS.get(reply.repository) ?? 'The last check of the firewall failed.'
    case 'not-reported':
      return 'The firewall could not tell its firmware state.'
    case 'reboot-pending':
      return 'An update is installed and the firewall is about to restart.'
    case 'up-to-date':
    case 'offered':
    case 'major-offered':
      return null
  }
}

type PackageRow = FirmwareStatus['new_packages'][number]
const toPackage = (row: PackageRow, change: Package['change']): Package => ({
  name: row.name,
  change,
  from: orNull(row.current_version) ?? (change === 'remove' ? orNull(row.version) : null),
  to: orNull(row.new_version) ?? (change === 'new' || change === 'reinstall' ? orNull(row.version) : null),
  sizeBytes: row.size,
  repository: orNull(row.repository),
})

/** What a new series installs, also while a minor update hides it. */
export const toSetPackages = (reply: FirmwareStatus): Package[] => reply.upgrade_sets.map((set) => toPackage(set, 'upgrade'))

const CHANGES: ReadonlyMap<string, Package['change']> = new Map([
  ['upgrade', 'upgrade'],
  ['downgrade', 'downgrade'],
  ['new', 'new'],
  ['remove', 'remove'],
  ['reinstall', 'reinstall'],
])

/** From the lists of the check; only a shape without them is read from the computed map, whose words are translated. */
function minorPackages(reply: FirmwareStatus): Package[] {
  const listed = [
    ...reply.upgrade_packages.map((row) => toPackage(row, 'upgrade')),
    ...reply.downgrade_packages.map((row) => toPackage(row, 'downgrade')),
    ...reply.new_packages.map((row) => toPackage(row, 'new')),
    ...reply.reinstall_packages.map((row) => toPackage(row, 'reinstall')),
    ...reply.remove_packages.map((row) => toPackage(row, 'remove')),
  ]
  if (listed.length > 0) return listed
  return Object.entries(reply.all_packages).map(([name, found]) => {
    const from = found.old === 'N/A' ? null : orNull(found.old)
    const change = CHANGES.get(found.reason) ?? (from === null ? 'new' : 'upgrade')
    return { name: cleanText(name), change, from, to: found.new === 'N/A' ? null : orNull(found.new), sizeBytes: null, repository: orNull(found.repository) }
  })
}

/** The version of the product package names the release; a kernel or base alone names it as well. */
function newVersion(packages: readonly Package[], product: string): string | null {
  const named = [product, 'opnsense', 'opnsense-business', 'opnsense-devel', 'base', 'kernel']
  for (const name of named) {
    const found = packages.find((entry) => entry.name === name && entry.change !== 'remove')
    if (found?.to) return found.to
  }
  return null
}

/** The firewall's own sum (status_msg) is the download size of the packages plus the sizes of the sets (recorded 26.7). */
function downloadBytes(reply: FirmwareStatus, packages: readonly Package[]): number | null {
  const sets = packages.reduce((sum, entry) => sum + (entry.sizeBytes ?? 0), 0)
  const fetched = toBytes(reply.download_size)
  if (fetched === null) return sets > 0 && reply.download_size === '' ? sets : null
  return fetched + sets
}

function rebootRequired(reply: FirmwareStatus, isMajorOnly: boolean): boolean | null {
  if (reply.status_reboot !== null) return reply.status_reboot
  if (isMajorOnly || reply.status === 'ok') return reply.upgrade_needs_reboot ?? reply.needs_reboot
  return reply.needs_reboot
}

/** Versions that the firewall itself names; its full index is a slow call. Change notes exist per release, not per hotfix. */
function changelogVersions(versions: readonly (string | null)[]): Firmware['changelog'] {
  const releases = versions.flatMap((version) => (version ? [version.split('_')[0] ?? version] : []))
  return [...new Set(releases)].sort((a, b) => b.localeCompare(a, 'en', { numeric: true })).map((version) => ({ version, releasedOn: null }))
}

const NOT_REPORTED = 'The API of this family is part of the system and does not report this.'

/** The API has no package and no settings of its own; only whether the key may do everything can be seen. */
export function toPosture(mayDoEverything: boolean): Posture {
  return {
    apiName: 'OPNsense core API',
    apiPackageVersion: null,
    newestKnownVersion: null,
    updateAvailable: null,
    enabledMethods: ['key-secret'],
    readOnly: null,
    loginProtection: null,
    tokenLifetimeSeconds: null,
    allowedInterfaces: null,
    keepsSettingsOnUpdate: null,
    warnings: mayDoEverything ? [EVERYTHING_WARNING] : [],
    packageCommands: null,
    notReported: ['Login protection', 'Read-only mode', 'Allowed interfaces', 'Token lifetime'].map((part) => ({ part, reason: NOT_REPORTED })),
  }
}

export const EVERYTHING_WARNING =
  'This key may do everything on the firewall ("All pages"). Give its user only the privileges listed here, so that a lost key costs less.'
