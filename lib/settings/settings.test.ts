import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { settingsOperations } from '@/lib/api/settings'
import { systemOperations } from '@/lib/api/system'
import { db } from '@/lib/db/client'
import { call } from '@/lib/testing/api-client'
import { startInstallation, type Installation } from '@/lib/testing/installation'
import { account, browserOf, enrolFactor, forgetTries, sessionOf } from '@/lib/testing/people'

// What the owner decides: who may, under which proof, and from when it holds.

let installation: Installation
beforeAll(async () => void (installation = await startInstallation()))
afterAll(() => installation.end())
beforeEach(forgetTries)

const stored = () => db().settings.findUniqueOrThrow({ where: { id: 1 } })
const edits = () => db().auditEntry.count({ where: { action: 'settings.edit' } })
const edit = (headers: Record<string, string>, etag: string, body: object) => call(settingsOperations.edit, { headers: { ...headers, 'if-match': etag }, body })
const etagNow = async (headers: Record<string, string>) => String((await call(settingsOperations.read, { headers })).body.etag)
const ownerHeaders = async () => browserOf((await enrolFactor(await account('owner'))).sessionId)

it('a stricter rule reaches who is signed in at their next request, and one entry tells what it was', async () => {
  const owner = await ownerHeaders()
  const viewer = await account('viewer')
  const theirs = await browserOf(await sessionOf(viewer))
  expect((await call(systemOperations.me, { headers: theirs })).body).toMatchObject({ owes: null, role: 'viewer' })
  const [before, entries] = [await stored(), await edits()]
  const saved = await edit(owner, await etagNow(owner), { secondFactorFor: 'everyone' })
  expect(saved).toMatchObject({ status: 200, body: { secondFactorFor: 'everyone', auditKeepDays: null } })
  expect(saved.body.withoutSecondFactor).toBe(await db().operator.count({ where: { disabledAt: null, OR: [{ secondFactor: null }, { secondFactor: { confirmedAt: null } }] } }))
  expect((await call(systemOperations.me, { headers: theirs })).body).toMatchObject({ owes: 'enrol', scopes: [] })
  expect(await edits()).toBe(entries + 1)
  const entry = await db().auditEntry.findFirstOrThrow({ where: { action: 'settings.edit' }, orderBy: { entry: 'desc' } })
  expect(JSON.parse(entry.canonical)).toMatchObject({ before: { secondFactorFor: before.secondFactorFor }, after: { secondFactorFor: 'everyone', auditKeepDays: null } })
})

it('a proof of more than five minutes ago does not do, and nothing is changed without one', async () => {
  const { sessionId } = await enrolFactor(await account('owner'))
  const headers = await browserOf(sessionId)
  const etag = await etagNow(headers)
  await db().session.update({ where: { id: sessionId }, data: { provenAt: new Date(Date.now() - 5 * 60_000 - 1_000) } })
  const [before, entries] = [await stored(), await edits()]
  expect(await edit(headers, etag, { secondFactorFor: 'nobody' })).toMatchObject({ status: 403, body: { code: 'step-up-required', proof: 'code' } })
  expect([await stored(), await edits()]).toEqual([before, entries])
})

it('of two who save at once from the same page, one is told to look again', async () => {
  const owner = await ownerHeaders()
  const etag = await etagNow(owner)
  const replies = await Promise.all([400, 500].map((auditKeepDays) => edit(owner, etag, { auditKeepDays })))
  expect(replies.map(({ status }) => status).sort()).toEqual([200, 412])
  expect((await stored()).auditKeepDays).toBe(replies[0]?.status === 200 ? 400 : 500)
})

it('is for owners alone; too short a time is refused with its field', async () => {
  const owner = await ownerHeaders()
  expect(await edit(owner, await etagNow(owner), { auditKeepDays: 29 })).toMatchObject({ status: 400, body: { issues: [{ field: 'auditKeepDays' }] } })
  const admin = await browserOf((await enrolFactor(await account('admin'))).sessionId)
  for (const reply of [await call(settingsOperations.read, { headers: admin }), await edit(admin, '"1"', { secondFactorFor: 'nobody' }), await call(settingsOperations.installation, { headers: admin })])
    expect(reply).toMatchObject({ status: 403, body: { code: 'forbidden' } })
})
