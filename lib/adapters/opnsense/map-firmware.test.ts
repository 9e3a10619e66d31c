import { describe, expect, it } from 'vitest'
import { firmware as firmwareModel } from '@/lib/adapters/model'
import { recordedBody } from './__fixtures__/fake-firewall'
import { toFirmware } from './map-firmware'
import { firmwareStatus } from './replies'

const map = (reply: unknown, isRebootPending = false) => firmwareModel.parse(toFirmware(firmwareStatus.parse(reply), isRebootPending))
const recordedFirmware = (name: string) => map(recordedBody(`core-firmware-status.${name}`))

describe('firmware state', () => {
  it.each(['never-checked', 'after-update-started'])('none without a check ever made is never checked, not up to date (%s)', (name) => {
    const state = recordedFirmware(name)
    expect(state).toMatchObject({ state: 'never-checked', installedVersion: '26.7.1_2', packages: null, checkedAt: null, rebootRequired: null })
    expect(state.reason).toContain('check')
    expect(state.firewallMessage).toBe('Firmware status requires to check for update first to provide more information.')
  })

  it('none after a check is up to date', () => {
    expect(recordedFirmware('none')).toMatchObject({
      state: 'up-to-date',
      packages: [],
      offeredVersion: null,
      checkedAt: '2026-11-22T11:00:00.000Z',
      checkedText: 'Sun Nov 22 11:00:00 UTC 2026',
      edition: 'Community',
    })
  })

  it('lists what an update brings, with the sum that the firewall names itself', () => {
    const state = recordedFirmware('update')
    expect(state).toMatchObject({ state: 'offered', installedVersion: '26.7.1_2', offeredVersion: '26.7.2', majorVersion: null, rebootRequired: true })
    expect(state.packages).toHaveLength(5)
    expect(state.packages).toContainEqual({ name: 'curl', change: 'upgrade', from: '8.15.0', to: '8.16.0', sizeBytes: null, repository: 'OPNsense' })
    expect(state.packages).toContainEqual({ name: 'py313-foo', change: 'new', from: null, to: '1.0', sizeBytes: null, repository: 'OPNsense' })
    // "total download size is 161.4MiB" in status_msg
    expect(((state.downloadBytes ?? 0) / 1024 ** 2).toFixed(1)).toBe('161.4')
    expect(state.changelog.map((entry) => entry.version)).toEqual(['26.7.2', '26.7.1'])
  })

  it('a major upgrade alone', () => {
    const state = recordedFirmware('upgrade')
    expect(state).toMatchObject({ state: 'major-offered', majorVersion: '27.1', offeredVersion: null, rebootRequired: true })
    expect(state.packages?.map((entry) => entry.name)).toEqual(['packages', 'kernel', 'base'])
    expect(((state.downloadBytes ?? 0) / 1024 ** 3).toFixed(1)).toBe('1.3')
  })

  it('a major upgrade hidden behind minor updates', () => {
    const body = {
      ...Object(recordedBody('core-firmware-status.update')),
      upgrade_major_version: '27.1',
      upgrade_sets: [{ name: 'kernel', size: '5', new_version: '27.1' }],
    }
    const state = map(body)
    expect(state).toMatchObject({ state: 'offered', offeredVersion: '26.7.2', majorVersion: '27.1' })
    expect(state.packages?.some((entry) => entry.to === '27.1')).toBe(false)
    expect(state.changelog[0]?.version).toBe('27.1')
  })

  it.each([
    ['error-unresolved', 'resolve'],
    ['error-connection', 'reach'],
    ['error-forbidden', 'access'],
  ])('%s says why', (name, word) => {
    const state = recordedFirmware(name)
    expect(state).toMatchObject({ state: 'check-failed', packages: null, downloadBytes: null })
    expect(state.reason).toContain(word)
  })

  it('an error without a product is not reported', () => {
    expect(map({ status: 'error', status_msg: 'Firmware status check was aborted internally.' })).toMatchObject({
      state: 'not-reported',
      installedVersion: null,
      firewallMessage: 'Firmware status check was aborted internally.',
    })
  })

  it('a pending restart wins over the stored result', () => {
    expect(map(recordedBody('core-firmware-status.update'), true)).toMatchObject({ state: 'reboot-pending', installedVersion: '26.7.1_2' })
  })

  describe('the shape of the source document', () => {
    const documented = {
      connection: 'ok',
      downgrade_packages: [],
      download_size: '48 MiB',
      last_check: 'Sun Nov 22 11:00:00 CET 2026',
      new_packages: [],
      os_version: 'FreeBSD 14.3-RELEASE',
      product_name: 'opnsense',
      product_version: '26.7.1',
      reinstall_packages: [],
      remove_packages: [],
      repository: 'ok',
      updates: '2',
      upgrade_major_message: '',
      upgrade_major_version: '',
      upgrade_needs_reboot: '1',
      upgrade_packages: [{ name: 'opnsense', current_version: '26.7.1', new_version: '26.7.2' }],
      status_msg: 'There are 2 updates available, total download size is 48 MiB. This update requires a reboot.',
      status: 'ok',
    }

    it('means updates are offered, with a restart and the firewall’s words', () => {
      expect(map(documented)).toMatchObject({
        state: 'offered',
        installedVersion: '26.7.1',
        offeredVersion: '26.7.2',
        downloadBytes: 48 * 1024 ** 2,
        rebootRequired: true,
        firewallMessage: documented.status_msg,
        // CET is no single zone to a machine: the words stay, no instant is guessed.
        checkedAt: null,
        checkedText: 'Sun Nov 22 11:00:00 CET 2026',
      })
    })

    it('also when it names no package', () => {
      expect(map({ ...documented, upgrade_packages: [] })).toMatchObject({
        state: 'offered',
        packages: null,
        offeredVersion: null,
        downloadBytes: 48 * 1024 ** 2,
      })
    })

    it('and with no updates it is up to date', () => {
      expect(map({ ...documented, updates: '0', upgrade_packages: [], download_size: '' })).toMatchObject({ state: 'up-to-date' })
    })
  })

  it('survives missing fields and empty maps', () => {
    expect(map({ status: 'none' })).toMatchObject({ state: 'never-checked', installedVersion: null, changelog: [] })
    expect(map({ status: 'none', product: [], all_packages: [], all_sets: [] })).toMatchObject({ state: 'never-checked' })
    expect(map({ status: 'update', all_packages: { a: { reason: 'neu', old: 'N/A', new: '1' } } }).packages).toEqual([
      { name: 'a', change: 'new', from: null, to: '1', sizeBytes: null, repository: null },
    ])
    expect(map({ status: 'something', last_check: 'x', connection: 'ok' })).toMatchObject({ state: 'not-reported' })
  })
})
