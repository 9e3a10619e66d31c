// The same for the families that are updated by a command and come back without their API package.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startFleet, type Fleet } from '@/e2e/fake-firewalls/fleet'
import { familyModule } from '@/lib/adapters/registry'
import { simulatedFirmware } from '@/lib/testing/simulated-firmware'

const signal = new AbortController().signal
let fleet: Fleet
beforeAll(async () => {
  fleet = await startFleet()
  fleet.clock.freeze(true)
})
afterAll(() => fleet.stop())

const SLOW = { halfOpen: 20_000, booting: 60_000 } as const
const START = '/usr/sbin/daemon -f /usr/local/sbin/pfSense-upgrade -y -l /cf/conf/upgrade_log.txt'
const FAMILIES = [
  ['pfsense-v2', '2.8.1', '2.8.2', 'https://github.com/pfrest/pfSense-pkg-RESTAPI/releases/latest/download/pfSense-2.8.2-pkg-RESTAPI.pkg'],
  ['pfsense-v1', '2.7.1', '2.7.2', 'https://github.com/jaredhendrickson13/pfsense-api/releases/download/v1.9.0/pfSense-2.7-pkg-API.pkg'],
] as const

describe.each(FAMILIES)('%s', (family, from, to, packageFile) => {
  const ability = familyModule(family).updateAbility

  test('the one fixed command, its log, away, back without the API package, and attached again when that is back', async () => {
    const { connect, firewall, advance } = await simulatedFirmware(fleet, family, { durationsMs: SLOW })
    expect(await connect().check?.begin(signal)).toMatchObject({ phase: 'done' })
    expect(await connect().firmware.offer(signal)).toMatchObject({ state: 'offered', minor: { version: to, packages: null, downloadBytes: null, rebootRequired: null }, major: null })
    const before = await connect().firmware.facts(signal)
    expect(before).toMatchObject({ version: { value: `${from}-RELEASE` }, rulesLoaded: { known: true, value: true, source: 'a fixed command (pfctl)' }, updateRunning: { value: false }, lockLeft: { value: false } })
    expect(before.diskFreeBytes.known && before.diskFreeBytes.value > 1e9).toBe(true)
    expect(await connect().firmware.start('minor', signal)).toEqual({ answer: 'accepted' })
    expect(firewall.counts().commandsRun.filter((command) => command.includes('-y') && !command.includes('pgrep'))).toEqual([family === 'pfsense-v1' ? `${START}; echo "rc=$?"` : START])
    expect(await connect().firmware.progress(signal)).toMatchObject({ phase: 'running', logTail: expect.stringContaining('Upgrading pfSense') })
    expect(await connect().firmware.start('minor', signal)).toMatchObject({ answer: 'busy' })
    expect(await connect().firmware.reboot(signal)).toMatchObject({ answer: 'busy' })
    advance(62_000)
    expect(await connect().firmware.reattach(signal)).toMatchObject({ state: 'away' })
    // The web server answers before the system behind it: that is not yet a lost package.
    advance(110_000)
    for (const part of [1, 2, 3]) {
      expect(await connect().firmware.reattach(signal), `third ${part}`).toMatchObject({ state: 'away' })
      advance(20_000)
    }
    expect(await connect().firmware.reattach(signal)).toMatchObject({ state: 'api-package-missing', version: null })
    await expect(connect({ memory: { get: async () => 'yes', set: async () => undefined } }).firmware.facts(signal)).rejects.toMatchObject({ code: 'firewall-api-package-missing' })
    expect(ability.losesApiPackage && ability.reinstall(to, family === 'pfsense-v2' ? '2.10.0' : '1.9.0')?.command).toContain(packageFile)
    await firewall.patch({ reinstallPackage: true })
    expect(await connect().firmware.reattach(signal)).toEqual({ state: 'back', version: `${to}-RELEASE`, reason: null })
    expect(await connect().firmware.progress(signal)).toMatchObject({ phase: 'done', ranVersion: `${to}-RELEASE` })
    expect(ability.isSameVersion(`${to}-RELEASE`, to) && !ability.isSameVersion(`${from}-RELEASE`, to)).toBe(true)
    const after = await connect().firmware.facts(signal)
    expect(after.bootedAt.known && before.bootedAt.known && after.bootedAt.value > before.bootedAt.value).toBe(true)
    expect(firewall.counts()).toMatchObject({ updateStarts: 1, authenticationFailures: 0 })
  })

  test('an update that fails, one that comes back as it was, a full disk and rules that did not load', async () => {
    const { connect, firewall, advance } = await simulatedFirmware(fleet, family, { update: { failure: 'fails' } })
    await connect().firmware.start('minor', signal)
    advance(61_000)
    expect(await connect().firmware.progress(signal)).toMatchObject({ phase: 'failed', reason: expect.stringContaining('ERROR: Unable to install'), ranVersion: `${from}-RELEASE` })
    await firewall.patch({ update: { failure: 'old-version' } })
    // The log of the failed one is not taken for this one's.
    await connect().firmware.start('minor', signal)
    expect(await connect().firmware.progress(signal)).toMatchObject({ phase: 'running', logTail: expect.not.stringContaining('ERROR') })
    advance(151_000)
    expect(await connect().firmware.progress(signal)).toMatchObject({ phase: 'failed', reason: expect.stringContaining('restarted, but') })
    await firewall.patch({ update: { failure: null }, health: { diskFull: true, rulesLoaded: false } })
    expect(await connect().firmware.facts(signal)).toMatchObject({ diskFreeBytes: { value: 0 }, rulesLoaded: { known: true, value: false } })
    await connect().firmware.start('minor', signal)
    advance(61_000)
    expect(await connect().firmware.progress(signal)).toMatchObject({ phase: 'failed', reason: expect.stringContaining('No space left') })
  })

  test('without the command permission nothing is started and little is known; what is not told is never good', async () => {
    const { connect, firewall, advance } = await simulatedFirmware(fleet, family)
    const adapter = connect({ commandsAllowed: false })
    expect(adapter.firmware.startReason).toContain('command permission')
    await expect(adapter.firmware.start('minor', signal)).rejects.toMatchObject({ code: 'firewall-command-permission-needed' })
    expect(await adapter.firmware.facts(signal)).toMatchObject({ rulesLoaded: { known: false }, updateRunning: { known: false }, diskFreeBytes: { known: false }, diskUsedPercent: { known: true } })
    expect(await adapter.firmware.start('major', signal)).toMatchObject({ answer: 'refused' })
    expect(await adapter.firmware.reboot(signal)).toEqual({ answer: 'accepted' })
    advance(91_000)
    expect(await adapter.firmware.reattach(signal)).toMatchObject({ state: 'back' })
    expect(firewall.counts()).toMatchObject({ updateStarts: 0, commandsRun: [] })
  })

  test('a command that never arrived leaves no trace, and one whose answer was lost leaves its log', async () => {
    const { connect, firewall, advance } = await simulatedFirmware(fleet, family)
    for (const [when, phase, starts] of [
      ['before', 'idle', 0],
      ['after', 'running', 1],
    ] as const) {
      const path = family === 'pfsense-v1' ? '/api/v1/diagnostics/command_prompt' : '/api/v2/diagnostics/command_prompt'
      await firewall.patch({ hold: { path, body: 'daemon -f', when } })
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
})

describe('POST /system/update, where an admin chose it', () => {
  const byEndpoint = { updateByEndpoint: true } as const

  test('is the only call, and a second is told to be busy', async () => {
    const { connect, firewall, advance } = await simulatedFirmware(fleet, 'pfsense-v2')
    expect(connect({ ...byEndpoint, commandsAllowed: false }).firmware.startReason).toBeNull()
    expect(await connect(byEndpoint).firmware.start('minor', signal)).toEqual({ answer: 'accepted' })
    expect(await connect({ ...byEndpoint, commandsAllowed: false }).firmware.start('minor', signal)).toMatchObject({ answer: 'busy' })
    expect(firewall.counts().byPath).toMatchObject({ 'POST /api/v2/system/update': 2 })
    advance(151_000)
    await firewall.patch({ reinstallPackage: true })
    expect(await connect({ ...byEndpoint, commandsAllowed: false }).firmware.progress(signal)).toMatchObject({ phase: 'done', ranVersion: '2.8.2-RELEASE' })
  })

  test('is cut after five minutes and leaves its lock; the command is not', async () => {
    const { connect, firewall, advance } = await simulatedFirmware(fleet, 'pfsense-v2', { durationsMs: { install: 400_000 } })
    await connect(byEndpoint).firmware.start('minor', signal)
    advance(401_000)
    expect(await connect(byEndpoint).firmware.progress(signal)).toMatchObject({ phase: 'failed', reason: expect.stringContaining('left its lock') })
    expect(await connect({ ...byEndpoint, commandsAllowed: false }).firmware.progress(signal)).toMatchObject({ phase: 'not-knowable' })
    expect(await connect().firmware.facts(signal)).toMatchObject({ lockLeft: { known: true, value: true } })
    expect(await connect(byEndpoint).firmware.start('minor', signal)).toMatchObject({ answer: 'busy' })
    await connect().firmware.start('minor', signal)
    advance(400_000 + 91_000)
    await firewall.patch({ reinstallPackage: true })
    expect(await connect().firmware.progress(signal)).toMatchObject({ phase: 'done' })
  })

  test('does not exist before 2.8 of the package', async () => {
    const { connect, firewall } = await simulatedFirmware(fleet, 'pfsense-v2', { version: '2.7' })
    expect(await connect(byEndpoint).firmware.start('minor', signal)).toMatchObject({ answer: 'refused', reason: expect.stringContaining('2.8') })
    expect(firewall.counts().updateStarts).toBe(0)
  })
})
