// Joining and new passwords by link, as over the API.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { teamOperations } from '@/lib/api/team'
import { nobody, type RequestSource } from '@/lib/auth/actor'
import { passwordMatches } from '@/lib/auth/password'
import { actorOfSession } from '@/lib/auth/sessions'
import { signIn } from '@/lib/auth/sign-in'
import { db } from '@/lib/db/client'
import { call, tokenOf, type Reply } from '@/lib/testing/api-client'
import { must } from '@/lib/testing/enrolled'
import { aCustomer, owner, person, startInstallation, type Installation } from '@/lib/testing/installation'
import { disableOperator } from './disable'
import { editOperator } from './edit'
import { followLink } from './follow-link'
import { inviteOperator } from './invite'
import { lookAtLink } from './look-at-link'
import { renewLink } from './renew-link'

const PASSWORD = 'granite-otter-violin-92'
const OTHER_PASSWORD = 'copper-heron-lantern-31'
const HOUR_MS = 3_600_000
let count = 0
/** A new address each time, so that no limit of an address is met by accident. */
const from = (): RequestSource => ({ address: `198.51.100.${(count += 1)}`, requestId: crypto.randomUUID(), userAgent: 'test' })
const later = (hours: number) => new Date(Date.now() + hours * HOUR_MS)
const tokenIn = (link: unknown): string => String(link).split('#')[1] ?? ''
const once = () => ({ actorId: 'x', route: 'x', idempotencyKey: null, body: {} })
const browser = { origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin' }

let installation: Installation
let boss: Awaited<ReturnType<typeof owner>>
let token: string
beforeAll(async () => {
  installation = await startInstallation()
  await db().settings.updateMany({ data: { secondFactorFor: 'nobody' } })
  boss = await owner()
  token = await tokenOf(boss, 'owner')
})
afterAll(() => installation.end())

const invitation = (email: string) => ({ email, name: 'New one', grants: [{ role: 'viewer' as const, customerId: null }] })
const invite = async (email: string, by = boss) => tokenIn((await inviteOperator(by, invitation(email), once())).link)
const look = (text: string, now = new Date()) => lookAtLink(from(), { token: text }, now)
const follow = (text: string, now = new Date(), password = PASSWORD) => followLink(from(), { token: text, password }, now)
const ended = { code: 'link-ended', message: 'This link does not work any more.' }

describe('an invitation', () => {
  it('is looked at, then joined with once; the person signs in', async () => {
    const made = must(await call(teamOperations.invite, { token, body: invitation('Mira@Nordwall.example') }), 201)
    expect(made.body).toMatchObject({ operator: { email: 'mira@nordwall.example', state: 'invited', link: { purpose: 'join', createdByName: expect.any(String) as unknown } } })
    expect(made.body.link).toMatch(/^http:\/\/localhost:3000\/join#[\w-]{43}$/)
    const text = tokenIn(made.body.link)
    expect(await signIn({ email: 'mira@nordwall.example', password: PASSWORD }, from(), new Date())).toBeNull()
    expect(must(await call(teamOperations.lookAtLink, { body: { token: text }, headers: browser }), 200).body).toMatchObject({ purpose: 'join', email: 'mira@nordwall.example', name: 'New one' })
    expect(must(await call(teamOperations.followLink, { body: { token: text, name: 'Mira L', password: PASSWORD }, headers: browser }), 200).body).toEqual({ email: 'mira@nordwall.example' })
    expect((await call(teamOperations.followLink, { body: { token: text, password: OTHER_PASSWORD }, headers: browser })).body).toMatchObject({ status: 410, code: 'link-ended' })
    expect(await signIn({ email: 'mira@nordwall.example', password: PASSWORD }, from(), new Date())).toMatchObject({ name: 'Mira L' })
    const list = must(await call(teamOperations.list, { token, query: { search: 'mira' } }), 200)
    expect(list.body).toMatchObject({ total: 1, items: [{ state: 'active', link: null, name: 'Mira L' }] })
  })

  it('of 20 uses at once exactly one joins', async () => {
    const text = await invite('crowd@nordwall.example')
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, (_, index) => followLink(from(), { token: text, name: `Number ${index}`, password: `${PASSWORD} ${index}` }, new Date())))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const outcome of outcomes) if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject(ended)
    const winner = outcomes.findIndex(({ status }) => status === 'fulfilled')
    const row = await db().operator.findUniqueOrThrow({ where: { email: 'crowd@nordwall.example' } })
    expect(row.name).toBe(`Number ${winner}`)
    expect(await passwordMatches(row.passwordHash, `${PASSWORD} ${winner}`)).toBe(true)
    expect(await db().auditEntry.count({ where: { action: 'operator.join', targetId: row.id } })).toBe(1)
  })

  it('ends after 48 hours, and when a newer one is made', async () => {
    const first = await invite('late@nordwall.example')
    await expect(look(first, later(49))).rejects.toMatchObject(ended)
    await expect(follow(first, later(49))).rejects.toMatchObject(ended)
    await expect(look(first, later(47))).resolves.toMatchObject({ purpose: 'join' })
    const { id } = await db().operator.findUniqueOrThrow({ where: { email: 'late@nordwall.example' } })
    const renewed = await renewLink(boss, { id })
    await expect(look(first)).rejects.toMatchObject(ended)
    await expect(look(tokenIn(renewed.link))).resolves.toMatchObject({ purpose: 'join' })
    expect(await db().accessLink.count({ where: { operatorId: id } })).toBe(1)
  })

  it('wants a password that is not easy to guess, and is not used up by a bad one', async () => {
    const text = await invite('weak@nordwall.example')
    expect((await call(teamOperations.followLink, { body: { token: text, password: 'short' }, headers: browser })).body).toMatchObject({ status: 400, issues: [{ field: 'password' }] })
    await expect(follow(text, new Date(), 'passwordpassword')).rejects.toMatchObject({ code: 'invalid-input', details: { issues: [{ field: 'password' }] } })
    await expect(follow(text)).resolves.toEqual({ email: 'weak@nordwall.example' })
  })

  it('with one Idempotency-Key is one operator, and the link is in the first answer alone', async () => {
    const send = () => call(teamOperations.invite, { token, body: invitation('twice@nordwall.example'), headers: { 'idempotency-key': 'invite-twice' } })
    const [first, again] = [must(await send(), 201), must(await send(), 201)]
    expect([typeof first.body.link, again.body.link]).toEqual(['string', null])
    expect((again.body.operator as { id: string }).id).toBe((first.body.operator as { id: string }).id)
    expect(again.body.expiresAt).toBe(first.body.expiresAt)
  })

  it('for an address that is taken is one answer, whoever asks and whoever has it', async () => {
    const [mine, foreign] = [await aCustomer(), await aCustomer()]
    const admin = await tokenOf(await person([{ role: 'admin', customerId: mine.id }]), 'admin')
    await inviteOperator(boss, { email: 'seen@nordwall.example', name: 'S', grants: [{ role: 'viewer', customerId: mine.id }] }, once())
    await inviteOperator(boss, { email: 'unseen@nordwall.example', name: 'U', grants: [{ role: 'viewer', customerId: foreign.id }] }, once())
    const ask = async (email: string) => (await call(teamOperations.invite, { token: admin, body: { email, name: 'N', grants: [{ role: 'viewer', customerId: mine.id }] } })).body
    const [seen, unseen] = [await ask('seen@nordwall.example'), await ask('unseen@nordwall.example')]
    expect(seen).toMatchObject({ status: 409, issues: [{ field: 'email' }] })
    expect({ ...unseen, requestId: '' }).toEqual({ ...seen, requestId: '' })
  })
})

