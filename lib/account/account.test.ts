import { create } from 'qrcode'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { accountOperations } from '@/lib/api/account'
import { systemOperations } from '@/lib/api/system'
import { consoleActor, type Actor } from '@/lib/auth/actor'
import { prove } from '@/lib/auth/prove'
import { signIn } from '@/lib/auth/sign-in'
import { db } from '@/lib/db/client'
import { call, tokenOf } from '@/lib/testing/api-client'
import { startInstallation, type Installation } from '@/lib/testing/installation'
import { account, actorOf, browserOf, codeAt, enrolFactor, forgetTries, from, PASSWORD, sessionOf, type Account } from '@/lib/testing/people'
import { browserName } from './browser-name'
import { changePassword } from './change-password'
import { confirmSecondFactor } from './confirm-second-factor'
import { newRecoveryCodes } from './new-recovery-codes'
import { newSecondFactor } from './new-second-factor'
import { qrPath } from './qr-path'
import { removeSecondFactor } from './remove-second-factor'
import { endOtherSessions, listOwnSessions } from './sessions'

let installation: Installation
beforeAll(async () => void (installation = await startInstallation()))
afterAll(() => installation.end())
beforeEach(forgetTries)

const BETTER = 'tallow sprocket heron dusk'
const soon = () => new Date(Date.now() + 30_000)
const is = async (sessionId: string) => (await call(systemOperations.me, { headers: await browserOf(sessionId) })).status
const entriesOf = async ({ id }: Account, action: string) => (await db().auditEntry.findMany({ where: { targetId: id, action }, orderBy: { entry: 'asc' } })).map(({ result }) => result)
const demand = (secondFactorFor: string) => db().settings.update({ where: { id: 1 }, data: { secondFactorFor } })

