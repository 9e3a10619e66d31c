// The audit log takes no entry, as with a full disk or a missing right: whatever is tried, nothing happens anywhere.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startFleet, type Fleet, type FleetFirewall } from '@/e2e/fake-firewalls/fleet'
import type { Family } from '@/lib/adapters/model'
import { FAMILIES } from '@/lib/adapters/words'
import { db } from '@/lib/db/client'
import { prove } from '@/lib/auth/prove'
import { signIn } from '@/lib/auth/sign-in'
import { signOut } from '@/lib/auth/sign-out'
import { createSetUpLink } from '@/lib/auth/create-owner'
import type { Operation } from '@/lib/http/operation'
import { call, type Reply } from '@/lib/testing/api-client'
import { digestTables, touched } from '@/lib/testing/digest'
import { startInstallation, type Installation } from '@/lib/testing/installation'
import { expectedOf } from '@/lib/testing/matrix-expected'
import { paramsOf } from '@/lib/testing/matrix-params'
import { makeCaller, PEOPLE, type PersonName } from '@/lib/testing/matrix-people'
import type { Rule } from '@/lib/testing/matrix-rule'
import { RULES } from '@/lib/testing/matrix-rules'
import { makeWorld, type World } from '@/lib/testing/matrix-world'
import { account, codeAt, enrolFactor, from, PASSWORD, sessionOf } from '@/lib/testing/people'
import { GOOD } from '@/lib/testing/request-bodies'
import { allOperations } from './all'

const NEWEST: Record<Family, string> = { opnsense: '26.7', 'pfsense-v1': '1.9', 'pfsense-v2': '2.10' }
/** Acts that change nothing: they answer as ever. No line of the file waits to be tried again. */
const HARMLESS = ['lookAtLink', 'previewEnrolmentFile', 'previewDesign', 'retryEnrolmentRows']
/** Which columns someone looks at is nothing to prove afterwards. */
const NOT_AUDITED = ['saveChoice']
/** Acts that reach a firewall are tried on each family, all others on one. */
const reachesFirewalls = ({ path }: Operation) => path.startsWith('/firewalls')
/** Reads that ask a firewall, or hand out the log itself: they want an entry too. */
const isAudited = (rule: Rule, { id }: Operation) => rule.as === 'asked now' || rule.as === 'one of them' || id === 'readChangelog' || id === 'exportAudit'

let installation: Installation
let fleet: Fleet
let count = 0

async function setWritable(writable: boolean): Promise<void> {
  if (writable) await db().$executeRaw`DROP TRIGGER audit_takes_nothing ON "AuditEntry"`
  else await db().$executeRaw`CREATE TRIGGER audit_takes_nothing BEFORE INSERT ON "AuditEntry" FOR EACH STATEMENT EXECUTE FUNCTION no_room()`
}

beforeAll(async () => {
  installation = await startInstallation()
  fleet = await startFleet()
  await db().$executeRaw`CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$`
})
afterAll(async () => {
  process.stdout.write(`audit log unwritable: ${count} acts tried\n`)
  await fleet.stop()
  await installation.end()
})

/** Tries an act while the log takes nothing; every table and every firewall has to be as before. */
async function tryInVain<T>(act: () => Promise<T>, firewalls: readonly FleetFirewall[] = []): Promise<T | Error> {
  count += 1
  await setWritable(false)
  const [tables, seen] = [await digestTables(), firewalls.map((firewall) => firewall.counts())]
  const outcome = await act().catch((error: Error) => error)
  const after = { touched: touched(tables, await digestTables()), seen: firewalls.map((firewall) => firewall.counts()) }
  await setWritable(true)
  expect(after).toEqual({ touched: [], seen })
  return outcome
}

function expectFailure({ status, body }: Reply): void {
  expect(status, JSON.stringify(body)).toBeGreaterThanOrEqual(500)
  expect(body).toMatchObject({ title: expect.stringMatching(/^[A-Z].+\.$/) as unknown, nextStep: expect.stringMatching(/^[A-Z].+\.$/) as unknown })
}

async function ask(spec: Operation, rule: Rule, world: World, prepared: Record<string, unknown>, caller: Awaited<ReturnType<typeof makeCaller>>): Promise<Reply> {
  const situation = { caller, world, kind: 'own' as const, at: world.own }
  const params = paramsOf(spec, rule, situation)
  return call(spec, {
    ...(params && { params }),
    query: rule.query?.(situation) ?? {},
    ...(spec.method !== 'get' && { body: { ...(rule.body?.(situation) ?? GOOD[spec.id]), ...prepared } }),
    headers: { ...caller.headers, ...(spec.ifMatch && { 'if-match': (await rule.ifMatch?.()) ?? '"1"' }) },
  })
}

