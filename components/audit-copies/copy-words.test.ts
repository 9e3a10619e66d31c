import { describe, expect, it } from 'vitest'
import type { CopyDto } from '@/lib/audit-copies/input'
import { draftOf, filled, NEW_DRAFT } from './copy-draft'
import { copiesSentence, copyReason, placeOf } from './copy-words'

const copy = (more: Partial<CopyDto>): CopyDto => ({ id: 'c', name: 'SIEM', target: { kind: 'file' }, folder: '/data/audit-log', enabled: true, state: 'up-to-date', firstEntry: 1, lastEntry: 1, behind: 0, behindSeconds: 0, failures: 0, lastError: null, nextTryAt: null, lastCopyAt: null, createdAt: '', etag: '"1"', ...more })
const syslog = { kind: 'syslog', host: 'logs.example.com', port: 6514, security: { mode: 'pin', sha256: 'a'.repeat(64) } } as const

describe('words of copies', () => {
  it('the worst is said first', () => {
    const [good, failing, behind, paused] = [copy({}), copy({ state: 'failing' }), copy({ state: 'behind' }), copy({ state: 'paused' })]
    expect(copiesSentence([good, behind, failing])).toBe('One copy of the audit log does not arrive.')
    expect(copiesSentence([good, behind, paused])).toBe('One copy of the audit log is behind and catches up.')
    expect(copiesSentence([good, good, paused])).toBe('2 copies of the audit log are up to date.')
    expect(copiesSentence([paused])).toBe('All copies of the audit log are paused.')
  })
  it('the reason says what waits', () => {
    expect(copyReason(copy({}))).toBeNull()
    expect(copyReason(copy({ state: 'behind', behind: 1_204 }))).toBe('1,204 entries wait')
    expect(copyReason(copy({ state: 'failing', behind: 1, nextTryAt: '2026-11-25T03:00:00.000Z' }))).toMatch(/^1 entry waits, next try \d\d:00$/)
  })
  it('the place is an address or a folder', () => {
    expect([placeOf(copy({})), placeOf(copy({ target: syslog, folder: null })), placeOf(copy({ target: { ...syslog, host: 'fd00::5' }, folder: null }))]).toEqual(['/data/audit-log', 'logs.example.com:6514', '[fd00::5]:6514'])
  })
})

describe('the form', () => {
  it('gives back what is stored', () => {
    for (const target of [syslog, { ...syslog, security: { mode: 'plain' } as const }, { kind: 'file' } as const]) expect(filled(draftOf({ name: 'SIEM', target }))).toEqual({ ok: true, value: { name: 'SIEM', target, start: 'now' } })
  })
  it('says at each field what is wrong', () => {
    expect(filled(NEW_DRAFT)).toEqual({ ok: false, wrong: { name: 'Give it a name.', host: expect.stringMatching(/^A name or an address/) as string, security: 'Look at its certificate first.' } })
    expect(filled({ ...NEW_DRAFT, name: 'x', host: 'h', mode: 'plain', port: 'six' })).toEqual({ ok: false, wrong: { port: 'A port is a number from 1 to 65535.' } })
  })
})
