import { expect, it } from 'vitest'
import { NOW, recordedData } from './__fixtures__/fake-firewall'
import { packageCommands } from './commands'
import { toFirmware, toPosture } from './map-firmware'
import { apiReply, apiVersionReply, packagesReply, upgradeReply, versionReply } from './replies'

const firmwareOf = (data: unknown) =>
  toFirmware({ upgrade: upgradeReply.parse(data), version: versionReply.parse(recordedData('system-version')), packages: null, checkedAt: null })

it('maps the recorded offer', () => {
  const packages = packagesReply.parse(recordedData('system-package'))
  expect(toFirmware({ upgrade: upgradeReply.parse(recordedData('system-version-upgrade')), version: null, packages, checkedAt: NOW })).toEqual({
    state: 'offered',
    installedVersion: '2.8.1',
    edition: 'pfSense CE',
    offeredVersion: '2.8.2',
    majorVersion: null,
    downloadBytes: null,
    rebootRequired: null,
    // update_available came true with equal versions for the second one.
    packages: [{ name: 'pfSense-pkg-Backup', change: 'upgrade', from: '0.5_4', to: '0.6', sizeBytes: null, repository: null }],
    checkedAt: NOW.toISOString(),
    checkedText: null,
    firewallMessage: null,
    reason: null,
    changelog: [],
  })
})

it.each([
  ['nothing at all', [], 'never-checked', null],
  ['no update', { version: '2.8.1', installed_version: '2.8.1', pkg_version_compare: '=' }, 'up-to-date', null],
  ['a newer one installed', { version: '2.8.0', installed_version: '2.8.1', pkg_version_compare: '>' }, 'up-to-date', null],
  ['not comparable', { pkg_version_compare: '?' }, 'not-reported', null],
  ['an error', { pkg_version_error: 'DNS servers not available' }, 'check-failed', 'DNS servers not available'],
  ['busy', { pkg_busy: '1' }, 'not-reported', null],
])('%s', (_name, data, state, firewallMessage) => {
  expect(firmwareOf(data)).toMatchObject({ state, firewallMessage, offeredVersion: null, installedVersion: '2.8.1-RELEASE', packages: null })
})

const postureOf = (api: object, version = 'v1.9.0', base: string | null = '2.7') =>
  toPosture({
    api: apiReply.parse({ ...Object(recordedData('system-api')), ...api }),
    apiVersion: apiVersionReply.parse({ ...Object(recordedData('system-api-version')), current_version: version }),
    base,
  })

it('maps the settings of the package', () => {
  const { gaps, ...posture } = postureOf({})
  expect(posture).toMatchObject({
    apiPackageVersion: '1.9.0',
    newestKnownVersion: null,
    updateAvailable: null,
    enabledMethods: ['basic'],
    readOnly: false,
    loginProtection: true,
    tokenLifetimeSeconds: null,
    allowedInterfaces: [],
    keepsSettingsOnUpdate: true,
    warnings: [],
  })
  expect(gaps.map(({ part }) => part)).toEqual(['newest known version'])
})

it('warns when login protection is off or settings are lost, by the absence of a key', () => {
  const posture = postureOf({ enable_login_protection: undefined, persist: undefined, readonly: '', authmode: 'jwt', allowed_interfaces: 'wan,lan' })
  expect(posture).toMatchObject({
    loginProtection: false,
    keepsSettingsOnUpdate: false,
    readOnly: true,
    enabledMethods: ['jwt'],
    tokenLifetimeSeconds: 3600,
    allowedInterfaces: ['wan', 'lan'],
  })
  expect(posture.warnings).toHaveLength(2)
})

it('does not call the login protection of 1.5 off, which has no switch', () => {
  const posture = postureOf({ enable_login_protection: undefined }, 'v1.5.0', '2.6')
  expect(posture).toMatchObject({ loginProtection: null, warnings: [] })
})

it('names the build of the base version and never the newest release of the project, which is another package', () => {
  const { commands } = packageCommands('2.7')
  expect(commands.map(({ purpose }) => purpose)).toEqual(['install', 'update', 'revert', 'uninstall', 'restart-gui'])
  expect(commands[0]?.command).toContain('/v1.9.0/pfSense-2.7-pkg-API.pkg')
  for (const { command, note } of commands) {
    expect(command).not.toContain('latest')
    expect(note).toContain('Diagnostics, Command Prompt')
  }
  expect(packageCommands('2.6').commands[0]?.command).toContain('/v1.5.0/pfSense-2.6-pkg-API.txz')
  expect(packageCommands('2.8')).toMatchObject({ gap: 'There is no build of the v1 package for pfSense 2.8. Such a firewall takes the REST API package v2.' })
})