type Try = { title: string; spec: Operation; rule: Rule; who: PersonName }
/** Who can do it at all: what is refused with a working log as well is no act. */
const doerOf = (spec: Operation, rule: Rule): PersonName | undefined =>
  (['owner', 'viewer'] as const).find((who) => {
    const { status, acts } = expectedOf(spec, rule, { person: PEOPLE[who] }, 'own')
    return status < 400 || acts
  })
const tries: Try[] = allOperations.flatMap((spec) =>
  (RULES[spec.id] ?? [])
    .filter((rule) => (spec.method === 'get' ? isAudited(rule, spec) : !HARMLESS.includes(spec.id) && !NOT_AUDITED.includes(spec.id)))
    .flatMap((rule) => {
      const who = doerOf(spec, rule)
      return who === undefined ? [] : [{ title: `${spec.id}${rule.as === undefined ? '' : ` (${rule.as})`}`, spec, rule, who }]
    }),
)

describe('before there is an owner', () => {
  it('the set-up link makes none, and works afterwards', async () => {
    const link = await createSetUpLink(new Date())
    const setUp = allOperations.find(({ id }) => id === 'setUp')
    if (!link || !setUp) throw new Error('There is nothing to set up.')
    const send = () => call(setUp, { body: { ...GOOD.setUp, token: link.reveal() }, headers: { origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin' } })
    const reply = await tryInVain(send)
    if (reply instanceof Error) throw reply
    expectFailure(reply)
    expect((await send()).status).toBe(201)
  })
})

describe.each(FAMILIES)('an owner of a fleet of %s', (family) => {
  let firewall: FleetFirewall
  let elsewhere: FleetFirewall
  beforeAll(async () => {
    firewall = await fleet.add({ name: `unwritable-${family}`, family, version: NEWEST[family], ...(family === 'pfsense-v2' && { settings: { auth_methods: ['KeyAuth'] } }) })
    elsewhere = await fleet.add({ name: `elsewhere-${family}`, family, version: NEWEST[family] })
  })

  it.each(tries.filter(({ spec }) => family === 'opnsense' || reachesFirewalls(spec)))('$title', async ({ spec, rule, who }) => {
    const world = await makeWorld(firewall, elsewhere)
    const caller = await makeCaller(who, world)
    const prepared = (await rule.prepare?.({ caller, world, kind: 'own', at: world.own })) ?? {}
    const reply = await tryInVain(() => ask(spec, rule, world, prepared, caller), [firewall, elsewhere])
    if (reply instanceof Error) throw reply
    // The first family has no commands to switch, and two have one way to start updates.
    if ((spec.id === 'editCommands' && family === 'opnsense') || (spec.id === 'editUpdateWay' && family !== 'pfsense-v2')) expect(reply.body.code).toBe('invalid-input')
    else expectFailure(reply)
  })
})

describe('signing in and out', () => {
  const vain = async (act: () => Promise<unknown>) => expect(await tryInVain(act)).toBeInstanceOf(Error)

  it('a sign-in starts no session, whether the password is right or not', async () => {
    const { email } = await account('owner')
    for (const password of [PASSWORD, 'not the right password']) await vain(() => signIn({ email, password }, from('203.0.113.9'), new Date()))
  })

  it('a code opens and renews no session and is not used up', async () => {
    const person = await account('owner')
    const { secret, recoveryCodes, sessionId } = await enrolFactor(person)
    const pending = await sessionOf(person)
    const code = codeAt(secret, new Date(), 1)
    for (const session of [pending, sessionId]) for (const proof of [code, recoveryCodes[0]]) await vain(() => prove(session, { code: proof }, from('203.0.113.9'), new Date()))
    expect(await prove(pending, { code }, from('203.0.113.9'), new Date())).not.toBeNull()
    expect(await prove(sessionId, { code: recoveryCodes[0] }, from('203.0.113.9'), new Date())).not.toBeNull()
  })

  it('a password renews no session', async () => {
    const session = await sessionOf(await account('viewer'))
    for (const password of [PASSWORD, 'not the right password']) await vain(() => prove(session, { password }, from('203.0.113.9'), new Date()))
  })

  it('a sign-out that cannot be written down ends nothing, and says so', async () => {
    const person = await account('viewer')
    const sessionId = await sessionOf(person)
    await vain(() => signOut({ operatorId: person.id, name: 'Person', email: person.email, sessionId }, from('203.0.113.9')))
  })
})
