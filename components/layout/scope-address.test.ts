import { describe, expect, it } from 'vitest'
import { readScope, scoped } from './scope-address'

const ID = '0191a0de-0000-7000-8000-000000000001'

describe('the customer scope in an address', () => {
  it('is read when it is an id, and else not said', () => {
    expect(readScope(new URLSearchParams({ customer: ID }))).toBe(ID)
    expect(readScope(new URLSearchParams({ customer: 'Halvorsen' }))).toBeNull()
    expect(readScope(new URLSearchParams())).toBeNull()
  })
  it.each([
    ['/firewalls', ID, `/firewalls?customer=${ID}`],
    ['/firewalls?state=stale', ID, `/firewalls?state=stale&customer=${ID}`],
    ['/firewalls?customer=other&state=stale', ID, `/firewalls?state=stale&customer=${ID}`],
    [`/firewalls?customer=${ID}#row`, null, '/firewalls#row'],
    ['/firewalls?tag=edge&tag=hq', null, '/firewalls?tag=edge&tag=hq'],
  ])('%s within %s is %s', (href, customerId, expected) => expect(scoped(href, customerId)).toBe(expected))
})