describe('a link ends with its maker', () => {
  const admin = async () => person([{ role: 'admin', customerId: null }])

  it('when the maker is disabled, removed, or no longer may make it', async () => {
    for (const end of [
      (maker: { id: string }) => disableOperator(boss, { id: maker.id, disabled: true }, 1),
      (maker: { id: string }) => db().operator.delete({ where: { id: maker.id } }),
      (maker: { id: string }) => editOperator(boss, { id: maker.id, grants: [{ role: 'operator', customerId: null }] }, 1),
    ]) {
      const maker = await admin()
      const text = await invite(`by-${maker.id}@nordwall.example`, maker)
      await expect(look(text)).resolves.toMatchObject({ purpose: 'join' })
      await end(maker)
      await expect(look(text)).rejects.toMatchObject(ended)
      await expect(follow(text)).rejects.toMatchObject(ended)
    }
  })

  it('when the account has become more than the maker: nobody keeps a way in to it', async () => {
    const maker = await admin()
    const text = await invite('promoted@nordwall.example', maker)
    const { id } = await db().operator.findUniqueOrThrow({ where: { email: 'promoted@nordwall.example' } })
    await editOperator(boss, { id, grants: [{ role: 'owner', customerId: null }] }, 1)
    await expect(follow(text)).rejects.toMatchObject(ended)
  })

  it('when it was made with a token that was revoked', async () => {
    const maker = await admin()
    const made = must(await call(teamOperations.invite, { token: await tokenOf(maker, 'admin'), body: invitation('by-token@nordwall.example') }), 201)
    await db().apiToken.updateMany({ where: { operatorId: maker.id }, data: { revokedAt: new Date() } })
    await expect(follow(tokenIn(made.body.link))).rejects.toMatchObject(ended)
  })

  it('and with the operator it is for: disabled, it is gone for good', async () => {
    const text = await invite('stopped@nordwall.example')
    const { id } = await db().operator.findUniqueOrThrow({ where: { email: 'stopped@nordwall.example' } })
    await disableOperator(boss, { id, disabled: true }, 1)
    await expect(follow(text)).rejects.toMatchObject(ended)
    await expect(renewLink(boss, { id })).rejects.toMatchObject({ code: 'conflict' })
    await disableOperator(boss, { id, disabled: false }, 2)
    await expect(follow(text)).rejects.toMatchObject(ended)
  })
})

