import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { db } from '@/lib/db/client'
import { startInstallation, type Installation } from '@/lib/testing/installation'
import { account, actorOf, codeAt, enrolFactor, forgetTries, from, PASSWORD, sessionOf } from '@/lib/testing/people'
import { acceptCode } from './accept-code'
import { prove } from './prove'
import { actorOfSession } from './sessions'
import { signIn } from './sign-in'
import { requireStepUp } from './step-up'

const STEP_MS = 30_000
let installation: Installation
beforeAll(async () => void (installation = await startInstallation()))
afterAll(() => installation.end())
beforeEach(forgetTries)

const source = from('203.0.113.9')
const prover = (sessionId: string, now: Date) => (code: string) => prove(sessionId, { code }, source, now).catch((error: { code: string }) => error.code)
const isSession = (answer: unknown): answer is { sessionId: string } => typeof answer === 'object' && answer !== null
const fullSessions = (operatorId: string, after: Date) => db().session.count({ where: { operatorId, secondFactorAt: { gte: after }, revokedAt: null } })
/** Some seconds after the moment of enrolment, in a step of which no code was used. */
const later = (now: Date) => new Date(now.getTime() + STEP_MS)
const refusals = (operatorId: string, action: string) => db().auditEntry.count({ where: { action, targetId: operatorId, result: 'refused' } })