describe('setting up a second factor', () => {
  it('is the only thing that an owner without one can do, and opens everything else', async () => {
    const person = await account('owner')
    const sessionId = await sessionOf(person)
    const headers = await browserOf(sessionId)
    const others = [await sessionOf(person), await sessionOf(person)]
    expect((await call(systemOperations.me, { headers })).body).toMatchObject({ owes: 'enrol', scopes: [] })
    for (const spec of [accountOperations.read, accountOperations.listSessions]) expect(await call(spec, { headers })).toMatchObject({ status: 401, body: { code: 'second-factor-required', owes: 'enrol' } })
    const made = await call(accountOperations.newSecondFactor, { headers, body: {} })
    expect(made.body).toMatchObject({ secret: expect.stringMatching(/^[A-Z2-7]{32}$/) as string, uri: expect.stringMatching(/^otpauth:\/\/totp\/Palisade:signs\.in\.\d+%40nordwall\.example\?issuer=Palisade&secret=[A-Z2-7]{32}&algorithm=SHA1&digits=6&period=30$/) as string })
    const secret = String(made.body.secret)
    expect((await call(accountOperations.confirmSecondFactor, { headers, body: { code: codeAt(secret, new Date(), 5) } })).body).toMatchObject({ status: 400, issues: [{ field: 'code' }] })
    const confirmed = await call(accountOperations.confirmSecondFactor, { headers, body: { code: codeAt(secret, new Date()).replace(/^.../, '$& ') } })
    expect(confirmed.status).toBe(200)
    expect((await call(systemOperations.me, { headers })).body).toMatchObject({ owes: null, role: 'owner', stepUp: { proof: 'code', freshUntil: expect.any(String) as string } })
    expect((await call(accountOperations.read, { headers })).body).toMatchObject({ secondFactor: { on: true, demanded: true, recoveryCodesLeft: 10 } })
    for (const other of others) expect(await is(other)).toBe(401)
    expect(await entriesOf(person, 'operator.second-factor.add')).toEqual(['intent', 'refused', 'done'])
  })

  it('shows ten codes once; neither they nor the secret are stored or audited as they are', async () => {
    const person = await account('owner')
    const { secret, recoveryCodes } = await enrolFactor(person)
    expect(new Set(recoveryCodes).size).toBe(10)
    for (const code of recoveryCodes) expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/)
    const stored = JSON.stringify([await db().secondFactor.findMany(), await db().recoveryCode.findMany(), await db().auditEntry.findMany({ select: { canonical: true } })])
    for (const text of [secret, ...recoveryCodes, ...recoveryCodes.map((code) => code.replaceAll('-', ''))]) expect(stored).not.toContain(text)
  })

  it('is refused to a session that owes a code of the present one, to tokens, and after a quarter of an hour', async () => {
    const person = await account('owner')
    const { secret, sessionId } = await enrolFactor(person)
    const pending = await actorOf(await sessionOf(person))
    await expect(newSecondFactor(pending, new Date())).rejects.toMatchObject({ code: 'second-factor-required', details: { owes: 'code' } })
    const made = await newSecondFactor(await actorOf(sessionId), new Date())
    await expect(confirmSecondFactor(pending, { code: codeAt(made.secret, new Date()) }, new Date())).rejects.toMatchObject({ code: 'second-factor-required' })
    const late = new Date(Date.now() + 16 * 60_000)
    await expect(confirmSecondFactor(await actorOf(sessionId), { code: codeAt(made.secret, late) }, late)).rejects.toMatchObject({ code: 'conflict' })
    const token = await tokenOf(await actorOf(sessionId), 'owner')
    for (const spec of [accountOperations.newSecondFactor, accountOperations.removeSecondFactor, accountOperations.newRecoveryCodes, accountOperations.endOthers]) expect((await call(spec, { token, body: {} })).body.code).toBe('forbidden')
    expect(await db().secondFactor.count({ where: { operatorId: person.id } })).toBe(1)
    expect((await prove(await sessionOf(person), { code: codeAt(secret, soon()) }, from('203.0.113.9'), soon()))?.sessionId).toBeDefined()
  })

  it('keeps the present one in force until the new one gives its first code', async () => {
    const person = await account('owner')
    const { secret, sessionId, recoveryCodes } = await enrolFactor(person)
    const made = await newSecondFactor(await actorOf(sessionId), new Date())
    const opens = async (given: string, now: Date) => (await prove(await sessionOf(person), { code: given }, from('203.0.113.9'), now)) !== null
    expect(await opens(codeAt(made.secret, soon()), soon())).toBe(false)
    expect(await opens(codeAt(secret, soon()), soon())).toBe(true)
    await confirmSecondFactor(await actorOf(sessionId), { code: codeAt(made.secret, new Date()) }, new Date())
    const later = new Date(Date.now() + 90_000)
    expect(await opens(codeAt(secret, later), later)).toBe(false)
    expect(await opens(recoveryCodes[0] ?? '', later)).toBe(false)
    expect(await opens(codeAt(made.secret, later), later)).toBe(true)
  })

  it('that is confirmed by two sessions at once is made once', async () => {
    const person = await account('owner')
    const sessions = [await sessionOf(person), await sessionOf(person)]
    const { secret } = await newSecondFactor(await actorOf(sessions[0] ?? ''), new Date())
    const code = codeAt(secret, new Date())
    const outcomes = await Promise.allSettled(sessions.map(async (sessionId) => confirmSecondFactor(await actorOf(sessionId), { code }, new Date())))
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect((await Promise.all(sessions.map(is))).sort()).toEqual([200, 401])
  })

  it('wants a fresh proof from who needs none', async () => {
    const person = await account('viewer')
    const sessionId = await sessionOf(person)
    const later = new Date(Date.now() + 6 * 60_000)
    await expect(newSecondFactor(await actorOf(sessionId, later), later)).rejects.toMatchObject({ code: 'step-up-required', details: { proof: 'password' } })
    expect((await newSecondFactor(await actorOf(sessionId), new Date())).qr.size).toBeGreaterThan(20)
  })
})

