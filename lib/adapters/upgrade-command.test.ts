import { describe, expect, it } from 'vitest'
import { COMMANDS as COMMANDS_V1 } from './pfsense-v1/commands'
import { COMMANDS as COMMANDS_V2 } from './pfsense-v2/commands'
import { factsWithoutCommands, isSameVersion, judgeProgress, LOG_BYTES_MAX, readFactsOutput, readProgressOutput, type StartMark } from './upgrade-command'

const base64 = (text: string) => Buffer.from(text).toString('base64')

describe('the progress command', () => {
  it('is read whole or not at all', () => {
    expect(readProgressOutput(`1795300000 52\nrunning\n${base64('>>> Upgrading...\n')}`)).toEqual({ stamp: '1795300000 52', isRunning: true, text: '>>> Upgrading...\n' })
    expect(readProgressOutput('0 0\nidle\n')).toEqual({ stamp: '0 0', isRunning: false, text: '' })
    for (const output of ['', 'sh: stat: not found', '1795300000 52', '1795300000 52\nsleeping\n', '\u0000 1\nidle']) expect(readProgressOutput(output), output).toBeNull()
  })

  it('takes bytes that are no text and control characters out of the log', () => {
    expect(readProgressOutput(`1 2\nidle\n${Buffer.from([0x61, 0x1b, 0x5b, 0xff, 0x62]).toString('base64')}`)?.text).toBe('a[\ufffdb')
  })

  it('begins a log that the command cut after its first line break: what marks a secret may be cut off', () => {
    const whole = `pkg: https://user:s3cret@mirror.example/ failed\n${'x'.repeat(79)}\n`.padEnd(2_000, '.')
    const cut = `${'y'.repeat(LOG_BYTES_MAX)}${whole}`.slice(-LOG_BYTES_MAX)
    expect(readProgressOutput(`1 2\nidle\n${base64(whole)}`)?.text).toBe(whole)
    expect(readProgressOutput(`1 9000\nidle\n${base64(`s3cret@mirror.example/ failed\n${'.'.repeat(LOG_BYTES_MAX)}`.slice(0, LOG_BYTES_MAX))}`)?.text).toMatch(/^\.+$/)
    expect(readProgressOutput(`1 9000\nidle\n${base64(cut)}`)?.text).not.toContain('y')
    expect(readProgressOutput(`1 9000\nidle\n${base64('s3cret'.repeat(1_000))}`)?.text).toBe('')
    for (const { readProgress } of [COMMANDS_V1, COMMANDS_V2]) expect(readProgress).toContain(`tail -c ${LOG_BYTES_MAX} `)
  })
})

const AT = '2026-11-22T11:00:00.000Z'
const mark: StartMark = { by: 'command', at: AT, fromVersion: '2.8.1-RELEASE', stamp: '0 0' }
const later = (seconds: number) => new Date(Date.parse(AT) + seconds * 1000)
const booted = (seconds: number) => ({ known: true, value: later(seconds).toISOString(), source: 'test' }) as const
const log = (text: string, more = {}) => ({ stamp: '1795300000 52', isRunning: false, text, ...more })
const seen = { log: log('>>> Upgrading'), ranVersion: '2.8.1-RELEASE', bootedAt: booted(-86_400), lockLeft: { known: true, value: false, source: 'test' }, now: later(600) } as const