describe('a code of the authenticator', () => {
  it('opens the session that owes it, in a new row; the id from before is worth nothing', async () => {
    const person = await account('owner')
    const { secret } = await enrolFactor(person)
    const now = new Date()
    const pending = await sessionOf(person)
    expect(await actorOf(pending)).toMatchObject({ grants: [], proof: { method: 'code', at: null, owes: 'code' } })
    const askedMs = Date.now()
    const proven = await prove(pending, { code: codeAt(secret, now) }, source, now)
    const answeredMs = Date.now()
    expect(proven?.sessionId).not.toBe(pending)
    expect(await actorOf(proven?.sessionId ?? '')).toMatchObject({ grants: [{ role: 'owner', customerId: null }], proof: { method: 'code', at: now, owes: null } })
    expect(await actorOf(pending)).toMatchObject({ grants: [], proof: { owes: 'code' } })
    // Ten seconds for the calls under way, then nothing at all.
    const { revokedAt } = await db().session.findUniqueOrThrow({ where: { id: pending } })
    // The clock of the database is that of another process: a second beside the call that set it.
    expect(revokedAt?.getTime()).toBeGreaterThan(askedMs + 9_000)
    expect(revokedAt?.getTime()).toBeLessThan(answeredMs + 11_000)
    await db().$executeRaw`UPDATE "Session" SET "revokedAt" = "revokedAt" - interval '10 s' WHERE id = ${pending}::uuid`
    expect(await actorOfSession(pending, source, now)).toBeNull()
    await expect(prove(pending, { code: codeAt(secret, now, 1) }, source, now)).rejects.toMatchObject({ code: 'unauthenticated' })
    expect(await db().auditEntry.count({ where: { action: 'session.second-factor', targetId: person.id } })).toBe(1)
  })

  it('counts one step before and after the present one, no further', async () => {
    const person = await account('owner')
    const { secret } = await enrolFactor(person)
    const now = later(new Date())
    const accepts = async (steps: number) => {
      await db().secondFactor.updateMany({ where: { operatorId: person.id }, data: { lastStep: 0 } })
      return (await acceptCode(db(), person.id, codeAt(secret, now, steps), now)) !== null
    }
    const answers = []
    for (const steps of [-3, -2, -1, 0, 1, 2, 3]) answers.push(await accepts(steps))
    expect(answers).toEqual([false, false, true, true, true, false, false])
  })

  it('works once: not again, not after a later one, in no other session', async () => {
    const person = await account('owner')
    const { secret } = await enrolFactor(person)
    const now = later(new Date())
    const [code, earlier] = [codeAt(secret, now), codeAt(secret, now, -1)]
    const [one, two] = [await sessionOf(person), await sessionOf(person)]
    expect(isSession(await prover(one, now)(code))).toBe(true)
    expect(await prover(two, now)(code)).toBeNull()
    expect(await prover(two, now)(earlier)).toBeNull()
    expect(await refusals(person.id, 'session.second-factor-refused')).toBe(2)
    expect(await fullSessions(person.id, now)).toBe(1)
  })

  it('that is sent 100 times at once by 100 sessions opens exactly one', async () => {
    const person = await account('owner')
    const { secret } = await enrolFactor(person)
    const now = later(new Date())
    const createdAt = new Date()
    await db().session.createMany({ data: Array.from({ length: 100 }, () => ({ operatorId: person.id, createdAt, lastSeenAt: createdAt })) })
    const pending = await db().session.findMany({ where: { operatorId: person.id, secondFactorAt: null } })
    expect(pending).toHaveLength(100)
    const answers = await Promise.all(pending.map(({ id }) => prover(id, now)(codeAt(secret, now))))
    expect(answers.filter(isSession)).toHaveLength(1)
    expect(await fullSessions(person.id, now)).toBe(1)
    expect(await db().auditEntry.count({ where: { action: 'session.second-factor', targetId: person.id } })).toBe(1)
  })

  it('that is sent 100 times at once by one session opens exactly one', async () => {
    const person = await account('owner')
    const { secret } = await enrolFactor(person)
    const now = later(new Date())
    const pending = await sessionOf(person)
    const answers = await Promise.all(Array.from({ length: 100 }, () => prover(pending, now)(codeAt(secret, now))))
    expect(answers.filter(isSession)).toHaveLength(1)
    expect(await fullSessions(person.id, now)).toBe(1)
  })

  it('is used up once of 100 at once also where no limit stands in front', async () => {
    const person = await account('owner')
    const { secret } = await enrolFactor(person)
    const now = later(new Date())
    const answers = await Promise.all(Array.from({ length: 100 }, () => acceptCode(db(), person.id, codeAt(secret, now), now)))
    expect(answers.filter((answer) => answer !== null)).toEqual(['authenticator'])
  })

  it('may be tried 5 times in 15 minutes; a right one starts anew', async () => {
    const person = await account('owner')
    const { secret } = await enrolFactor(person)
    const now = later(new Date(Math.ceil(Date.now() / 900_000) * 900_000))
    const attempt = async (code: string) => prover(await sessionOf(person, now), now)(code)
    for (let wrong = 0; wrong < 4; wrong += 1) expect(await attempt('no such code')).toBeNull()
    expect(isSession(await attempt(codeAt(secret, now)))).toBe(true)
    for (let wrong = 0; wrong < 5; wrong += 1) expect(await attempt('no such code')).toBeNull()
    expect(await attempt(codeAt(secret, now, 1))).toBe('too-many-requests')
    const quarter = new Date(now.getTime() + 900_000)
    expect(isSession(await prover(await sessionOf(person, quarter), quarter)(codeAt(secret, quarter)))).toBe(true)
  })

  it('is worth nothing for somebody else, or when the account is disabled meanwhile', async () => {
    const [person, other] = [await account('owner'), await account('owner')]
    const [{ secret }] = [await enrolFactor(person), await enrolFactor(other)]
    const now = later(new Date())
    expect(await prover(await sessionOf(other), now)(codeAt(secret, now))).toBeNull()
    const pending = await sessionOf(person)
    await db().operator.update({ where: { id: person.id }, data: { disabledAt: now } })
    expect(await prover(pending, now)(codeAt(secret, now))).toBe('unauthenticated')
    // A sealed secret that was moved to another row does not open.
    const { secretSealed } = await db().secondFactor.findUniqueOrThrow({ where: { operatorId: person.id } })
    await db().secondFactor.update({ where: { operatorId: other.id }, data: { secretSealed } })
    await expect(acceptCode(db(), other.id, codeAt(secret, now, 1), now)).rejects.toMatchObject({ code: 'internal' })
    expect(secretSealed).not.toContain(secret)
  })
})

