import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { db } from '@/lib/db/client'
import { startInstallation, type Installation } from '@/lib/testing/installation'
import type { RequestSource } from './actor'
import { createFirstOwner, createOwner, createSetUpLink, setUp } from './create-owner'
import { consoleActor } from './actor'
import { actorOfToken, createToken } from './api-tokens'
import { isCommonPassword } from './common-passwords'
import { actorOfSession } from './sessions'
import { signIn } from './sign-in'
import { signOut } from './sign-out'

const PASSWORD = 'granite-otter-violin-92'
const from = (address: string): RequestSource => ({ address, requestId: crypto.randomUUID(), userAgent: 'test' })
const now = () => new Date()
let installation: Installation
beforeAll(async () => void (installation = await startInstallation()))
afterAll(() => installation.end())

describe('the first run', () => {
  it('makes exactly one owner of two at once, and the link works once', async () => {
    const link = await createSetUpLink(now())
    const input = (name: string) => ({ token: link?.reveal() ?? '', name, email: `${name}@nordwall.example`, password: PASSWORD })
    const outcomes = await Promise.allSettled([setUp(from('203.0.113.1'), input('mira'), now()), setUp(from('203.0.113.2'), input('jonas'), now())])
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await db().operator.count()).toBe(1)
    await expect(setUp(from('203.0.113.3'), input('sara'), now())).rejects.toMatchObject({ code: 'set-up-closed' })
    expect(await createSetUpLink(now())).toBeNull()
    expect(await createFirstOwner({ name: 'x', email: 'x@nordwall.example', password: PASSWORD })).toBe(false)
  })

  it('refuses an expired link and a common password', async () => {
    await db().session.deleteMany({})
    await db().operator.deleteMany({})
    const link = await createSetUpLink(new Date(Date.now() - 31 * 60_000))
    const input = { token: link?.reveal() ?? '', name: 'mira', email: 'mira@nordwall.example', password: PASSWORD }
    await expect(setUp(from('203.0.113.1'), input, now())).rejects.toMatchObject({ code: 'set-up-closed' })
    const fresh = await createSetUpLink(now())
    await expect(setUp(from('203.0.113.1'), { ...input, token: fresh?.reveal() ?? '', password: 'password12345678' }, now())).rejects.toMatchObject({ code: 'invalid-input' })
    await setUp(from('203.0.113.1'), { ...input, token: fresh?.reveal() ?? '' }, now())
  })
})

describe('sign-in', () => {
  const good = { email: 'mira@nordwall.example', password: PASSWORD }

  it('starts a session that every request checks, and ends it for good', async () => {
    const one = await signIn(good, from('198.51.100.1'), now())
    const two = await signIn(good, from('198.51.100.1'), now())
    if (!one || !two) throw new Error('not signed in')
    expect(one.sessionId).not.toBe(two.sessionId)
    expect(await actorOfSession(one.sessionId, from('198.51.100.1'), now())).toMatchObject({ grants: [], proof: { owes: 'enrol', at: null } })
    await signOut(one, from('198.51.100.1'))
    expect(await actorOfSession(one.sessionId, from('198.51.100.1'), now())).toBeNull()
    expect(await actorOfSession(two.sessionId, from('198.51.100.1'), now())).not.toBeNull()
  })

  it('ends an owner after an idle hour and everyone after a day', async () => {
    const session = await signIn(good, from('198.51.100.2'), now())
    if (!session) throw new Error('not signed in')
    const later = (minutes: number) => new Date(Date.now() + minutes * 60_000)
    expect(await actorOfSession(session.sessionId, from('198.51.100.2'), later(61))).toBeNull()
    for (let minutes = 50; minutes < 24 * 60; minutes += 50) expect(await actorOfSession(session.sessionId, from('198.51.100.2'), later(minutes))).not.toBeNull()
    expect(await actorOfSession(session.sessionId, from('198.51.100.2'), later(24 * 60 + 1))).toBeNull()
  })

  it('ends with the operator being disabled', async () => {
    const session = await signIn(good, from('198.51.100.3'), now())
    await db().operator.updateMany({ data: { disabledAt: now() } })
    expect(await actorOfSession(session?.sessionId ?? '', from('198.51.100.3'), now())).toBeNull()
    expect(await signIn(good, from('198.51.100.3'), now())).toBeNull()
    await db().operator.updateMany({ data: { disabledAt: null } })
  })

  it('answers unknown accounts and wrong passwords alike', async () => {
    expect(await signIn({ ...good, password: 'wrong-wrong-wrong' }, from('198.51.100.4'), now())).toBeNull()
    expect(await signIn({ email: 'nobody@nordwall.example', password: 'wrong-wrong-wrong' }, from('198.51.100.4'), now())).toBeNull()
  })

  it('limits guesses per account whatever the addresses, and per address whatever the accounts', async () => {
    const victim = 'victim@nordwall.example'
    const tries = await Promise.all(Array.from({ length: 14 }, (_, index) => signIn({ email: victim, password: 'guess' }, from(`192.0.2.${index}`), now()).catch((error: { code: string }) => error.code)))
    expect(tries.filter((answer) => answer === 'too-many-requests').length).toBeGreaterThanOrEqual(4)
    const spray: unknown[] = []
    for (let index = 0; index < 34; index += 1) spray.push(await signIn({ email: `a${index}@nordwall.example`, password: 'guess' }, from('192.0.2.200'), now()).catch((error: { code: string }) => error.code))
    expect(spray.slice(30)).toEqual(Array(4).fill('too-many-requests'))
  })
})

