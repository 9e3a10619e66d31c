// What a disabled or removed operator can still do: nothing.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startFleet, type Fleet } from '@/e2e/fake-firewalls/fleet'
import { firewallOperations } from '@/lib/api/firewalls'
import { systemOperations } from '@/lib/api/system'
import { teamOperations } from '@/lib/api/team'
import { hashPassword } from '@/lib/auth/password'
import { actorOfSession } from '@/lib/auth/sessions'
import { signIn } from '@/lib/auth/sign-in'
import { startCheck } from '@/lib/checks/start'
import { stepCheck } from '@/lib/checks/step'
import { db } from '@/lib/db/client'
import { call, tokenOf } from '@/lib/testing/api-client'
import { enrolled, must } from '@/lib/testing/enrolled'
import { aCustomer, owner, person, startInstallation, type Installation } from '@/lib/testing/installation'

const PASSWORD = 'granite-otter-violin-92'
const source = { address: '198.51.100.7', requestId: 'leaving-test', userAgent: 'test' }
let installation: Installation
let fleet: Fleet
let token: string
let customerId: string
let passwordHash: string
beforeAll(async () => {
  installation = await startInstallation()
  fleet = await startFleet()
  await db().settings.updateMany({ data: { secondFactorFor: 'nobody' } })
  token = await tokenOf(await owner(), 'owner')
  customerId = (await aCustomer('Loxley Councils')).id
  passwordHash = await hashPassword(PASSWORD)
})
afterAll(async () => {
  await fleet.stop()
  await installation.end()
})

async function someone() {
  const made = await person([{ role: 'operator', customerId }])
  await db().operator.update({ where: { id: made.id }, data: { passwordHash } })
  const session = await signIn({ email: made.email, password: PASSWORD }, source, new Date())
  if (!session) throw new Error('not signed in')
  return { ...made, sessionId: session.sessionId, token: await tokenOf(made, 'operator', 'Loxley Councils') }
}
const alive = async ({ sessionId, token }: Awaited<ReturnType<typeof someone>>) => [(await actorOfSession(sessionId, source, new Date())) !== null, (await call(systemOperations.me, { token })).status]
const etagOf = async (id: string) => String(must(await call(teamOperations.read, { token, params: { id } }), 200).body.etag)
const setDisabled = async (id: string, disabled: boolean) => must(await call(teamOperations.disable, { token, params: { id }, body: { disabled }, headers: { 'if-match': await etagOf(id) } }), 200)

describe('a disabled operator', () => {
  it('has no session and no token at once, and gets neither back by being enabled', async () => {
    const who = await someone()
    // One that was replaced a moment ago, and had some seconds left for calls under way.
    const replaced = await db().session.create({ data: { operatorId: who.id, createdAt: new Date(), lastSeenAt: new Date(), revokedAt: new Date(Date.now() + 10_000) } })
    expect(await alive(who)).toEqual([true, 200])
    const disabled = await setDisabled(who.id, true)
    expect(disabled.body).toMatchObject({ state: 'disabled', tokenCount: 0, link: null })
    expect(await alive(who)).toEqual([false, 401])
    expect(await signIn({ email: who.email, password: PASSWORD }, source, new Date())).toBeNull()
    expect((await setDisabled(who.id, false)).body).toMatchObject({ state: 'active', tokenCount: 0 })
    expect(await alive(who)).toEqual([false, 401])
    expect(await actorOfSession(replaced.id, source, new Date())).toBeNull()
    expect(await signIn({ email: who.email, password: PASSWORD }, source, new Date())).not.toBeNull()
  })

  it('a check that they queued, by hand or by token, does not run: the firewall hears nothing', async () => {
    for (const by of ['session', 'token'] as const) {
      const who = await someone()
      const firewall = await fleet.add({ name: `queued by ${by}`, family: 'opnsense', version: '26.7' })
      const id = String((await enrolled(firewall, token, customerId)).body.id)
      if (by === 'session') await startCheck(who, { id })
      else must(await call(firewallOperations.startCheck, { token: who.token, params: { id }, body: {} }), 202)
      await setDisabled(who.id, true)
      firewall.resetCounts()
      const check = await db().firmwareCheck.findFirstOrThrow({ where: { firewallId: id } })
      await stepCheck(check.id, 'worker', new Date())
      expect(firewall.counts().requests).toBe(0)
      expect(await db().firmwareCheck.findUnique({ where: { id: check.id } })).toMatchObject({ state: 'failed', message: 'Who asked for it may not do so any more.' })
    }
  })

  it('enabling who is enabled changes nothing and ends nothing', async () => {
    const who = await someone()
    await setDisabled(who.id, false)
    expect(await alive(who)).toEqual([true, 200])
    expect(await db().auditEntry.count({ where: { targetId: who.id, action: 'operator.enable' } })).toBe(0)
  })
})

describe('a removed operator', () => {
  it('is gone with sessions and tokens; the audit log keeps the name', async () => {
    const who = await someone()
    const remove = async (confirmEmail: string) => call(teamOperations.remove, { token, params: { id: who.id }, body: { confirmEmail }, headers: { 'if-match': await etagOf(who.id) } })
    expect((await remove('other@nordwall.example')).body).toMatchObject({ status: 400, issues: [{ field: 'confirmEmail' }] })
    expect(must(await remove(who.email), 200).body).toEqual({ removed: true })
    expect(await alive(who)).toEqual([false, 401])
    expect(await db().apiToken.count({ where: { operatorId: who.id } })).toBe(0)
    expect(await db().auditEntry.findFirst({ where: { action: 'operator.remove', targetId: who.id } })).toMatchObject({ targetName: who.email, customerId })
  })
})

describe('without leaving', () => {
  it('ended sessions are over at once, tokens go on', async () => {
    const who = await someone()
    must(await call(teamOperations.endSessions, { token, params: { id: who.id }, body: {} }), 200)
    expect(await alive(who)).toEqual([false, 200])
  })

  it('a reset second factor is gone with its codes and its sessions', async () => {
    const who = await someone()
    const reset = () => call(teamOperations.resetSecondFactor, { token, params: { id: who.id }, body: {} })
    expect((await reset()).body).toMatchObject({ status: 409, code: 'conflict' })
    await db().secondFactor.create({ data: { operatorId: who.id, secretSealed: 'none', createdAt: new Date(), confirmedAt: new Date() } })
    await db().recoveryCode.create({ data: { operatorId: who.id, codeHash: 'h', createdAt: new Date() } })
    expect(must(await reset(), 200).body).toMatchObject({ secondFactor: false })
    expect(await db().recoveryCode.count({ where: { operatorId: who.id } })).toBe(0)
    expect(await alive(who)).toEqual([false, 200])
  })

  it('a lowered role lowers the tokens from the next request on', async () => {
    const who = await someone()
    const body = { grants: [{ role: 'viewer', customerId }] }
    must(await call(teamOperations.edit, { token, params: { id: who.id }, body, headers: { 'if-match': await etagOf(who.id) } }), 200)
    expect((await call(systemOperations.me, { token: who.token })).body).toMatchObject({ scopes: [{ role: 'viewer', customerId }] })
    expect((await actorOfSession(who.sessionId, source, new Date()))?.grants).toEqual([{ role: 'viewer', customerId }])
  })
})
