// What a guesser learns and costs: counted at the driver and at the hash, whose behaviour stays as it is.
import { verify } from '@node-rs/argon2'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { changePassword } from '@/lib/account/change-password'
import { db } from '@/lib/db/client'
import { startInstallation, type Installation } from '@/lib/testing/installation'
import { account, actorOf, enrolFactor, forgetTries, from, PASSWORD, type Account } from '@/lib/testing/people'
import { deviceCookie, deviceIdOf } from './device-cookie'
import { signIn } from './sign-in'

vi.mock('@node-rs/argon2', { spy: true })
const comparisons = () => vi.mocked(verify).mock.calls.length

let installation: Installation
beforeAll(async () => void (installation = await startInstallation()))
afterAll(() => installation.end())
beforeEach(forgetTries)

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const WRONG = 'wrong-wrong-wrong'
const code = (error: { code: string }) => error.code
const statements: string[] = []

/** Runs something and says which statements reached PostgreSQL, and how many passwords were compared. */
async function counted(work: () => Promise<unknown>): Promise<{ answer: unknown; statements: string[]; comparisons: number }> {
  const query = vi.spyOn(pg.Client.prototype, 'query')
  const before = comparisons()
  const answer = await work()
  for (const [first] of query.mock.calls as unknown[][]) statements.push(typeof first === 'string' ? first : String((first as { text: string }).text))
  query.mockRestore()
  return { answer, statements: statements.splice(0), comparisons: comparisons() - before }
}

describe('a refused sign-in', () => {
  it('costs one comparison and the same statements, whoever is asked for', async () => {
    const enrolled = await account('owner')
    await enrolFactor(enrolled)
    const asked: Record<string, { email: string; password: string }> = {
      'no such account': { email: 'nobody@nordwall.example', password: WRONG },
      'a wrong password': { email: (await account('viewer')).email, password: WRONG },
      'a wrong password of someone with a second factor': { email: enrolled.email, password: WRONG },
      'a disabled account, wrong password': { email: (await account('viewer', { disabledAt: new Date() })).email, password: WRONG },
      'a disabled account, right password': { email: (await account('viewer', { disabledAt: new Date() })).email, password: PASSWORD },
      'one that was invited and has no password': { email: (await account('viewer', { joined: false })).email, password: WRONG },
    }
    const costs: Record<string, unknown> = {}
    for (const [who, given] of Object.entries(asked)) costs[who] = await counted(() => signIn(given, from('198.51.100.1'), new Date()))
    const first = costs['no such account'] as { statements: string[] }
    expect(first).toMatchObject({ answer: null, comparisons: 1 })
    expect(first.statements.length).toBeGreaterThan(3)
    expect(Object.values(costs)).toEqual(Array(6).fill(first))
  })

  it('costs nothing to compare once a limit is reached', async () => {
    const now = new Date()
    for (let guess = 0; guess < 10; guess += 1) expect(await signIn({ email: 'many@nordwall.example', password: WRONG }, from(`198.51.100.${guess}`), now)).toBeNull()
    const next = await counted(() => signIn({ email: 'many@nordwall.example', password: WRONG }, from('198.51.100.99'), now).catch(code))
    expect(next).toMatchObject({ answer: 'too-many-requests', comparisons: 0 })
  })
})

describe('a flood of guesses', () => {
  /** The person, in a browser that signed in before, and the guesses of one day from ten thousand addresses. */
  async function flood(victim: Account, known: string, start: Date): Promise<{ evaluated: number; letIn: number }> {
    const before = comparisons()
    let own = 0
    for (let at = 0; at < 10_000; at += 50) {
      const now = new Date(start.getTime() + (at / 10_000) * DAY_MS)
      await Promise.all(Array.from({ length: 50 }, (_, more) => signIn({ email: victim.email, password: `${WRONG} ${at + more}` }, from(`10.${(at + more) >> 8}.${(at + more) & 255}.1`), now).catch(code)))
      if (at % 2_500 !== 0) continue
      if (await signIn({ email: victim.email, password: PASSWORD }, from('203.0.113.7'), now, { deviceCookie: known })) own += 1
    }
    return { evaluated: comparisons() - before - own, letIn: own }
  }

  it('of 10,000 in a day from as many addresses has at most 100 looked at, and does not keep the person out', { timeout: 120_000 }, async () => {
    const victim = await account('owner')
    const start = new Date(Math.ceil(Date.now() / DAY_MS) * DAY_MS)
    const signedIn = await signIn({ email: victim.email, password: PASSWORD }, from('203.0.113.7'), new Date(start.getTime() - MINUTE_MS))
    const { evaluated, letIn } = await flood(victim, signedIn?.deviceCookie ?? '', start)
    process.stdout.write(`guesses of one day: 10000 tried, ${evaluated} evaluated; the known browser was let in ${letIn} of 4 times\n`)
    expect(evaluated).toBeLessThanOrEqual(100)
    expect(evaluated).toBeGreaterThan(50)
    expect(letIn).toBe(4)
    const end = new Date(start.getTime() + DAY_MS - 1)
    expect(await signIn({ email: victim.email, password: PASSWORD }, from('203.0.113.7'), end).catch(code)).toBe('too-many-requests')
  })

  it('of one IPv6 network counts as one address', async () => {
    const now = new Date()
    const answers = []
    for (let host = 0; host < 32; host += 1) answers.push(await signIn({ email: `v6.${host}@nordwall.example`, password: WRONG }, from(`2001:db8:1:2::${host.toString(16)}`), now).catch(code))
    expect(answers.slice(28)).toEqual([null, null, 'too-many-requests', 'too-many-requests'])
  })
})

