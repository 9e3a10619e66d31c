import { describe, expect, it } from 'vitest'
import type { OperatorDto } from '@/lib/team/input'
import { activeOperatorConditions, invitationEnded, lacksFactor, readOperatorView, toOperatorQuery, worstFirst, writeOperatorView } from './operator-filter'

const CUSTOMER = '00000000-0000-4000-8000-000000000001'
const NOW = Date.parse('2026-11-26T12:00:00Z')
const operator = (more: Partial<OperatorDto>): OperatorDto => ({
  id: CUSTOMER,
  email: 'sara.holm@nordwall.example',
  name: 'Sara Holm',
  state: 'active',
  grants: [],
  secondFactor: true,
  secondFactorDemanded: true,
  mayChange: true,
  isYou: false,
  isLastOwner: false,
  lastSeenAt: null,
  createdAt: '2026-11-20T12:00:00Z',
  link: null,
  tokenCount: 0,
  etag: '"1"',
  ...more,
})
const link = (expiresAt: string) => ({ purpose: 'join' as const, expiresAt, createdByName: 'Mira' })

describe('the address', () => {
  it('comes back as it was written', () => {
    const view = { search: 'holm ', state: 'invited', customer: CUSTOMER, factor: 'no' }
    expect(readOperatorView(new URLSearchParams(writeOperatorView(view)))).toEqual(view)
    expect(writeOperatorView(readOperatorView(new URLSearchParams()))).toBe('')
  })
  it('leaves out what it does not understand', () => {
    const view = readOperatorView(new URLSearchParams('state=gone&customer=1&factor=maybe'))
    expect(activeOperatorConditions(view)).toEqual([])
  })
  it('asks the API in its own words', () => {
    expect(toOperatorQuery(readOperatorView(new URLSearchParams(`search=+holm+&state=active&factor=no&customer=${CUSTOMER}`)))).toEqual({
      search: 'holm',
      state: 'active',
      customerId: CUSTOMER,
      secondFactor: 'no',
    })
  })
})

describe('who needs someone', () => {
  it('is who owes a second factor, unless disabled', () => {
    expect(lacksFactor(operator({ secondFactor: false }))).toBe(true)
    expect(lacksFactor(operator({ secondFactor: false, secondFactorDemanded: false }))).toBe(false)
    expect(lacksFactor(operator({ secondFactor: false, state: 'disabled' }))).toBe(false)
  })
  it('is whose invitation has ended', () => {
    expect(invitationEnded(operator({ state: 'invited', link: link('2026-11-26T12:00:00Z') }), NOW)).toBe(true)
    expect(invitationEnded(operator({ state: 'invited' }), NOW)).toBe(true)
    expect(invitationEnded(operator({ state: 'invited', link: link('2026-11-26T12:00:01Z') }), NOW)).toBe(false)
    expect(invitationEnded(operator({}), NOW)).toBe(false)
  })
  it('comes first; disabled ones come last', () => {
    const sorted = worstFirst(
      [
        operator({ name: 'disabled', state: 'disabled' }),
        operator({ name: 'fine' }),
        operator({ name: 'invited', state: 'invited', link: link('2026-11-27T12:00:00Z'), secondFactor: false }),
        operator({ name: 'ended', state: 'invited' }),
        operator({ name: 'owes', secondFactor: false }),
      ],
      NOW,
    )
    expect(sorted.map(({ name }) => name)).toEqual(['owes', 'ended', 'invited', 'fine', 'disabled'])
  })
})