describe('a recovery code', () => {
  it('stands in for the authenticator once, however it is written', async () => {
    const person = await account('owner')
    const { recoveryCodes } = await enrolFactor(person)
    const [first = '', second = ''] = recoveryCodes
    const now = new Date()
    expect(isSession(await prover(await sessionOf(person), now)(first))).toBe(true)
    expect(await prover(await sessionOf(person), now)(first)).toBeNull()
    expect(isSession(await prover(await sessionOf(person), now)(` ${second.toLowerCase().replaceAll('-', ' ')}`))).toBe(true)
    const entries = await db().auditEntry.findMany({ select: { action: true, canonical: true } })
    expect(entries.find(({ action, canonical }) => action === 'session.second-factor' && canonical.includes(person.id))?.canonical).toContain('"proof":"recovery"')
    expect(JSON.stringify(entries)).not.toContain(first)
  })

  it('that is sent 20 times at once is taken once', async () => {
    const person = await account('owner')
    const { recoveryCodes } = await enrolFactor(person)
    const now = new Date()
    const alone = await Promise.all(Array.from({ length: 20 }, () => acceptCode(db(), person.id, recoveryCodes[0] ?? '', now)))
    expect(alone.filter((answer) => answer !== null)).toEqual(['recovery'])
    const sessions = await Promise.all(Array.from({ length: 4 }, () => sessionOf(person)))
    const answers = await Promise.all(Array.from({ length: 20 }, (_, at) => prover(sessions[at % 4] ?? '', now)(recoveryCodes[1] ?? '')))
    expect(answers.filter(isSession)).toHaveLength(1)
  })
})

describe('a step-up', () => {
  it('takes a code from who has a second factor, and not the password', async () => {
    const person = await account('owner')
    const { secret, sessionId } = await enrolFactor(person)
    const now = later(new Date(Date.now() + 6 * 60_000))
    const actor = await actorOf(sessionId, now)
    expect(() => requireStepUp(actor, 'token.create', now)).toThrow(expect.objectContaining({ code: 'step-up-required', details: expect.objectContaining({ proof: 'code' }) }))
    expect(await prove(sessionId, { password: PASSWORD }, source, now)).toBeNull()
    const proven = await prove(sessionId, { code: codeAt(secret, now) }, source, now)
    const renewed = await actorOf(proven?.sessionId ?? '', now)
    expect(() => requireStepUp(renewed, 'token.create', now)).not.toThrow()
    expect(await refusals(person.id, 'session.step-up-refused')).toBe(1)
    // The age of the session stays: a proof does not make it live longer.
    const rows = await db().session.findMany({ where: { id: { in: [sessionId, proven?.sessionId ?? ''] } } })
    expect(rows[0]?.createdAt).toEqual(rows[1]?.createdAt)
  })

  it('takes the password where there is no second factor and none is demanded, and nothing where one has to be made first', async () => {
    const [viewer, owner] = [await account('viewer'), await account('owner')]
    const now = new Date(Date.now() + 6 * 60_000)
    const sessionId = await sessionOf(viewer)
    await expect(actorOf(sessionId, now).then((actor) => requireStepUp(actor, 'token.create', now))).rejects.toMatchObject({ details: { proof: 'password' } })
    expect(await prove(sessionId, { password: 'wrong-wrong-wrong' }, source, now)).toBeNull()
    expect(await prove(sessionId, { code: '123456' }, source, now)).toBeNull()
    const proven = await prove(sessionId, { password: PASSWORD }, source, now)
    expect(await actorOf(proven?.sessionId ?? '', now)).toMatchObject({ proof: { method: 'password', at: now, owes: null } })
    await expect(prove(await sessionOf(owner), { password: PASSWORD }, source, now)).rejects.toMatchObject({ code: 'second-factor-required', details: { owes: 'enrol' } })
    await expect(prove(null, { password: PASSWORD }, source, now)).rejects.toMatchObject({ code: 'unauthenticated' })
  })
})

describe('without the audit log', () => {
  it('no session starts, none is renewed, and no code is used up', async () => {
    const [person, viewer] = [await account('owner'), await account('viewer')]
    const { secret } = await enrolFactor(person)
    const now = later(new Date())
    const pending = await sessionOf(person)
    const before = await db().session.findMany({ orderBy: { id: 'asc' } })
    await db().$executeRaw`CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$`
    await db().$executeRaw`CREATE TRIGGER no_room BEFORE INSERT ON "AuditEntry" FOR EACH STATEMENT EXECUTE FUNCTION no_room()`
    await expect(signIn({ email: viewer.email, password: PASSWORD }, source, now)).rejects.toThrow()
    await expect(signIn({ email: viewer.email, password: 'wrong-wrong-wrong' }, source, now)).rejects.toThrow()
    await expect(prove(pending, { code: codeAt(secret, now) }, source, now)).rejects.toThrow()
    expect(await db().session.findMany({ orderBy: { id: 'asc' } })).toEqual(before)
    await db().$executeRaw`DROP TRIGGER no_room ON "AuditEntry"`
    expect(isSession(await prover(pending, now)(codeAt(secret, now)))).toBe(true)
  })
})
