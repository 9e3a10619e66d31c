import { describe, expect, it } from 'vitest'
import { AUDIT_ACTIONS } from '@/lib/audit/actions'
import { listAuditInput } from '@/lib/audit/dto'
import { ACTION_CHOICES, AUDIT_CONDITIONS, readAuditView, toAuditQuery, writeAuditView } from './audit-filter'

const read = (query: string) => readAuditView(new URLSearchParams(query))

describe('the view in the address', () => {
  it('leaves out what it does not understand', () => {
    expect(read('result=maybe&customer=1&from=yesterday&action=DROP TABLE')).toEqual({
      search: '',
      actor: '',
      action: '',
      result: '',
      customer: '',
      firewall: '',
      from: '',
      to: '',
    })
  })
  it('keeps what else the address holds', () => {
    expect(writeAuditView('?entry=7&search=a', { search: '', result: 'failed' })).toBe('?entry=7&result=failed')
    expect(writeAuditView('?search=a', { search: '' })).toBe('')
  })
  it('comes back as it was written', () => {
    const view = read('search=mira&actor=Sara+Holm&action=firewall.&result=done&from=2026-11-25&to=2026-11-26')
    expect(read(writeAuditView('', view))).toEqual(view)
  })
  it('has a place for every condition', () => expect(Object.keys(read('')).sort()).toEqual([...AUDIT_CONDITIONS].sort()))
})

describe('the question to the API', () => {
  it('covers whole days', () => {
    const { from, to } = toAuditQuery(read('from=2026-11-25&to=2026-11-25'))
    expect(new Date(to ?? '').getTime() - new Date(from ?? '').getTime()).toBe(86_400_000 - 1)
  })
  it('asks for who it was', () => expect(toAuditQuery(read('actor=Sara+Holm'))).toEqual({ actor: 'Sara Holm' }))
  it('ignores a day that does not exist', () => expect(toAuditQuery(read('from=2026-19-45'))).toEqual({}))
  it('passes its schema for every action', () => {
    for (const { value } of ACTION_CHOICES) expect(listAuditInput.safeParse(toAuditQuery(read(`action=${value}`))).success).toBe(true)
  })
  it('offers every action', () => {
    for (const action of AUDIT_ACTIONS) expect(ACTION_CHOICES.filter(({ value }) => value === action)).toHaveLength(1)
  })
})
