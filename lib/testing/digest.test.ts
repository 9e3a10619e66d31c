// The tests that say "nothing was touched" are worth what this digest notices.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { db } from '@/lib/db/client'
import { digestTables, touched } from './digest'
import { startInstallation, type Installation } from './installation'
import { account } from './people'

let installation: Installation
beforeAll(async () => void (installation = await startInstallation()))
afterAll(() => installation.end())

async function touchedBy(act: () => Promise<unknown>): Promise<string[]> {
  const before = await digestTables()
  await act()
  return touched(before, await digestTables())
}

it('notices a row that is made, changed and removed, and nothing else', async () => {
  const { id } = await db().customer.create({ data: { name: 'Anvil & Sons' } })
  expect(await touchedBy(() => db().customer.findMany())).toEqual([])
  expect(await touchedBy(() => db().site.create({ data: { name: 'Forge', customerId: id } }))).toEqual(['Site'])
  expect(await touchedBy(() => db().customer.update({ where: { id }, data: { name: 'Anvil' } }))).toEqual(['Customer'])
  expect(await touchedBy(() => db().site.deleteMany())).toEqual(['Site'])
  expect(await touchedBy(() => db().$transaction(async (tx) => tx.customer.delete({ where: { id } }).then(() => Promise.reject(new Error('undone')))).catch(() => null))).toEqual([])
})

it('notices what changes beside columns that move by themselves', async () => {
  const operatorId = (await account('viewer')).id
  const { id } = await db().session.create({ data: { operatorId, createdAt: new Date(), lastSeenAt: new Date(0), provenAt: new Date(0) } })
  expect(await touchedBy(() => db().session.update({ where: { id }, data: { lastSeenAt: new Date() } }))).toEqual([])
  expect(await touchedBy(() => db().session.update({ where: { id }, data: { provenAt: new Date() } }))).toEqual(['Session'])
})
