import { describe, expect, it } from 'vitest'
import { fakeFirewall, fakeMemory, FORBIDDEN, NOW, options, session, signal, type Answers } from './__fixtures__/fake-firewall'
import { createFirmwareCheck } from './firmware-check'
import { opnsense } from './index'

const RUNNING = 'GET /api/core/firmware/running'
const PROGRESS = 'GET /api/core/firmware/upgradestatus'
const STATUS = 'GET /api/core/firmware/status'
const later = (seconds: number) => () => new Date(NOW.getTime() + seconds * 1000)
const check = (answers: Answers, seconds = 60, memory = fakeMemory({ 'check-begun-at': NOW.toISOString() })) =>
  createFirmwareCheck(session(fakeFirewall(answers), memory, later(seconds)))

describe('a check for updates', () => {
  it('starts once the lock is free, with {} as body', async () => {
    const firewall = fakeFirewall({ [RUNNING]: 'core-firmware-running.ready', 'POST /api/core/firmware/check': 'core-firmware-check' })
    const memory = fakeMemory()
    expect(await createFirmwareCheck(session(firewall, memory)).begin(signal)).toEqual({ phase: 'running' })
    expect(firewall.requests.map((request) => [request.method, request.path, request.body])).toEqual([
      ['GET', '/api/core/firmware/running', undefined],
      ['POST', '/api/core/firmware/check', '{}'],
    ])
    expect(memory.values.get('check-begun-at')).toBe(NOW.toISOString())
  })

  it('starts nothing while another job holds the lock', async () => {
    const firewall = fakeFirewall({ [RUNNING]: 'core-firmware-running.busy' })
    await expect(createFirmwareCheck(session(firewall)).begin(signal)).rejects.toMatchObject({ code: 'firewall-busy' })
    expect(firewall.requests).toHaveLength(1)
  })

  it('names the privilege when it may not', async () => {
    await expect(check({ [RUNNING]: FORBIDDEN }).begin(signal)).rejects.toMatchObject({
      code: 'firewall-privilege-missing',
      details: { privilege: 'System: Firmware' },
    })
  })

  it('is running while the log grows and the lock is held', async () => {
    expect(await check({ [PROGRESS]: 'core-firmware-upgradestatus.running', [RUNNING]: 'core-firmware-running.busy' }).progress(signal)).toEqual({
      phase: 'running',
    })
  })

  it('is done with the firmware state that it brought', async () => {
    const step = await check({ [PROGRESS]: 'core-firmware-upgradestatus.done', [STATUS]: 'core-firmware-status.update' }).progress(signal)
    expect(step).toMatchObject({ phase: 'done', firmware: { state: 'offered', offeredVersion: '26.7.2' } })
  })

  it('keeps a failed check as a state, with the reason', async () => {
    const step = await check({ [PROGRESS]: 'core-firmware-upgradestatus.done', [STATUS]: 'core-firmware-status.error-unresolved' }).progress(signal)
    expect(step).toMatchObject({ phase: 'done', firmware: { state: 'check-failed' } })
  })

  it('does not believe the left-over log of another job', async () => {
    const leftOver = { json: { status: 'done', log: '***GOT REQUEST TO UPDATE***\nsomething\n***DONE***' } }
    expect(await check({ [PROGRESS]: leftOver, [RUNNING]: 'core-firmware-running.ready' }, 5).progress(signal)).toEqual({ phase: 'running' })
    expect(await check({ [PROGRESS]: leftOver, [RUNNING]: 'core-firmware-running.ready' }, 60).progress(signal)).toMatchObject({ phase: 'failed' })
  })

  it('waits for a log that is still empty, then says that nothing ran', async () => {
    const empty: Answers = { [PROGRESS]: 'core-firmware-upgradestatus.no-log', [RUNNING]: 'core-firmware-running.ready' }
    expect(await check(empty, 2).progress(signal)).toEqual({ phase: 'running' })
    expect(await check(empty, 60).progress(signal)).toMatchObject({ phase: 'failed', reason: expect.stringContaining('did not run') })
  })

  it('notices a job that died and a restart', async () => {
    expect(await check({ [PROGRESS]: 'core-firmware-upgradestatus.running', [RUNNING]: 'core-firmware-running.ready' }).progress(signal)).toMatchObject({
      phase: 'failed',
    })
    expect(await check({ [PROGRESS]: 'core-firmware-upgradestatus.reboot' }).progress(signal)).toMatchObject({
      phase: 'failed',
      reason: expect.stringContaining('restart'),
    })
  })

  it('does not take "done" without a result for up to date', async () => {
    const done: Answers = { [PROGRESS]: 'core-firmware-upgradestatus.done', [STATUS]: 'core-firmware-status.never-checked' }
    expect(await check(done, 60).progress(signal)).toMatchObject({ phase: 'failed' })
    expect(await check(done, 1).progress(signal)).toEqual({ phase: 'running' })
  })
})

describe('a pending restart', () => {
  it('is seen in the log of the running job', async () => {
    const firewall = fakeFirewall({ [STATUS]: 'core-firmware-status.after-update-started', [PROGRESS]: 'core-firmware-upgradestatus.reboot' })
    expect(await opnsense.connect(options(firewall)).reads.firmware(signal)).toMatchObject({ state: 'reboot-pending' })
  })
})

describe('change notes', () => {
  it('are asked for by POST with {} and come as plain text', async () => {
    const firewall = fakeFirewall({ 'POST /api/core/firmware/changelog/26.7.2': 'core-firmware-changelog' })
    expect(await opnsense.connect(options(firewall)).readChangelog('26.7.2', signal)).toBe('Hello there,\nThis is a sample.')
    expect(firewall.requests[0]).toMatchObject({ method: 'POST', body: '{}', lease: 'read' })
  })

  it('hold no markup, and lists stay readable', async () => {
    const html = '<p>Here &amp; now:</p><ul><li>one <b>bold</b><li>two</li></ul><script>alert(1)</script><img src=x onerror=alert(1)>&lt;tag&gt;'
    const firewall = fakeFirewall({ 'POST /api/core/firmware/changelog/26.7.2': { json: { status: 'ok', html } } })
    const notes = await opnsense.connect(options(firewall)).readChangelog('26.7.2', signal)
    expect(notes).toContain('Here & now:')
    expect(notes).toContain('\n- one bold\n- two')
    expect(notes).not.toMatch(/<(script|img|li)/)
  })

  it('are null for an unknown version, and a path is never built from anything else', async () => {
    const firewall = fakeFirewall({ 'POST /api/core/firmware/changelog/1.0': 'core-firmware-changelog.get' })
    const adapter = opnsense.connect(options(firewall))
    expect(await adapter.readChangelog('1.0', signal)).toBeNull()
    for (const version of ['../reboot', 'a/b', '', '1?x=1', '%2e%2e', '.']) expect(await adapter.readChangelog(version, signal)).toBeNull()
    expect(firewall.requests).toHaveLength(1)
  })
})