describe('tokens', () => {
  it('are shown once, kept as a hash, bound to role, customer and time, and end with their operator', async () => {
    const customer = await db().customer.create({ data: { name: 'Pinewood Schools' } })
    const token = await createToken(consoleActor(), { email: 'mira@nordwall.example', role: 'viewer', customers: ['Pinewood Schools'], days: 1 }, now())
    expect(token.reveal()).toMatch(/^pal_[\w-]{43}$/)
    expect(JSON.stringify(await db().apiToken.findMany())).not.toContain(token.reveal())
    expect((await actorOfToken(token.reveal(), from('192.0.2.1'), now()))?.grants).toEqual([{ role: 'viewer', customerId: customer.id }])
    const live = await db().apiToken.findFirstOrThrow()
    await db().apiToken.updateMany({ data: { expiresAt: new Date(Date.now() - 1_000) } })
    expect(await actorOfToken(token.reveal(), from('192.0.2.1'), now())).toBeNull()
    await db().apiToken.updateMany({ data: { expiresAt: live.expiresAt, revokedAt: now() } })
    expect(await actorOfToken(token.reveal(), from('192.0.2.1'), now())).toBeNull()
    await db().apiToken.updateMany({ data: { revokedAt: null } })
    expect(await actorOfToken('pal_nonsense', from('192.0.2.1'), now())).toBeNull()
    await db().operator.updateMany({ data: { disabledAt: now() } })
    expect(await actorOfToken(token.reveal(), from('192.0.2.1'), now())).toBeNull()
    await db().operator.updateMany({ data: { disabledAt: null } })
  })
  it('can add an owner from the console', async () => {
    await createOwner(consoleActor(), { name: 'Jonas', email: 'jonas@nordwall.example', password: PASSWORD })
    await expect(createOwner(consoleActor(), { name: 'Jonas', email: 'jonas@nordwall.example', password: PASSWORD })).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('common passwords', () => {
  it.each(['passwordpassword', '123456789012345', 'qwertyuiopasdfgh', 'aaaaaaaaaaaaaaaa', 'abcabcabcabcabcabc', 'Welcome2Palisade!', 'correcthorsebatterystaple', 'iloveyouiloveyou', 'P@ssw0rdP@ssw0rd', 'firewallfirewall1'])('refuses %s', (password) => {
    expect(isCommonPassword(password)).toBe(true)
  })
  it.each([PASSWORD, 'tallow sprocket heron dusk', 'x9!kQvR7#mZp2LwT', 'vier rote Kraniche fliegen'])('accepts %s', (password) => {
    expect(isCommonPassword(password)).toBe(false)
  })
  it('refuses a password made of the own name', () => {
    expect(isCommonPassword('miralindqvist2026', ['mira.lindqvist@nordwall.example'])).toBe(true)
  })
})
