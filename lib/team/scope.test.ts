// An admin of some customers: what they see of operators, and what they may do to them.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { auditOperations } from '@/lib/api/audit'
import { teamOperations } from '@/lib/api/team'
import { tokenOperations } from '@/lib/api/tokens'
import { STEP_UP_FRESH_MS } from '@/lib/auth/step-up'
import { db } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'
import type { Operation } from '@/lib/http/operation'
import { call, tokenOf, type Reply } from '@/lib/testing/api-client'
import { must } from '@/lib/testing/enrolled'
import { aCustomer, owner, person, startInstallation, type Installation } from '@/lib/testing/installation'
import { disableOperator } from './disable'
import { editOperator } from './edit'
import { endSessionsOfOperator } from './end-sessions'
import { inviteOperator } from './invite'
import { listOperators } from './list'
import { removeOperator } from './remove'
import { renewLink } from './renew-link'
import { resetSecondFactor } from './reset-second-factor'

const UNKNOWN = '00000000-0000-4000-8000-00000000000b'
let installation: Installation
let mine: { id: string; name: string }
let foreign: { id: string; name: string }
let boss: Awaited<ReturnType<typeof owner>>
let ownerToken: string
/** Admin of `mine`, who also reads `foreign`. */
let admin: Awaited<ReturnType<typeof person>>
let token: string
beforeAll(async () => {
  installation = await startInstallation()
  mine = await aCustomer('Mine')
  foreign = await aCustomer('Foreign')
  boss = await owner()
  ownerToken = await tokenOf(boss, 'owner')
  admin = await person([{ role: 'admin', customerId: mine.id }, { role: 'viewer', customerId: foreign.id }], 'the admin')
  token = await tokenOf(admin, 'admin')
})
afterAll(() => installation.end())

const bytes = (reply: Reply) => `${reply.status} ${JSON.stringify({ ...reply.body, requestId: '' })}`
const READ_AND_CHANGE: readonly [Operation, Record<string, unknown> | undefined][] = [
  [teamOperations.read, undefined],
  [teamOperations.edit, { name: 'Changed' }],
  [teamOperations.edit, { grants: [] }],
  [teamOperations.disable, { disabled: true }],
  [teamOperations.remove, { confirmEmail: 'x@nordwall.example' }],
  [teamOperations.link, {}],
  [teamOperations.resetSecondFactor, {}],
  [teamOperations.endSessions, {}],
]
const ask = (spec: Operation, id: string, body?: Record<string, unknown>) => call(spec, { token, params: { id }, ...(body && { body }), headers: { 'if-match': '"1"' } })

describe('an operator outside the scope', () => {
  it('answers byte for byte like one that does not exist, in every read and change, and nothing happens', async () => {
    const others = [await person([{ role: 'viewer', customerId: foreign.id }]), await person([{ role: 'viewer', customerId: null }]), boss]
    const before = await db().auditEntry.count()
    for (const { id } of others) for (const [spec, body] of READ_AND_CHANGE) expect([spec.id, bytes(await ask(spec, id, body))]).toEqual([spec.id, bytes(await ask(spec, UNKNOWN, body))])
    expect(await db().auditEntry.count()).toBe(before)
  })

  it('is in no list, no count, no search and no filter', async () => {
    const hidden = await person([{ role: 'viewer', customerId: foreign.id }], 'hidden one')
    const list = async (query: Record<string, string>) => (await call(teamOperations.list, { token, query })).body
    const all = await list({})
    expect(all).toMatchObject({ total: 1, items: [{ id: admin.id }] })
    expect(await list({ search: 'hidden' })).toEqual(await list({ search: 'no such name' }))
    expect(await list({ search: hidden.email })).toEqual(await list({ search: 'nobody@nordwall.example' }))
    expect(await list({ customerId: foreign.id })).toEqual(await list({ customerId: UNKNOWN }))
  })

  it('its tokens answer like those that do not exist', async () => {
    const other = await person([{ role: 'viewer', customerId: foreign.id }])
    await tokenOf(other, 'viewer')
    const { id } = await db().apiToken.findFirstOrThrow({ where: { operatorId: other.id } })
    expect(bytes(await call(tokenOperations.revoke, { token, params: { id }, body: {} }))).toBe(bytes(await call(tokenOperations.revoke, { token, params: { id: UNKNOWN }, body: {} })))
    expect(bytes(await call(tokenOperations.list, { token, query: { operatorId: other.id } }))).toBe(bytes(await call(tokenOperations.list, { token, query: { operatorId: UNKNOWN } })))
    expect(await db().apiToken.count({ where: { id, revokedAt: null } })).toBe(1)
  })

  it('a customer outside the scope is one that does not exist, when roles are given', async () => {
    const give = (customerId: string) => call(teamOperations.invite, { token, body: { email: 'n@nordwall.example', name: 'N', grants: [{ role: 'viewer', customerId }] } })
    expect(bytes(await give((await aCustomer()).id))).toBe(bytes(await give(UNKNOWN)))
    expect((await give(foreign.id)).body).toMatchObject({ status: 400, issues: [{ field: 'grants.0.customerId' }] })
  })
})