describe('a password link', () => {
  it('sets a new password, ends all sessions, and leaves the second factor', async () => {
    await follow(await invite('lost@nordwall.example'))
    const { id } = await db().operator.findUniqueOrThrow({ where: { email: 'lost@nordwall.example' } })
    await db().secondFactor.create({ data: { operatorId: id, secretSealed: 'none', createdAt: new Date(), confirmedAt: new Date() } })
    const session = await signIn({ email: 'lost@nordwall.example', password: PASSWORD }, from(), new Date())
    const made = await renewLink(boss, { id })
    expect(made.operator.link).toMatchObject({ purpose: 'reset' })
    await follow(tokenIn(made.link), new Date(), OTHER_PASSWORD)
    expect(await actorOfSession(session?.sessionId ?? '', from(), new Date())).toBeNull()
    expect(await signIn({ email: 'lost@nordwall.example', password: PASSWORD }, from(), new Date())).toBeNull()
    const fresh = await signIn({ email: 'lost@nordwall.example', password: OTHER_PASSWORD }, from(), new Date())
    expect((await actorOfSession(fresh?.sessionId ?? '', from(), new Date()))?.proof.owes).toBe('code')
  })
})

describe('links are secrets', () => {
  it('neither link nor hash nor password is in the audit log, in a list or in an error; only the hash is stored', async () => {
    const text = await invite('secret@nordwall.example')
    const { id } = await db().operator.findUniqueOrThrow({ where: { email: 'secret@nordwall.example' } })
    const stored = await db().accessLink.findFirstOrThrow({ where: { operatorId: id } })
    expect(JSON.stringify(stored)).not.toContain(text)
    await follow(text)
    const { passwordHash } = await db().operator.findUniqueOrThrow({ where: { id } })
    const replies: Reply[] = [await call(teamOperations.list, { token, query: { limit: '500' } }), await call(teamOperations.read, { token, params: { id } }), await call(teamOperations.followLink, { body: { token: text, password: PASSWORD }, headers: browser })]
    const everything = JSON.stringify([replies, await db().auditEntry.findMany()], (_, value: unknown) => (typeof value === 'bigint' ? Number(value) : value))
    expect(everything).toContain('operator.join')
    for (const secret of [text, stored.linkHash, PASSWORD, String(passwordHash)]) expect(everything).not.toContain(secret)
  })

  it('30 tries of one address in 15 minutes, then no more', async () => {
    const source = { ...nobody(from()).source, address: '203.0.113.77' }
    // Within one window: the time is the test's own.
    const now = new Date(Math.floor(Date.now() / 900_000) * 900_000 + 60_000)
    const codes: unknown[] = []
    for (let index = 0; index < 32; index += 1) codes.push(await lookAtLink(source, { token: 'x'.repeat(43) }, now).catch((error: { code: string }) => error.code))
    expect(codes.slice(28)).toEqual(['link-ended', 'link-ended', 'too-many-requests', 'too-many-requests'])
  })
})
