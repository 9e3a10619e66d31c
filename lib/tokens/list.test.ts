import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemOperations } from '@/lib/api/system'
import { tokenOperations } from '@/lib/api/tokens'
import { db } from '@/lib/db/client'
import { call, tokenOf, type Reply } from '@/lib/testing/api-client'
import { must } from '@/lib/testing/enrolled'
import { aCustomer, owner, person, startInstallation, type Installation } from '@/lib/testing/installation'
import { createOwnToken } from './create'
import { listTokens } from './list'
import { revokeToken } from './revoke'

const UNKNOWN = '00000000-0000-4000-8000-00000000000b'
let installation: Installation
let one: { id: string; name: string }
let two: { id: string; name: string }
beforeAll(async () => {
  installation = await startInstallation()
  one = await aCustomer('One')
  two = await aCustomer('Two')
})
afterAll(() => installation.end())

type Person = Awaited<ReturnType<typeof person>>
const make = (by: Person, more: Partial<Parameters<typeof createOwnToken>[1]> = {}) => createOwnToken(by, { name: 'Nightly report', role: 'viewer', customerIds: null, days: 30, ...more }, { actorId: by.id, route: 'createToken', idempotencyKey: null, body: {} })
const me = async (secret: string | null) => call(systemOperations.me, { token: secret })
const bytes = (reply: Reply) => `${reply.status} ${JSON.stringify({ ...reply.body, requestId: '' })}`

describe('a list of tokens', () => {
  it('is one’s own, newest first, page by page', async () => {
    const who = await owner()
    for (const name of ['a', 'b', 'c', 'd', 'e']) await make(who, { name })
    await db().apiToken.updateMany({ where: { operatorId: who.id, name: { in: ['b', 'c'] } }, data: { createdAt: new Date(0) } })
    const names: string[] = []
    let cursor: string | undefined
    do {
      const page = await listTokens(who, { limit: 2, ...(cursor !== undefined && { cursor }) })
      expect(page.total).toBe(5)
      names.push(...page.items.map(({ name }) => name))
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined)
    expect([...names].sort()).toEqual(['a', 'b', 'c', 'd', 'e'])
    expect(names.slice(0, 3)).toEqual(['e', 'd', 'a'])
  })

  it('of someone else is for who may change them; everyone else’s do not exist', async () => {
    const [admin, viewer, above] = [await person([{ role: 'admin', customerId: one.id }]), await person([{ role: 'viewer', customerId: one.id }]), await person([{ role: 'viewer', customerId: one.id }, { role: 'viewer', customerId: two.id }])]
    const [below, higher] = [await make(viewer), await make(above, { customerIds: [one.id] })]
    await expect(listTokens(admin, { operatorId: viewer.id, limit: 10 })).resolves.toMatchObject({ total: 1, items: [{ id: below.id, operatorName: viewer.name }] })
    await expect(listTokens(admin, { operatorId: above.id, limit: 10 })).rejects.toMatchObject({ code: 'forbidden' })
    await expect(listTokens(viewer, { operatorId: admin.id, limit: 10 })).rejects.toMatchObject({ code: 'forbidden' })
    await expect(revokeToken(admin, { id: higher.id })).rejects.toMatchObject({ code: 'not-found', message: 'There is no such token.' })
    await expect(revokeToken(viewer, { id: higher.id })).rejects.toMatchObject({ code: 'not-found', message: 'There is no such token.' })
    await expect(revokeToken(admin, { id: below.id })).resolves.toMatchObject({ state: 'revoked' })
  })

  it('a token sees itself alone: its operator’s others are for other customers', async () => {
    const who = await owner()
    const [narrow, other] = [await make(who, { role: 'admin', customerIds: [one.id] }), await make(who, { customerIds: [two.id] })]
    expect((await call(tokenOperations.list, { token: narrow.secret })).body).toMatchObject({ total: 1, items: [{ id: narrow.id }] })
    const revoke = (id: string) => call(tokenOperations.revoke, { token: narrow.secret, params: { id }, body: {} })
    expect(bytes(await revoke(other.id))).toBe(bytes(await revoke(UNKNOWN)))
    const whole = await tokenOf(who, 'owner')
    expect((await call(tokenOperations.list, { token: whole })).body).toMatchObject({ total: 3 })
    expect(must(await revoke(narrow.id), 200).body).toMatchObject({ state: 'revoked' })
    expect((await me(narrow.secret)).status).toBe(401)
  })

  it('names no customer that the caller does not have any more', async () => {
    const who = await person([{ role: 'viewer', customerId: one.id }, { role: 'viewer', customerId: two.id }])
    await make(who, { customerIds: [one.id, two.id] })
    await expect(listTokens({ ...who, grants: [{ role: 'viewer', customerId: one.id }] }, { limit: 10 })).resolves.toMatchObject({ items: [{ customers: [{ name: 'One' }] }] })
  })
})
