import { describe, expect, it } from 'vitest'
import { hasConditions, readAlertView, toAlertFilter, writeAlertView } from './alert-view'

const read = (query: string) => readAlertView(new URLSearchParams(query))
const ID = '0193a0f0-0000-7000-8000-000000000001'

describe('the address of the inbox', () => {
  it('is read, and what it cannot mean is left out', () => {
    expect(read('')).toEqual({ tab: 'open', severity: '', kind: '', firewall: '' })
    expect(read(`state=resolved&severity=critical&kind=disk-full&firewall=${ID}`)).toEqual({ tab: 'resolved', severity: 'critical', kind: 'disk-full', firewall: ID })
    expect(read('state=closed&severity=dire&kind=x&firewall=1')).toEqual(read(''))
  })
  it('keeps the opened alert and the scope when a condition changes', () => {
    expect(writeAlertView(`?alert=${ID}&customer=${ID}`, { tab: 'acknowledged', kind: 'drift' })).toBe(`?alert=${ID}&customer=${ID}&state=acknowledged&kind=drift`)
    expect(writeAlertView('?state=resolved&severity=notice', { tab: 'open', severity: '' })).toBe('')
  })
  it('becomes the question for the API', () => {
    expect(toAlertFilter(read('severity=warning'), ID)).toEqual({ state: 'open', sort: 'worst', severity: 'warning', customerId: ID })
    expect(toAlertFilter(read('state=resolved'), null)).toEqual({ state: 'resolved', sort: '-opened' })
    expect([hasConditions(read('state=resolved')), hasConditions(read('kind=drift'))]).toEqual([false, true])
  })
})
