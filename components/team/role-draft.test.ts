import { expect, it } from 'vitest'
import { grantsOf, newRow, placeOf, rowsOf, type RoleRow } from './role-draft'

const ANVIL = '00000000-0000-4000-8000-000000000001'
const owner = { scopes: [{ role: 'owner' as const, customerId: null }] }
const adminOfAnvil = { scopes: [{ role: 'admin' as const, customerId: ANVIL }] }
const row = (more: Partial<RoleRow>): RoleRow => ({ key: 0, role: 'viewer', place: 'all', stored: false, ...more })

it('comes back from the form as it was put in', () => {
  const grants = [
    { role: 'admin' as const, customerId: ANVIL, customerName: 'Anvil' },
    { role: 'viewer' as const, customerId: null, customerName: null },
  ]
  const rows = rowsOf(grants)
  expect(rows.map(placeOf)).toEqual([ANVIL, null])
  expect(grantsOf(rows)).toEqual({ grants: grants.map(({ role, customerId }) => ({ role, customerId })) })
})

it('begins with the least, where this person may give it', () => {
  expect(newRow(owner, [])).toEqual({ key: 0, role: 'viewer', place: 'all', stored: false })
  expect(newRow(adminOfAnvil, [])).toMatchObject({ role: 'viewer', place: '' })
  expect(newRow(owner, [row({ key: 4 }), row({ key: 2 })])).toMatchObject({ key: 5, place: '' })
})

it.each([
  [[], 'Give at least one role. To take all access away, disable or remove the operator.'],
  [[row({ place: '' })], 'Choose the customer of each role.'],
  [[row({}), row({ key: 1, role: 'admin' })], 'Two roles are for the same customers. Keep the higher one.'],
])('says why the roles cannot be sent', (rows, wrong) => expect(grantsOf(rows)).toEqual({ wrong }))
