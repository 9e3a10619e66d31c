import { describe, expect, it } from 'vitest'
import type { MeDto } from '@/lib/auth/input'
import { reasonNotToManage } from './window-words'

const CUSTOMER = 'c0000000-0000-4000-8000-000000000001'
const me = (...scopes: MeDto['scopes']): Pick<MeDto, 'scopes'> => ({ scopes })

describe('who may change windows and blackouts', () => {
  it('is an admin of the customer', () => {
    expect(reasonNotToManage(me({ role: 'admin', customerId: CUSTOMER }), CUSTOMER)).toBeNull()
    expect(reasonNotToManage(me({ role: 'admin', customerId: null }), CUSTOMER)).toBeNull()
    expect(reasonNotToManage(me({ role: 'operator', customerId: CUSTOMER }), CUSTOMER)).toBe('This needs an admin. You are an operator here.')
  })
  it('is an admin of all customers for what holds everywhere', () => {
    expect(reasonNotToManage(me({ role: 'admin', customerId: CUSTOMER }), null)).toBe('This needs an admin of all customers.')
    expect(reasonNotToManage(me({ role: 'viewer', customerId: null }), null)).toBe('This needs an admin of all customers.')
    expect(reasonNotToManage(me({ role: 'owner', customerId: null }), null)).toBeNull()
  })
  it('is not judged before it is known who asks', () => expect(reasonNotToManage(undefined, null)).toBeNull())
})