describe('having a second factor', () => {
  it('ends only where none is demanded, and with a fresh proof', async () => {
    const [owner, viewer] = [await account('owner'), await account('viewer')]
    const [own, other] = [await enrolFactor(owner), await enrolFactor(viewer)]
    await expect(removeSecondFactor(await actorOf(own.sessionId), new Date())).rejects.toMatchObject({ code: 'conflict', message: 'Your role needs a second factor here, so it stays.' })
    const late = new Date(Date.now() + 6 * 60_000)
    await expect(removeSecondFactor(await actorOf(other.sessionId, late), late)).rejects.toMatchObject({ code: 'step-up-required' })
    expect(await removeSecondFactor(await actorOf(other.sessionId), new Date())).toMatchObject({ secondFactor: { on: false, recoveryCodesLeft: 0 } })
    expect(await db().recoveryCode.count({ where: { operatorId: viewer.id } })).toBe(0)
    await expect(removeSecondFactor(await actorOf(other.sessionId), new Date())).rejects.toMatchObject({ code: 'conflict' })
    expect(await entriesOf(viewer, 'operator.second-factor.remove')).toEqual(['done'])
  })

  it('gives new recovery codes, which end the old', async () => {
    const person = await account('owner')
    const { recoveryCodes, sessionId } = await enrolFactor(person)
    const { codes } = await newRecoveryCodes(await actorOf(sessionId), new Date())
    expect(codes.filter((code) => recoveryCodes.includes(code))).toEqual([])
    expect(await prove(await sessionOf(person), { code: recoveryCodes[0] }, from('203.0.113.9'), new Date())).toBeNull()
    expect(await prove(await sessionOf(person), { code: codes[0] }, from('203.0.113.9'), new Date())).not.toBeNull()
    await expect(newRecoveryCodes(await actorOf(await sessionOf(await account('viewer'))), new Date())).rejects.toMatchObject({ code: 'conflict' })
  })

  it('is asked of running sessions once the rule becomes stricter', async () => {
    const sessionId = await sessionOf(await account('viewer'))
    expect((await actorOf(sessionId)).proof.owes).toBeNull()
    await demand('everyone')
    expect(await actorOf(sessionId)).toMatchObject({ grants: [], proof: { owes: 'enrol' } })
    await demand('admins')
    expect((await actorOf(sessionId)).proof.owes).toBeNull()
  })
})

describe('name and password', () => {
  it('changes the name in the account and in new audit entries', async () => {
    const person = await account('viewer')
    const headers = await browserOf(await sessionOf(person))
    expect((await call(accountOperations.changeName, { headers, body: { name: '  Ida Brandt ' } })).body).toMatchObject({ name: 'Ida Brandt', email: person.email })
    expect((await call(accountOperations.changeName, { headers, body: { name: ' ' } })).status).toBe(400)
    expect((await db().auditEntry.findFirst({ where: { action: 'operator.name.change', targetId: person.id } }))?.canonical).toContain('"after":{"name":"Ida Brandt"}')
  })

  it('a new password wants the present one, ends every other session and open links, and leaves this one', async () => {
    const person = await account('viewer')
    const [own, other] = [await sessionOf(person), await sessionOf(person)]
    const change = async (currentPassword: string, password: string) => changePassword(await actorOf(own), { currentPassword, password }, new Date())
    await db().accessLink.create({ data: { linkHash: 'x', operatorId: person.id, purpose: 'reset', createdAt: new Date(), expiresAt: soon(), createdByName: 'x' } })
    await expect(change('wrong-wrong-wrong', BETTER)).rejects.toMatchObject({ code: 'invalid-input', details: { issues: [{ field: 'currentPassword' }] } })
    await expect(change(PASSWORD, 'password12345678')).rejects.toMatchObject({ details: { issues: [{ field: 'password' }] } })
    expect(await is(other)).toBe(200)
    expect((await change(PASSWORD, BETTER)).passwordChangedAt).not.toBeNull()
    expect([await is(own), await is(other)]).toEqual([200, 401])
    expect(await db().accessLink.count({ where: { operatorId: person.id } })).toBe(0)
    expect(await signIn({ email: person.email, password: PASSWORD }, from('203.0.113.1'), new Date())).toBeNull()
    expect(await signIn({ email: person.email, password: BETTER }, from('203.0.113.1'), new Date())).not.toBeNull()
    expect(await entriesOf(person, 'operator.password.change')).toEqual(['refused', 'done'])
  })

  it('a session that somebody found open cannot guess the password', async () => {
    const person = await account('viewer')
    const actor = await actorOf(await sessionOf(person))
    const [answers, now]: [unknown[], Date] = [[], new Date()]
    for (let guess = 0; guess < 6; guess += 1) answers.push(await changePassword(actor, { currentPassword: `guess ${guess}`, password: BETTER }, now).catch((error: { code: string }) => error.code))
    expect(answers).toEqual([...Array(5).fill('invalid-input'), 'too-many-requests'])
  })
})

