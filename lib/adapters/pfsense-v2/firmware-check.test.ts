import { describe, expect, it } from 'vitest'
import type { FamilyMemory } from '@/lib/adapters/adapter'
import { firmware as firmwareModel } from '@/lib/adapters/model'
import { AppError } from '@/lib/core/errors'
import { pfsenseV2 } from './index'
import { toCheck } from './map-firmware'
import { answer, anySignal, connectOptions, fakeFirewall, memory, recorded, type Answer } from './__fixtures__/fake-firewall'

const PROMPT = 'POST /api/v2/diagnostics/command_prompt'
const NOW = new Date('2026-11-24T12:00:00.000Z')
const result = (output: string, resultCode: number) => answer({ output, result_code: resultCode })

function connect(
  reply: Answer,
  { commandsAllowed = true, facts = memory(), changes = {} }: { commandsAllowed?: boolean; facts?: FamilyMemory; changes?: Record<string, Answer> } = {},
) {
  const firewall = fakeFirewall({ [PROMPT]: reply, ...changes })
  const adapter = pfsenseV2.connect(connectOptions(firewall.transport, { commandsAllowed, memory: facts, now: () => NOW }))
  return { firewall, adapter, facts }
}

describe('the update check', () => {
  it('does not exist without the command permission, and the state says so', async () => {
    const { firewall, adapter } = connect(result('', 0), { commandsAllowed: false })
    expect(adapter.check).toBeNull()
    expect(adapter.checkReason).toContain('command permission')
    const firmware = await adapter.reads.firmware(anySignal())
    expect(firmware).toMatchObject({ state: 'not-reported', installedVersion: '2.8.1-RELEASE', edition: 'pfSense CE', checkedAt: null })
    expect(firmware.reason).toContain('command permission')
    expect(firewall.asked()).not.toContain(PROMPT)
  })

  it('sends the fixed command alone, as a command', async () => {
    const { firewall, adapter } = connect(result('', 0))
    await adapter.check?.begin(anySignal())
    const sent = firewall.requests.filter(({ method }) => method === 'POST')
    expect(sent).toHaveLength(1)
    expect(sent[0]).toMatchObject({ body: '{"command":"/usr/local/sbin/pfSense-upgrade -c"}', callClass: 'command', lease: 'write' })
  })

  it('never checked is not up to date', async () => {
    expect(await connect(result('', 0)).adapter.reads.firmware(anySignal())).toMatchObject({ state: 'never-checked', checkedAt: null })
  })

  it('0 is up to date and stays known to later readings', async () => {
    const { adapter } = connect(result('Your system is up to date', 0))
    const step = await adapter.check?.begin(anySignal())
    expect(step).toMatchObject({
      phase: 'done',
      firmware: { state: 'up-to-date', offeredVersion: null, checkedAt: '2026-11-24T12:00:00.000Z', firewallMessage: 'Your system is up to date' },
    })
    expect(await adapter.reads.firmware(anySignal())).toMatchObject({ state: 'up-to-date', checkedAt: '2026-11-24T12:00:00.000Z' })
    expect(await adapter.check?.progress(anySignal())).toMatchObject({ phase: 'done', firmware: { state: 'up-to-date' } })
  })

  it('2 is an offer with its version, also of Plus', async () => {
    const { adapter } = connect(result('>>> Updating repositories metadata...\n2.8.2 version of pfSense is available\n', 2))
    expect(await adapter.check?.begin(anySignal())).toMatchObject({
      phase: 'done',
      firmware: {
        state: 'offered',
        packages: [{ name: 'pfSense-pkg-Backup' }],
        offeredVersion: '2.8.2',
        firewallMessage: '2.8.2 version of pfSense is available',
      },
    })
    expect(toCheck('26.03 version of pfSense Plus is available', 2, null, NOW)).toMatchObject({ state: 'offered', offeredVersion: '26.03' })
    expect(toCheck('something new', 2, null, NOW)).toMatchObject({ state: 'offered', offeredVersion: null })
  })

  it('75 is busy and changes nothing that was known', async () => {
    const { adapter, facts } = connect(result('Another instance is already running... Aborting!', 75))
    expect(await adapter.check?.begin(anySignal())).toMatchObject({ phase: 'failed', reason: expect.stringContaining('Try again') })
    expect(await facts.get('firmware-check')).toBeNull()
  })

  it('any other code is a failed check in the firewall’s words', async () => {
    const { adapter } = connect(result('ERROR: Unable to update repository pfSense-core', 1))
    expect(await adapter.check?.begin(anySignal())).toEqual({
      phase: 'failed',
      reason: 'The update check of the firewall failed with code 1. ERROR: Unable to update repository pfSense-core',
    })
    expect(await adapter.reads.firmware(anySignal())).toMatchObject({
      state: 'check-failed',
      firewallMessage: 'ERROR: Unable to update repository pfSense-core',
    })
  })

  it('a check of an older version is no check of this one', async () => {
    const facts = memory()
    await connect(result('', 0), { facts }).adapter.check?.begin(anySignal())
    const later = connect(result('', 0), { facts, changes: { 'GET /api/v2/system/version': answer({ version: '2.8.2-RELEASE', base: '2.8.2' }) } })
    expect(await later.adapter.reads.firmware(anySignal())).toMatchObject({
      state: 'never-checked',
      installedVersion: '2.8.2-RELEASE',
      reason: expect.stringContaining('2.8.1-RELEASE'),
    })
  })

  it('text that is not UTF-8 comes back empty and is not understood', async () => {
    await expect(connect(recorded('diagnostics-command-prompt-not-utf8')).adapter.check?.begin(anySignal())).rejects.toMatchObject({
      code: 'firewall-reply-not-understood',
    })
  })

  it('names the privilege, and read-only mode', async () => {
    await expect(connect(answer([], 403, 'AUTH_AUTHORIZATION_FAILED')).adapter.check?.begin(anySignal())).rejects.toMatchObject({
      code: 'firewall-privilege-missing',
      details: { privilege: 'api-v2-diagnostics-command-prompt-post' },
    })
    await expect(connect(recorded('read-only-post-405')).adapter.check?.begin(anySignal())).rejects.toMatchObject({ code: 'firewall-read-only' })
  })

  it('cannot say more when nothing is stored, and survives what is stored wrongly', async () => {
    expect(await connect(result('', 0)).adapter.check?.progress(anySignal())).toMatchObject({ phase: 'failed' })
    const { adapter } = connect(result('', 0), { facts: memory({ 'firmware-check': '{' }) })
    expect(await adapter.reads.firmware(anySignal())).toMatchObject({ state: 'never-checked' })
  })

  it('lists add-on packages with an update, and null when they are not told', async () => {
    const { adapter } = connect(result('', 0))
    const firmware = await adapter.reads.firmware(anySignal())
    expect(firmware.packages).toEqual([{ name: 'pfSense-pkg-Backup', change: 'upgrade', from: '0.5_4', to: '0.6', sizeBytes: null, repository: null }])
    expect(firmwareModel.safeParse(firmware).success).toBe(true)
    const without = connect(result('', 0), { changes: { 'GET /api/v2/system/packages': recorded('system-packages-500-cache-empty') } })
    expect((await without.adapter.reads.firmware(anySignal())).packages).toBeNull()
  })

  it('has no change notes', async () => {
    expect(await connect(result('', 0)).adapter.readChangelog('2.8.2', anySignal())).toBeNull()
  })

  it('is an AppError when it fails', async () => {
    await expect(connect(recorded('auth-basic-wrong-password-401')).adapter.check?.begin(anySignal())).rejects.toBeInstanceOf(AppError)
  })
})