describe('an operator of several customers', () => {
  const shared = () => person([{ role: 'operator', customerId: mine.id }, { role: 'admin', customerId: foreign.id }])

  it('is shown with the roles within the scope only, and with the tokens that reach into it', async () => {
    const who = await shared()
    await tokenOf(who, 'admin', 'Foreign')
    const seen = must(await ask(teamOperations.read, who.id), 200)
    expect(seen.body).toMatchObject({ grants: [{ role: 'operator', customerId: mine.id, customerName: 'Mine' }], mayChange: false, tokenCount: 0 })
    expect(JSON.stringify(seen.body)).not.toContain(foreign.id)
    await tokenOf(who, 'admin', 'Mine')
    expect((await ask(teamOperations.read, who.id)).body).toMatchObject({ tokenCount: 1 })
    expect((await call(teamOperations.read, { token: ownerToken, params: { id: who.id } })).body).toMatchObject({ mayChange: true, tokenCount: 2, grants: [{ customerName: 'Foreign' }, { customerName: 'Mine' }] })
  })

  it('changes only within the scope; what is elsewhere stays, and is not named in the audit entry', async () => {
    const who = await shared()
    const changed = must(await ask(teamOperations.edit, who.id, { grants: [{ role: 'viewer', customerId: mine.id }] }), 200)
    expect(changed.body).toMatchObject({ grants: [{ role: 'viewer', customerId: mine.id }] })
    expect(await db().grant.findMany({ where: { operatorId: who.id }, select: { role: true, customerId: true }, orderBy: { role: 'asc' } })).toEqual([{ role: 'admin', customerId: foreign.id }, { role: 'viewer', customerId: mine.id }])
    const entry = must(await call(auditOperations.list, { token, query: { action: 'operator.edit' } }), 200)
    expect(entry.body).toMatchObject({ items: [{ customer: { id: mine.id }, before: { grants: [{ role: 'operator', customer: { name: 'Mine' } }] }, after: { grants: [{ role: 'viewer', customer: { name: 'Mine' } }] } }] })
    expect(JSON.stringify(entry.body)).not.toContain(foreign.id)
    const away = must(await call(teamOperations.edit, { token, params: { id: who.id }, body: { grants: [] }, headers: { 'if-match': '"2"' } }), 200)
    expect(away.body).toMatchObject({ grants: [] })
    expect((await ask(teamOperations.read, who.id)).status).toBe(404)
    expect(await db().grant.findMany({ where: { operatorId: who.id }, select: { role: true } })).toEqual([{ role: 'admin' }])
  })

  it('is not disabled, renamed, removed, reset or signed out by who is less somewhere; the sentence names no customer', async () => {
    const who = await shared()
    for (const [spec, body] of READ_AND_CHANGE.filter(([spec, body]) => spec.method !== 'get' && body?.grants === undefined)) {
      const reply = await ask(spec, who.id, body)
      expect([spec.id, reply.status, reply.body.code]).toEqual([spec.id, 403, 'forbidden'])
      expect(JSON.stringify(reply.body)).not.toMatch(/Foreign/)
    }
  })
})