describe('own sessions', () => {
  const CHROME = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36'

  it('are listed with browser, place, last use and end, without those that are over', async () => {
    const person = await account('viewer')
    const now = new Date()
    const signedIn = await signIn({ email: person.email, password: PASSWORD }, from('198.51.100.7', CHROME), now)
    const over = await sessionOf(person)
    await db().session.update({ where: { id: over }, data: { lastSeenAt: new Date(now.getTime() - 9 * 3_600_000) } })
    const { items } = await listOwnSessions(await actorOf(signedIn?.sessionId ?? ''), now)
    expect(items).toEqual([{ id: signedIn?.sessionId, isThis: true, browser: 'Chrome 131 on Windows', address: '198.51.100.7', lastAddress: '198.51.100.7', createdAt: now.toISOString(), lastSeenAt: now.toISOString(), endsAt: new Date(now.getTime() + 8 * 3_600_000).toISOString(), secondFactor: false }])
  })

  it('end one by one or all others at once, at their next request; those of others are like none', async () => {
    const [person, stranger] = [await account('viewer'), await account('viewer')]
    const [own, second, third, foreign] = [await sessionOf(person), await sessionOf(person), await sessionOf(person), await sessionOf(stranger)]
    const end = async (id: string) => call(accountOperations.endSession, { headers: await browserOf(own), params: { id }, body: {} })
    expect(await is(second)).toBe(200)
    expect((await end(second)).body).toMatchObject({ items: [{}, {}] })
    expect([await is(second), await is(third)]).toEqual([401, 200])
    const [unknown, others] = [await end('00000000-0000-4000-8000-000000000000'), await end(foreign)]
    expect([others.status, { ...others.body, requestId: '' }]).toEqual([404, { ...unknown.body, requestId: '' }])
    expect((await end(own)).status).toBe(409)
    expect((await end(second)).status).toBe(404)
    expect((await endOtherSessions(await actorOf(own), new Date())).items).toMatchObject([{ id: own, isThis: true }])
    expect([await is(third), await is(foreign), await is(own)]).toEqual([401, 200, 200])
    expect(await entriesOf(person, 'session.revoke')).toEqual(['done', 'done'])
  })

  it('that just begin do not escape when all are ended', async () => {
    const person = await account('viewer')
    const own = await actorOf(await sessionOf(person))
    const begun = (await Promise.all([...Array.from({ length: 5 }, () => sessionOf(person)), endOtherSessions(own, new Date()).then(() => null)])).filter((id) => id !== null)
    await endOtherSessions(own, new Date())
    expect(await Promise.all(begun.map(is))).toEqual(Array(5).fill(401))
  })

  it.each([
    [CHROME, 'Chrome 131 on Windows'],
    ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15', 'Safari 18 on macOS'],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0', 'Firefox 133 on Linux'],
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.2903.51', 'Microsoft Edge 131 on Windows'],
    ['', 'Unknown browser'],
    [null, 'Unknown browser'],
  ])('name the browser of %j', (userAgent, name) => expect(browserName(userAgent)).toBe(name))

  it('show nothing that turns text, and no novel', () => {
    const name = browserName(`${'\u202e'}evil${'x'.repeat(500)}/1.0 `)
    expect(name.length).toBeLessThanOrEqual(60)
    expect(name).not.toContain('\u202e')
  })
})

describe('the picture for the authenticator', () => {
  it('has a rectangle for each dark run, and nothing else', () => {
    const text = 'otpauth://totp/Palisade:a%40nordwall.example?issuer=Palisade&secret=ABCDEFGHIJKLMNOPQRSTUVWXYZ234567&algorithm=SHA1&digits=6&period=30'
    const { size, path } = qrPath(text)
    const { modules } = create(text, { errorCorrectionLevel: 'M' })
    const dark = new Set<string>()
    for (const [, x, y, length, back] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-(\d+)z/g)) {
      expect(back).toBe(length)
      for (let at = 0; at < Number(length); at += 1) dark.add(`${Number(x) + at} ${y}`)
    }
    expect(path.replace(/M\d+ \d+h\d+v1h-\d+z/g, '')).toBe('')
    const expected = Array.from({ length: size * size }, (_, at) => [at % size, Math.floor(at / size)] as const).filter(([x, y]) => modules.get(y, x) === 1)
    expect([...dark].sort()).toEqual(expected.map(([x, y]) => `${x} ${y}`).sort())
  })
})

describe('what is not a person', () => {
  it('has no account', async () => {
    const actor: Actor = consoleActor()
    await expect(listOwnSessions(actor, new Date())).rejects.toMatchObject({ code: 'forbidden' })
  })
})
