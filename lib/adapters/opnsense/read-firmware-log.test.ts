import { describe, expect, it } from 'vitest'
import { COMPLETE_26_7, fakeFirewall, fakeMemory, options, recordedBody, signal, type Answers } from './__fixtures__/fake-firewall'
import { opnsense } from './index'
import { headOf, isUpdateLog, judge, tailOf } from './read-firmware-log'
import { firmwareKeptLog, firmwareProgress } from './replies'

const logOf = (name: string) => firmwareProgress.parse(recordedBody(name)).log
const running = logOf('core-firmware-upgradestatus.running-update')
const rebooting = logOf('core-firmware-upgradestatus.reboot')
const check = logOf('core-firmware-upgradestatus.done')
const mark = { kind: 'minor', at: '2026-11-22T11:10:40.000Z', fromVersion: '26.7.1_2', toVersion: '26.7.2', logHead: '', keptHead: '' } as const

describe('whose log it is, by the recorded replies', () => {
  it('an update after our call is ours, the same one before it is not, and a check never is', () => {
    expect(isUpdateLog(running, headOf(check))).toBe(true)
    expect(isUpdateLog(rebooting, headOf(running))).toBe(false)
    expect(isUpdateLog(check, '')).toBe(false)
    expect(isUpdateLog(logOf('core-firmware-upgradestatus.no-log'), '')).toBe(false)
    expect(isUpdateLog(firmwareKeptLog.parse(recordedBody('core-firmware-log')).log, headOf(running))).toBe(true)
  })

  it('only its first two lines count, so that it stays ours while it grows', () => {
    expect(headOf(running)).toBe(headOf(rebooting))
    expect(headOf(running).split('\n')).toEqual(['***GOT REQUEST TO UPDATE***', expect.stringContaining('Currently running OPNsense 26.7.1_2 at')])
  })
})

describe('what it says', () => {
  it.each([
    ['Partial update failure detected', 'failed'],
    ['The upgrade was aborted due to an error', 'failed'],
    ['All done', 'done'],
  ])('"%s" before DONE is %s', (line, phase) => {
    expect(judge([...running, line, '***DONE***'], mark, '26.7.2')).toMatchObject({ phase })
  })

  it('a good end with the old version is a failure, unless no other version was on offer', () => {
    expect(judge(rebooting, mark, '26.7.1_2')).toMatchObject({ phase: 'failed' })
    expect(judge(rebooting, { ...mark, toVersion: null }, '26.7.1_2')).toMatchObject({ phase: 'done' })
    expect(judge(rebooting, mark, null)).toMatchObject({ phase: 'done' })
  })

  it('shows the end of a long log, and nothing of none', () => {
    expect(tailOf([...Array.from({ length: 900 }, () => 'some package'), 'the end'])).toMatch(/the end$/)
    // Whole lines alone.
    expect(tailOf([...Array.from({ length: 900 }, () => 'some package')])).toBe(Array.from({ length: 307 }, () => 'some package').join('\n'))
    expect(tailOf([])).toBeNull()
    for (let after = 3_940; after <= 4_000; after += 1) expect(tailOf(['pkg: https://user:s3cret@mirror.example/repo', '.'.repeat(after)])).not.toContain('s3cret')
  })
})

const ANSWERS: Answers = {
  ...COMPLETE_26_7,
  'GET /api/core/firmware/running': 'core-firmware-running.ready',
  'GET /api/core/firmware/status': 'core-firmware-status.update',
  'GET /api/core/firmware/upgradestatus': 'core-firmware-upgradestatus.done',
  'POST /api/core/firmware/log/0': 'core-firmware-log',
  'POST /api/core/firmware/update': { json: { msg_uuid: '0a1fd53b-c311-4ffd-b304-61264f90c79b', status: 'ok' } },
  'GET /api/diagnostics/firewall/pf_statistics/info': 'diagnostics-firewall-pf_statistics-info',
}

describe('the calls, by the recorded replies', () => {
  it('a start looks at lock, offer and both logs, then calls once', async () => {
    const firewall = fakeFirewall(ANSWERS)
    expect(await opnsense.connect(options(firewall)).firmware.start('minor', signal)).toEqual({ answer: 'accepted' })
    expect(firewall.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /api/core/firmware/running',
      'GET /api/core/firmware/status',
      'GET /api/core/firmware/upgradestatus',
      'POST /api/core/firmware/log/0',
      'POST /api/core/firmware/update',
    ])
    // Not sent again by the transport, and one at a time with other changes.
    expect(firewall.requests.at(-1)).toMatchObject({ lease: 'write', onlyReads: false })
  })

  it('a busy lock ends it before anything is called', async () => {
    const firewall = fakeFirewall({ ...ANSWERS, 'GET /api/core/firmware/running': 'core-firmware-running.busy' })
    expect(await opnsense.connect(options(firewall)).firmware.start('minor', signal)).toMatchObject({ answer: 'busy' })
    expect(firewall.requests).toHaveLength(1)
  })

  it('after a restart the running log reads error; without a kept log of ours the start time decides', async () => {
    const begun = fakeMemory()
    const kept = headOf(firmwareKeptLog.parse(recordedBody('core-firmware-log')).log)
    await begun.set('update', JSON.stringify({ ...mark, at: '2026-11-22T11:00:00.000Z', keptHead: kept }))
    const after = fakeFirewall({ ...ANSWERS, 'GET /api/core/firmware/upgradestatus': 'core-firmware-upgradestatus.no-log', 'GET /api/core/firmware/status': 'core-firmware-status.never-checked' })
    // Up for twelve days, so it did not restart since: the update never began.
    expect(await opnsense.connect(options(after, begun)).firmware.progress(signal)).toMatchObject({ phase: 'idle', logTail: null })
    const young = fakeFirewall({
      ...ANSWERS,
      'GET /api/core/firmware/upgradestatus': 'core-firmware-upgradestatus.no-log',
      'GET /api/diagnostics/system/system_time': { json: { uptime: '00:02:11', datetime: '', boottime: '', config: '', loadavg: '' } },
    })
    expect(await opnsense.connect(options(young, begun)).firmware.progress(signal)).toMatchObject({ phase: 'not-knowable' })
  })

  it('the recorded health says that the rules did not load', async () => {
    const facts = await opnsense.connect(options(fakeFirewall(ANSWERS))).firmware.facts(signal)
    expect(facts).toMatchObject({ rulesLoaded: { known: true, value: false }, diskFreeBytes: { value: 53 * 1024 ** 3, source: 'diagnostics/system/system_disk' }, updateRunning: { value: false } })
  })
})
