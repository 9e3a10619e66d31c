import { describe, expect, it } from 'vitest'
import { tokenGrants } from './token-grants'

describe('what a token may do', () => {
  it('is its own role, as long as its operator has more', () => {
    expect(tokenGrants({ role: 'viewer', customerIds: ['a'] }, [{ role: 'owner', customerId: null }])).toEqual([{ role: 'viewer', customerId: 'a' }])
    expect(tokenGrants({ role: 'admin', customerIds: 'all' }, [{ role: 'owner', customerId: null }])).toEqual([{ role: 'admin', customerId: null }])
  })
  it('is never more than the operator has now', () => {
    expect(tokenGrants({ role: 'admin', customerIds: ['a'] }, [{ role: 'viewer', customerId: 'a' }])).toEqual([{ role: 'viewer', customerId: 'a' }])
    expect(tokenGrants({ role: 'owner', customerIds: 'all' }, [{ role: 'operator', customerId: 'a' }, { role: 'admin', customerId: 'b' }])).toEqual([{ role: 'operator', customerId: 'a' }, { role: 'admin', customerId: 'b' }])
    expect(tokenGrants({ role: 'admin', customerIds: ['a'] }, [{ role: 'admin', customerId: 'b' }])).toEqual([])
    expect(tokenGrants({ role: 'admin', customerIds: 'all' }, [])).toEqual([])
  })
})