describe('what became of an update', () => {
  it.each([
    ['none was started', null, {}, 'idle'],
    ['it runs', mark, { log: log('', { isRunning: true }) }, 'running'],
    ['the log is as before and it was just started', mark, { log: log('old', { stamp: '0 0' }), now: later(10) }, 'running'],
    ['the log is as before after a minute', mark, { log: log('old', { stamp: '0 0' }) }, 'idle'],
    ['it says that it restarts', mark, { log: log('Rebooting in 10 seconds.') }, 'rebooting'],
    ['the version is written before the restart', mark, { log: log('Rebooting in 10 seconds.'), ranVersion: '2.8.2-RELEASE' }, 'rebooting'],
    ['it restarted with the new version', mark, { log: log('Rebooting in 10 seconds.'), ranVersion: '2.8.2-RELEASE', bootedAt: booted(300) }, 'done'],
    ['it restarted with the old version', mark, { log: log('Rebooting in 10 seconds.'), bootedAt: booted(300) }, 'failed'],
    ['the log has an error', mark, { log: log('pkg: ERROR: no mirror') }, 'failed'],
    ['there was nothing to install', mark, { log: log('Your system is up to date') }, 'failed'],
    ['it ended without a word', mark, { log: log('>>> Upgrading') }, 'failed'],
    ['a call left its lock', { ...mark, by: 'endpoint', stamp: null } as const, { lockLeft: { known: true, value: true, source: 'test' } as const }, 'failed'],
    ['a call tells nothing', { ...mark, by: 'endpoint', stamp: null } as const, { log: null }, 'not-knowable'],
    ['a call was followed by the new version', { ...mark, by: 'endpoint', stamp: null } as const, { log: null, ranVersion: '2.8.2-RELEASE' }, 'done'],
    ['commands were switched off meanwhile', mark, { log: null, bootedAt: { known: false, reason: 'off' } as const }, 'not-knowable'],
  ])('%s', (_, started, more, phase) => {
    expect(judgeProgress(started, { ...seen, ...more })).toMatchObject({ phase })
  })

  it('never shows the log of an older update', () => {
    expect(judgeProgress(mark, { ...seen, log: log('old', { stamp: '0 0' }) }).logTail).toBeNull()
    expect(judgeProgress(mark, seen).logTail).toBe('>>> Upgrading')
  })

  it('tells no secret of the log, neither in the reason nor in its end, wherever the cut is', () => {
    const line = 'pkg: https://user:s3cret@mirror.example/repo failed'
    expect(judgeProgress(mark, { ...seen, log: log(line) }).reason).toBe('The log of the firewall says: pkg: https://user:(hidden)@mirror.example/repo failed')
    // The reason is cut at 300 characters: with the host gone nothing would mark the password.
    const long = `failed: ${'.'.repeat(263)} https://user:${'s3cret'.repeat(9)}@mirror.example/`
    expect(judgeProgress(mark, { ...seen, log: log(long) }).reason).not.toContain('s3cret')
    for (let after = 3_940; after <= 4_000; after += 1) {
      const { logTail } = judgeProgress(mark, { ...seen, log: log(`>>> Upgrading\n${line}\n${'.'.repeat(after)}`) })
      expect(logTail).not.toContain('s3cret')
      expect(logTail).toMatch(/^(pkg: .*\n)?\.+$/)
    }
  })
})

describe('the facts command', () => {
  const told = ['boot={ sec = 1795000000, usec = 4711 } Wed Nov 18 2026', 'disk=zroot/ROOT/default 13600000 4200000 9400000 31% /', 'pf=Status: Enabled for 4 days 00:01:02         Debug: Urgent', 'rules=187', 'check=0', 'lock=', 'run='].join('\n')

  it('gives each with its source', () => {
    expect(readFactsOutput(told)).toEqual({
      bootedAt: { known: true, value: new Date(1_795_000_000_000).toISOString(), source: 'a fixed command (kern.boottime)' },
      diskFreeBytes: { known: true, value: 9_400_000 * 1024, source: 'a fixed command (df)' },
      diskUsedPercent: { known: true, value: 31, source: 'a fixed command (df)' },
      rulesLoaded: { known: true, value: true, source: 'a fixed command (pfctl)' },
      updateRunning: { known: true, value: false, source: 'a fixed command (pgrep)' },
      lockLeft: { known: true, value: false, source: 'a fixed command (ls)' },
    })
  })

  it.each([
    ['pf=Status: Enabled', 'pf=Status: Disabled', 'rulesLoaded', false],
    ['rules=187', 'rules=0', 'rulesLoaded', false],
    ['check=0', 'check=1', 'rulesLoaded', false],
    ['run=', 'run=4711', 'updateRunning', true],
    ['lock=', 'lock=/tmp/SystemUpdateDispatcher.lock', 'lockLeft', true],
  ] as const)('%s as %s', (line, instead, name, value) => {
    expect(readFactsOutput(told.replace(line, instead))[name]).toMatchObject({ known: true, value })
  })

  it('knows nothing of what is missing, and takes nothing odd for good', () => {
    for (const output of ['', 'sh: pfctl: not found', told.replace('rules=187', 'rules=').replace('pf=Status: Enabled', 'pf=')]) expect(readFactsOutput(output).rulesLoaded.known).toBe(false)
    for (const fact of Object.values(readFactsOutput(''))) expect(fact).toMatchObject({ known: false, reason: expect.stringMatching(/^The command .+\.$/) })
    expect(factsWithoutCommands('Off.').rulesLoaded).toEqual({ known: false, reason: 'Off.' })
  })
})

it('compares versions as the check and the system spell them', () => {
  expect([isSameVersion('2.8.2-RELEASE', '2.8.2'), isSameVersion('2.8.1-RELEASE', '2.8.2'), isSameVersion('25.11.1-RELEASE', '25.11')]).toEqual([true, false, false])
})
