import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemOperations } from '@/lib/api/system'
import { tokenOperations } from '@/lib/api/tokens'
import { consoleActor } from '@/lib/auth/actor'
import { createToken } from '@/lib/auth/api-tokens'
import { STEP_UP_FRESH_MS } from '@/lib/auth/step-up'
import { db } from '@/lib/db/client'
import { call, tokenOf } from '@/lib/testing/api-client'
import { aCustomer, owner, person, startInstallation, type Installation } from '@/lib/testing/installation'
import { createOwnToken } from './create'
import { TOKEN_DAYS_MAX } from './input'
import { listTokens } from './list'
import { revokeToken } from './revoke'

const UNKNOWN = '00000000-0000-4000-8000-00000000000b'
let installation: Installation
let one: { id: string; name: string }
let two: { id: string; name: string }
let three: { id: string; name: string }
beforeAll(async () => {
  installation = await startInstallation()
  one = await aCustomer('One')
  two = await aCustomer('Two')
  three = await aCustomer('Three')
})
afterAll(() => installation.end())

type Person = Awaited<ReturnType<typeof person>>
const request = (by: Person, key: string | null = null, body: unknown = {}) => ({ actorId: by.id, route: 'createToken', idempotencyKey: key, body })
const make = (by: Person, more: Partial<Parameters<typeof createOwnToken>[1]> = {}) => createOwnToken(by, { name: 'Nightly report', role: 'viewer', customerIds: null, days: 30, ...more }, request(by))
const me = async (secret: string | null) => call(systemOperations.me, { token: secret })

describe('making a token', () => {
  it('shows it once, keeps a hash, and gives it the chosen role, customers and time', async () => {
    const who = await person([{ role: 'admin', customerId: null }])
    const made = await make(who, { role: 'operator', customerIds: [one.id], days: TOKEN_DAYS_MAX })
    expect(made).toMatchObject({ role: 'operator', customers: [{ name: 'One' }], state: 'live', lastUsedAt: null, operatorName: who.name })
    expect(made.secret).toMatch(/^pal_[\w-]{43}$/)
    expect(Date.parse(made.expiresAt) - Date.parse(made.createdAt)).toBe(TOKEN_DAYS_MAX * 86_400_000)
    expect((await me(made.secret)).body).toMatchObject({ kind: 'token', scopes: [{ role: 'operator', customerId: one.id }] })
    const everything = JSON.stringify([await db().apiToken.findMany(), await db().auditEntry.findMany(), await listTokens(who, { limit: 10 })], (_, value: unknown) => (typeof value === 'bigint' ? Number(value) : value))
    expect(everything).not.toContain(String(made.secret))
    expect(await db().auditEntry.findFirst({ where: { action: 'token.create', targetId: made.id } })).toMatchObject({ customerId: one.id })
    expect((await listTokens(who, { limit: 10 })).items[0]?.lastUsedAt).not.toBeNull()
  })

  it('the same Idempotency-Key is the same token, without its text', async () => {
    const who = await owner()
    const input = { name: 'Once', role: 'viewer' as const, customerIds: null, days: 1 }
    const [first, again] = [await createOwnToken(who, input, request(who, 'token-once', input)), await createOwnToken(who, input, request(who, 'token-once', input))]
    expect(again).toEqual({ ...first, secret: null })
    await expect(createOwnToken(who, { ...input, days: 2 }, request(who, 'token-once', { days: 2 }))).rejects.toMatchObject({ code: 'idempotency-conflict' })
  })

  it('takes a person and a fresh proof: a token makes no token', async () => {
    const who = await owner()
    await expect(make({ ...who, proof: { ...who.proof, at: new Date(Date.now() - STEP_UP_FRESH_MS - 1_000) } })).rejects.toMatchObject({ code: 'step-up-required' })
    const body = { name: 'N', role: 'viewer', customerIds: null, days: 1 }
    expect((await call(tokenOperations.create, { token: await tokenOf(who, 'owner'), body })).body).toMatchObject({ status: 403, code: 'forbidden' })
    expect((await call(tokenOperations.create, { token: await tokenOf(who, 'owner'), body: { ...body, days: TOKEN_DAYS_MAX + 1 } })).body).toMatchObject({ status: 400, issues: [{ field: 'days' }] })
  })

  it.each([
    ['a higher role anywhere', { role: 'owner' }, 'role'],
    ['a higher role in one of the customers', { role: 'admin', customerIds: () => [one.id, two.id] }, 'role'],
    ['a customer that one does not have', { customerIds: () => [one.id, three.id] }, 'customerIds.1'],
    ['a customer that does not exist', { customerIds: () => [one.id, UNKNOWN] }, 'customerIds.1'],
  ] as const)('refuses %s, naming the field', async (_, { customerIds, ...more }: { role?: 'owner' | 'admin'; customerIds?: () => string[] }, field) => {
    const who = await person([{ role: 'admin', customerId: one.id }, { role: 'viewer', customerId: two.id }])
    await expect(make(who, { ...more, ...(customerIds && { customerIds: customerIds() }) })).rejects.toMatchObject({ code: 'invalid-input', details: { issues: [{ field }] } })
    expect(await db().apiToken.count({ where: { operatorId: who.id } })).toBe(0)
  })

  it('refuses alike what is foreign and what does not exist', async () => {
    const who = await person([{ role: 'viewer', customerId: one.id }])
    const answer = (id: string) => make(who, { customerIds: [id] }).catch((error: { code: string; message: string; details: unknown }) => ({ code: error.code, message: error.message, details: error.details }))
    expect(await answer(two.id)).toEqual(await answer(UNKNOWN))
  })

  it('of who was demoted meanwhile, is not made', async () => {
    const who = await person([{ role: 'admin', customerId: null }])
    await db().grant.updateMany({ where: { operatorId: who.id }, data: { role: 'viewer' } })
    await expect(make(who, { role: 'admin' })).rejects.toMatchObject({ code: 'invalid-input' })
    await db().operator.update({ where: { id: who.id }, data: { disabledAt: new Date() } })
    await expect(make(who)).rejects.toMatchObject({ code: 'invalid-input' })
    expect(await db().apiToken.count({ where: { operatorId: who.id } })).toBe(0)
  })
})

