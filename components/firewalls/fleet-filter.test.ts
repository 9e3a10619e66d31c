import { describe, expect, it } from 'vitest'
import { listFirewallsInput } from '@/lib/firewalls/input'
import { activeConditions, FIRMWARE_CHOICES, readView, STATE_CHOICES, toQuery, writeView } from './fleet-filter'

const id = '0b6f9c1e-7c3a-4f0e-9d59-0c6f0f5a2b11'
const read = (query: string) => readView(new URLSearchParams(query))

describe('the view in the address', () => {
  it('is empty when nothing is said, worst first', () => {
    expect(read('')).toEqual({ search: '', customer: '', family: '', state: '', firmware: '', tag: '', sort: 'state' })
    expect(writeView(read(''))).toBe('')
  })
  it('comes back as it was written', () => {
    const query = `?search=kl+rtm&customer=${id}&family=pfsense-v2&state=unreachable%2Cdegraded&firmware=offered&tag=edge&sort=-name`
    expect(writeView(read(query))).toBe(query)
  })
  it('leaves out what it does not understand', () => {
    expect(read('state=unreachable,nonsense&firmware=x&family=other&customer=1&sort=; drop')).toEqual({
      search: '',
      customer: '',
      family: '',
      state: 'unreachable',
      firmware: '',
      tag: '',
      sort: 'state',
    })
  })
  it('names the conditions that are set', () => expect(activeConditions(read('search=a&tag=b'))).toEqual(['search', 'tag']))
})

describe('the question to the API', () => {
  it('passes its schema for every choice', () => {
    for (const { value } of STATE_CHOICES) expect(listFirewallsInput.safeParse(toQuery(read(`state=${value}`))).success).toBe(true)
    for (const { value } of FIRMWARE_CHOICES) expect(listFirewallsInput.safeParse(toQuery(read(`firmware=${value}`))).success).toBe(true)
  })
  it('keeps every choice through the address', () => {
    for (const { value } of STATE_CHOICES) expect(read(`state=${value}`).state).toBe(value)
  })
  it('uses the names of the API', () => expect(toQuery(read(`customer=${id}&sort=name`))).toEqual({ customerId: id, sort: 'name' }))
})
