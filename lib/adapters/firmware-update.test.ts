// What the firewalls really do while they are updated, family by family, against the simulator over the one way out.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startFleet, type Fleet } from '@/e2e/fake-firewalls/fleet'
import { simulatedFirmware } from '@/lib/testing/simulated-firmware'

const signal = new AbortController().signal
let fleet: Fleet
beforeAll(async () => {
  fleet = await startFleet()
  fleet.clock.freeze(true)
})
afterAll(() => fleet.stop())

/** Half open, then answers of a system that is not there yet, before it is back. */
const SLOW = { halfOpen: 20_000, booting: 60_000 } as const

describe('opnsense', () => {
  const checked = { checked: true, offer: { version: '26.7.2' } } as const

  test('a status that was never checked offers nothing, and says so', async () => {
    const { connect } = await simulatedFirmware(fleet, 'opnsense', { checked: false })
    expect(await connect().firmware.offer(signal)).toMatchObject({ state: 'never-checked', minor: null, major: null, reason: expect.stringContaining('Let it check now') })
  })

  test('a minor update hides a pending major one, which is told all the same, each package by package', async () => {
    const { connect, firewall } = await simulatedFirmware(fleet, 'opnsense', { majorBehind: '27.1', ...checked })
    const offer = await connect().firmware.offer(signal)
    expect(offer).toMatchObject({ state: 'offered', installedVersion: '26.7.1_2', minor: { version: '26.7.2', rebootRequired: true }, major: { version: '27.1', rebootRequired: true } })
    expect(offer.minor?.packages).toEqual(expect.arrayContaining([expect.objectContaining({ name: 'opnsense', from: '26.7.1_2', to: '26.7.2' })]))
    expect(offer.major?.packages?.map(({ name }) => name)).toEqual(expect.arrayContaining(['kernel', 'base']))
    expect(offer.minor?.packages).not.toEqual(offer.major?.packages)
    expect(firewall.counts().updateStarts).toBe(0)
  })

  test('minor with restart: running, rebooting, away, wrong answers, back; the kept log tells after the log is gone', async () => {
    const { connect, firewall, advance } = await simulatedFirmware(fleet, 'opnsense', { ...checked, durationsMs: SLOW })
    const before = await connect().firmware.facts(signal)
    expect(before).toMatchObject({ version: { value: '26.7.1_2' }, updateRunning: { value: false }, lockLeft: { value: false }, booting: { value: false }, rulesLoaded: { known: true, value: true } })
    expect(await connect().firmware.progress(signal)).toMatchObject({ phase: 'idle' })
    expect(await connect().firmware.start('minor', signal)).toEqual({ answer: 'accepted' })
    expect(await connect().firmware.progress(signal)).toMatchObject({ phase: 'running', ranVersion: '26.7.1_2', logTail: expect.stringContaining('***GOT REQUEST TO UPDATE***') })
    // The answer of a second start would be ok as well, and would do nothing: so it is not sent.
    expect(await connect().firmware.start('minor', signal)).toMatchObject({ answer: 'busy' })
    expect(await connect().firmware.reboot(signal)).toMatchObject({ answer: 'busy' })
    expect(await connect().firmware.facts(signal)).toMatchObject({ updateRunning: { value: true } })
    advance(61_000)
    expect(await connect().firmware.progress(signal)).toMatchObject({ phase: 'rebooting' })
    advance(30_000)
    expect(await connect().firmware.reattach(signal)).toMatchObject({ state: 'away' })
    await expect(connect().firmware.progress(signal)).rejects.toMatchObject({ code: 'firewall-unreachable' })
    // Accepting, then 404, 500 and 401 of a system that is not there yet.
    advance(90_000)
    const asked = firewall.counts().authentications
    for (const part of [1, 2]) {
      expect(await connect().firmware.reattach(signal), `third ${part}`).toMatchObject({ state: 'away' })
      advance(20_000)
    }
    expect(firewall.counts().authentications).toBe(asked)
    expect(await connect().firmware.reattach(signal)).toMatchObject({ state: 'away', reason: expect.stringContaining('rejected') })
    expect(firewall.counts().authentications).toBe(asked + 1)
    advance(40_000)
    expect(await connect().firmware.reattach(signal)).toEqual({ state: 'back', version: '26.7.2', reason: null })
    expect(await connect().firmware.progress(signal)).toMatchObject({ phase: 'done', ranVersion: '26.7.2', logTail: expect.stringContaining('***REBOOT***') })
    const after = await connect().firmware.facts(signal)
    expect(after.bootedAt.known && before.bootedAt.known && after.bootedAt.value > before.bootedAt.value).toBe(true)
    expect(firewall.counts().updateStarts).toBe(1)
  })

  test('an update that fails ends with DONE all the same; so does one that changed nothing', async () => {
    const { connect, firewall, advance } = await simulatedFirmware(fleet, 'opnsense', { ...checked, update: { failure: 'fails' } })
    await connect().firmware.start('minor', signal)
    advance(61_000)
    expect(await connect().firmware.progress(signal)).toMatchObject({ phase: 'failed', reason: expect.stringContaining('Partial update failure detected'), ranVersion: '26.7.1_2', logTail: expect.stringContaining('***DONE***') })
    await firewall.patch({ update: { failure: 'old-version' }, checked: true })
    // The log of the failed one lies there still: it is not taken for this one's.
    expect(await connect().firmware.start('minor', signal)).toEqual({ answer: 'accepted' })
    expect(await connect().firmware.progress(signal)).toMatchObject({ phase: 'running' })
    advance(200_000)
    expect(await connect().firmware.progress(signal)).toMatchObject({ phase: 'failed', reason: expect.stringContaining('26.7.1_2 still runs') })
  })

  test('a major upgrade is a call of its own, and may restart twice', async () => {
    const { connect, firewall, advance } = await simulatedFirmware(fleet, 'opnsense', { offer: { version: '27.1', major: true }, checked: true, update: { restarts: 2 } })
    expect(await connect().firmware.offer(signal)).toMatchObject({ state: 'major-offered', minor: null, major: { version: '27.1' } })
    await connect().firmware.start('major', signal)
    expect(firewall.counts().byPath).toMatchObject({ 'POST /api/core/firmware/upgrade': 1 })
    advance(160_000)
    expect(await connect().firmware.reattach(signal)).toMatchObject({ state: 'away' })
    advance(90_000)
    expect(await connect().firmware.progress(signal)).toMatchObject({ phase: 'done', ranVersion: '27.1' })
    expect(firewall.counts().updateLog.filter(({ what }) => what === 'away')).toHaveLength(2)
  })

  test('a call that never arrived leaves no trace, and one whose answer was lost leaves its log', async () => {
    const { connect, firewall, advance } = await simulatedFirmware(fleet, 'opnsense', checked)
    for (const [when, phase, starts] of [
      ['before', 'idle', 0],
      ['after', 'running', 1],
    ] as const) {
      await firewall.patch({ hold: { path: '/api/core/firmware/update', when } })
      const cut = new AbortController()
      const call = connect().firmware.start('minor', cut.signal)
      await expect.poll(() => firewall.counts().held).toBe(1)
      cut.abort()
      await expect(call).rejects.toBeDefined()
      await expect.poll(() => firewall.counts().held).toBe(0)
      await firewall.patch({ hold: null })
      if (when === 'before') advance(61_000)
      expect(await connect().firmware.progress(signal)).toMatchObject({ phase })
      expect(firewall.counts().updateStarts).toBe(starts)
    }
  })

  test('what an update left broken shows in the facts, and what may not be read is not known', async () => {
    const { connect, firewall } = await simulatedFirmware(fleet, 'opnsense', { health: { rulesLoaded: false, diskFull: true } })
    expect(await connect().firmware.facts(signal)).toMatchObject({ rulesLoaded: { known: true, value: false, source: 'core/system/status' }, diskFreeBytes: { value: 0 }, diskUsedPercent: { value: 100 } })
    await firewall.patch({ privileges: { palisade: ['Lobby: Dashboard', 'System: Firmware'] }, health: { rulesLoaded: true } })
    expect(await connect().firmware.facts(signal)).toMatchObject({ version: { known: true }, rulesLoaded: { known: false, reason: expect.stringContaining('System: Status') }, pendingChanges: { known: false }, apiPackageVersion: { known: false } })
  })

  test('a restart alone', async () => {
    const { connect, firewall, advance } = await simulatedFirmware(fleet, 'opnsense')
    expect(await connect().firmware.reboot(signal)).toEqual({ answer: 'accepted' })
    expect(await connect().firmware.reattach(signal)).toMatchObject({ state: 'away' })
    advance(91_000)
    expect(await connect().firmware.reattach(signal)).toMatchObject({ state: 'back', version: '26.7.1_2' })
    expect(firewall.counts().updateStarts).toBe(0)
  })
})