describe('on the console', () => {
  it('a token takes several customers, by name, and makes none for one that does not exist', async () => {
    const who = await owner()
    const ask = (customers: string[]) => createToken(consoleActor(), { email: who.email, role: 'operator', customers, days: 1 }, new Date())
    expect((await me((await ask(['One', 'Two'])).reveal())).body.scopes).toHaveLength(2)
    await expect(ask(['One', 'No such'])).rejects.toMatchObject({ code: 'not-found', message: 'There is no customer No such.' })
    expect(await db().apiToken.count({ where: { operatorId: who.id } })).toBe(1)
  })
})

describe('a token', () => {
  it('is never more than its operator has now, and nothing where they have nothing', async () => {
    const who = await person([{ role: 'admin', customerId: one.id }, { role: 'operator', customerId: two.id }])
    const { secret } = await make(who, { role: 'admin' })
    const scopes = async () => (await me(secret)).body.scopes as { role: string; customerId: string }[]
    expect((await scopes()).map(({ role }) => role).sort()).toEqual(['admin', 'operator'])
    await db().grant.updateMany({ where: { operatorId: who.id, customerId: one.id }, data: { role: 'viewer' } })
    await db().grant.deleteMany({ where: { operatorId: who.id, customerId: two.id } })
    expect(await scopes()).toEqual([{ role: 'viewer', customerId: one.id }])
  })

  it('of a customer that was removed does not become one for all', async () => {
    const gone = await aCustomer()
    const who = await owner()
    const { secret } = await make(who, { customerIds: [gone.id] })
    await db().customer.delete({ where: { id: gone.id } })
    expect((await me(secret)).body.scopes).toEqual([])
  })

  it('ends with its time and by being revoked, at its next request and for good', async () => {
    const who = await owner()
    const [short, long] = [await make(who), await make(who)]
    await db().apiToken.update({ where: { id: short.id }, data: { expiresAt: new Date(Date.now() - 1) } })
    expect((await me(short.secret)).status).toBe(401)
    expect(await revokeToken(who, { id: long.id })).toMatchObject({ state: 'revoked' })
    expect((await me(long.secret)).status).toBe(401)
    expect(await revokeToken(who, { id: long.id })).toMatchObject({ state: 'revoked' })
    expect(await db().auditEntry.count({ where: { action: 'token.revoke', targetId: long.id } })).toBe(1)
    expect((await listTokens(who, { limit: 10 })).items.map(({ state }) => state).sort()).toEqual(['expired', 'revoked'])
  })

  it('asks for no fresh proof to be stopped', async () => {
    const who = await owner()
    const { id } = await make(who)
    await expect(revokeToken({ ...who, proof: { ...who.proof, at: null } }, { id })).resolves.toMatchObject({ state: 'revoked' })
  })

  it('says with every answer how many requests are left, and 429 with Retry-After beyond 600 a minute', async () => {
    const who = await owner()
    const token = await tokenOf(who, 'viewer')
    const { id } = await db().apiToken.findFirstOrThrow({ where: { operatorId: who.id } })
    const first = await me(token)
    expect(Object.fromEntries(['ratelimit-policy', 'x-ratelimit-limit', 'x-ratelimit-remaining'].map((name) => [name, first.headers.get(name)]))).toEqual({ 'ratelimit-policy': '"token";q=600;w=60', 'x-ratelimit-limit': '600', 'x-ratelimit-remaining': '599' })
    expect(first.headers.get('ratelimit')).toMatch(/^"token";r=599;t=\d+$/)
    // 599 requests were made in this window, and as many in the next, should it begin right now.
    const window = await db().rateWindow.findFirstOrThrow({ where: { key: `token:${createHash('sha256').update(id).digest('hex').slice(0, 32)}` } })
    await db().rateWindow.deleteMany({ where: { key: window.key } })
    await db().rateWindow.createMany({ data: [0, 60_000].map((ms) => ({ key: window.key, startsAt: new Date(window.startsAt.getTime() + ms), count: 599 })) })
    expect((await me(token)).headers.get('x-ratelimit-remaining')).toBe('0')
    const refused = await me(token)
    expect([refused.status, refused.body.code, refused.headers.get('x-ratelimit-remaining')]).toEqual([429, 'too-many-requests', '0'])
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(60)
    expect(refused.headers.get('ratelimit')).toBe(`"token";r=0;t=${refused.headers.get('retry-after')}`)
    // Another token has a window of its own.
    expect((await me(await tokenOf(await owner(), 'viewer'))).status).toBe(200)
  })
})