describe('the cookie of a known browser', () => {
  const idOf = async (cookie: string, { id }: Account, now = new Date()) => deviceIdOf(cookie, await db().operator.findUniqueOrThrow({ where: { id } }), now)

  it('is renewed for the same browser and means nothing to another account, changed, or after 180 days', async () => {
    const [person, other] = [await account('viewer'), await account('viewer')]
    const first = (await signIn({ email: person.email, password: PASSWORD }, from('203.0.113.1'), new Date()))?.deviceCookie ?? ''
    const second = (await signIn({ email: person.email, password: PASSWORD }, from('203.0.113.1'), new Date(), { deviceCookie: first }))?.deviceCookie ?? ''
    const id = await idOf(first, person)
    expect(id).toMatch(/^[\w-]{24}$/)
    expect(await idOf(second, person)).toBe(id)
    expect(await idOf(first, other)).toBeNull()
    expect(await idOf(first, person, new Date(Date.now() + 180 * DAY_MS + MINUTE_MS))).toBeNull()
    const [version, device, expires = '', mac = ''] = first.split('.')
    const forged = [[version, device, String(Number(expires) + 1), mac], [version, `${device}x`, expires, mac], ['v2', device, expires, mac], [version, device, expires, mac.slice(0, 20)], [version, device, expires, ''], [version, device, expires, mac, 'x'], []]
    for (const parts of forged) expect(await idOf(parts.join('.'), person)).toBeNull()
    expect(await deviceIdOf(first, null, new Date())).toBeNull()
  })

  it('has a limit of its own', async () => {
    const person = await account('viewer')
    const now = new Date()
    const known = { deviceCookie: await deviceCookie(await db().operator.findUniqueOrThrow({ where: { id: person.id } }), null, now) }
    const answers = []
    for (let guess = 0; guess < 11; guess += 1) answers.push(await signIn({ email: person.email, password: WRONG }, from(`198.51.100.${guess}`), now, known).catch(code))
    expect(answers).toEqual([...Array(10).fill(null), 'too-many-requests'])
    expect(await signIn({ email: person.email, password: PASSWORD }, from('203.0.113.1'), now)).not.toBeNull()
  })

  it('ends with the password', async () => {
    const person = await account('viewer')
    const signedIn = await signIn({ email: person.email, password: PASSWORD }, from('203.0.113.1'), new Date())
    await changePassword(await actorOf(signedIn?.sessionId ?? ''), { currentPassword: PASSWORD, password: 'tallow sprocket heron dusk' }, new Date())
    expect(await idOf(signedIn?.deviceCookie ?? '', person)).toBeNull()
  })
})

describe('signing in again', () => {
  it('ends the session that the browser had', async () => {
    const person = await account('viewer')
    const first = await signIn({ email: person.email, password: PASSWORD }, from('203.0.113.1'), new Date())
    const second = await signIn({ email: person.email, password: PASSWORD }, from('203.0.113.1'), new Date(), { sessionId: first?.sessionId ?? null })
    await expect(actorOf(first?.sessionId ?? '')).rejects.toThrow('over')
    expect((await actorOf(second?.sessionId ?? '')).id).toBe(person.id)
  })

  it('writes down the last use and its address once a minute', async () => {
    const person = await account('viewer')
    const start = new Date()
    const { sessionId } = (await signIn({ email: person.email, password: PASSWORD }, from('203.0.113.1'), start)) ?? { sessionId: '' }
    const at = (seconds: number) => new Date(start.getTime() + seconds * 1000)
    const written = async (seconds: number) => (await counted(() => Promise.all(Array.from({ length: 5 }, () => actorOf(sessionId, at(seconds)))))).statements.filter((text) => /UPDATE/.test(text)).length
    expect(await written(59)).toBe(0)
    expect(await written(61)).toBeGreaterThan(0)
    expect(await written(62)).toBe(0)
    expect(await db().session.findUnique({ where: { id: sessionId } })).toMatchObject({ lastSeenAt: at(61), sourceAddress: '203.0.113.1', lastAddress: '203.0.113.9' })
  })
})