describe('nobody', () => {
  it('does to themself what only others may do; one may lower oneself', async () => {
    const self = await person([{ role: 'admin', customerId: mine.id }])
    for (const act of [() => disableOperator(self, { id: self.id, disabled: true }, 1), () => removeOperator(self, { id: self.id, confirmEmail: self.email }, 1), () => renewLink(self, { id: self.id }), () => resetSecondFactor(self, { id: self.id }), () => endSessionsOfOperator(self, { id: self.id })]) {
      await expect(act()).rejects.toMatchObject({ code: 'conflict', message: 'You cannot do this to yourself.' })
    }
    await expect(editOperator(self, { id: self.id, grants: [{ role: 'owner', customerId: null }] }, 1)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(editOperator(self, { id: self.id, grants: [{ role: 'viewer', customerId: mine.id }] }, 1)).resolves.toMatchObject({ grants: [{ role: 'viewer' }] })
    await expect(listOperators({ ...self, grants: [{ role: 'viewer', customerId: mine.id }] }, { limit: 10 })).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('takes the last role of an operator away: they are disabled or removed instead', async () => {
    const who = await person([{ role: 'viewer', customerId: mine.id }])
    expect((await ask(teamOperations.edit, who.id, { grants: [] })).body).toMatchObject({ status: 400, issues: [{ field: 'grants' }] })
  })

  it('changes the team on an old proof', async () => {
    const who = await person([{ role: 'viewer', customerId: mine.id }])
    const tired = { ...boss, proof: { ...boss.proof, at: new Date(Date.now() - STEP_UP_FRESH_MS - 1_000) } }
    const before = await db().auditEntry.count()
    for (const act of [
      () => inviteOperator(tired, { email: 'z@nordwall.example', name: 'Z', grants: [{ role: 'viewer', customerId: null }] }, { actorId: 'x', route: 'x', idempotencyKey: null, body: {} }),
      () => editOperator(tired, { id: who.id, name: 'Z' }, 1),
      () => disableOperator(tired, { id: who.id, disabled: true }, 1),
      () => removeOperator(tired, { id: who.id, confirmEmail: who.email }, 1),
      () => renewLink(tired, { id: who.id }),
      () => resetSecondFactor(tired, { id: who.id }),
      () => endSessionsOfOperator(tired, { id: who.id }),
    ]) {
      await expect(act()).rejects.toMatchObject({ code: 'step-up-required', details: { proof: 'password' } })
    }
    expect(await db().auditEntry.count()).toBe(before)
  })
})

describe('a page of operators', () => {
  it('goes on by name where the one before ended, each once, by an index', async () => {
    await db().$executeRaw`INSERT INTO "Operator" (id, email, name, "joinedAt") SELECT gen_random_uuid(), 'bulk' || n || '@nordwall.example', 'Bulk ' || (n / 3), now() FROM generate_series(1, 3000) n`
    await db().$executeRaw`ANALYZE "Operator"`
    const seen: string[] = []
    let cursor: string | null = null
    for (let page = 0; page < 20; page += 1) {
      const list = await listOperators(boss, { limit: 500, search: 'bulk', ...(cursor !== null && { cursor }) })
      expect(list.total).toBe(3000)
      seen.push(...list.items.map(({ id }) => id))
      cursor = list.nextCursor
      if (cursor === null) break
    }
    expect([seen.length, new Set(seen).size]).toEqual([3000, 3000])
    const [plan] = await db().$queryRaw<{ 'QUERY PLAN': unknown }[]>(Prisma.sql`EXPLAIN (FORMAT JSON) SELECT * FROM "Operator" WHERE name >= 'Bulk 5' AND (name > 'Bulk 5' OR id > ${UNKNOWN}::uuid) ORDER BY name, id LIMIT 201`)
    expect(JSON.stringify(plan)).toContain('Operator_name_id_idx')
    expect(JSON.stringify(plan)).not.toContain('"Sort"')
  })
})
