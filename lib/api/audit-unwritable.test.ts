// The audit log takes no entry, as with a full disk or a missing right: whatever is tried, nothing happens anywhere.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startFleet, type Fleet, type FleetFirewall } from '@/e2e/fake-firewalls/fleet'
import { FAMILIES, type Family } from '@/lib/adapters/model'
import { db } from '@/lib/db/client'
import { signIn } from '@/lib/auth/sign-in'
import { createSetUpLink } from '@/lib/auth/create-owner'
import type { Operation } from '@/lib/http/operation'
import { call, type Reply } from '@/lib/testing/api-client'
import { digestTables, touched } from '@/lib/testing/digest'
import { startInstallation, type Installation } from '@/lib/testing/installation'
import { makeCaller, PASSWORD } from '@/lib/testing/matrix-people'
import type { Rule } from '@/lib/testing/matrix-rule'
import { RULES } from '@/lib/testing/matrix-rules'
import { makeWorld, type World } from '@/lib/testing/matrix-world'
import { GOOD } from '@/lib/testing/request-bodies'
import { allOperations } from './all'

const NEWEST: Record<Family, string> = { opnsense: '26.7', 'pfsense-v1': '1.9', 'pfsense-v2': '2.10' }
/** Acts that change nothing: they answer as ever. */
const HARMLESS = ['lookAtLink']
/** Reads that ask a firewall, or hand out the log itself: they want an entry too. */
const AUDITED_READS = (rule: Rule, { id }: Operation) => rule.as === 'asked now' || rule.as === 'one of them' || id === 'readChangelog' || id === 'exportAudit'

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
  const named = rule.names === 'body' || rule.names === 'filter' || rule.names === 'nothing' ? 'firewallId' : rule.names
  return call(spec, {
    ...(spec.path.includes('{id}') && { params: { id: rule.id?.(situation) ?? world.own[named] } }),
    query: rule.query?.(situation) ?? {},
    ...(spec.method !== 'get' && { body: { ...(rule.body?.(situation) ?? GOOD[spec.id]), ...prepared } }),
    headers: { ...caller.headers, ...(spec.ifMatch && { 'if-match': (await rule.ifMatch?.()) ?? '"1"' }) },
  })
}

type Try = { title: string; spec: Operation; rule: Rule }
const tries: Try[] = allOperations.flatMap((spec) =>
  (RULES[spec.id] ?? [])
    .filter((rule) => (spec.method === 'get' ? AUDITED_READS(rule, spec) : !HARMLESS.includes(spec.id)))
    // What is refused with a working log as well is no act.
    .filter((rule) => rule.as !== 'a link that ended' && spec.id !== 'setUp')
    .map((rule) => ({ title: `${spec.id}${rule.as === undefined ? '' : ` (${rule.as})`}`, spec, rule })),
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

  it.each(tries)('$title', async ({ spec, rule }) => {
    const world = await makeWorld(firewall, elsewhere)
    const caller = await makeCaller('owner', world)
    const prepared = (await rule.prepare?.({ caller, world, kind: 'own', at: world.own })) ?? {}
    const reply = await tryInVain(() => ask(spec, rule, world, prepared, caller), [firewall, elsewhere])
    if (reply instanceof Error) throw reply
    // The first family has no commands to switch.
    if (spec.id === 'editCommands' && family === 'opnsense') expect(reply.body.code).toBe('invalid-input')
    else expectFailure(reply)
  })
})

describe('signing in and out', () => {
  it('a sign-in starts no session, whether the password is right or not', async () => {
    const firewall = await fleet.add({ name: 'unwritable-sessions', family: 'opnsense', version: '26.7' })
    const caller = await makeCaller('owner', await makeWorld(firewall, firewall))
    const { email } = await db().operator.findUniqueOrThrow({ where: { id: caller.operatorId } })
    const source = { address: '203.0.113.9', requestId: crypto.randomUUID(), userAgent: null }
    for (const password of [PASSWORD, 'not the right password']) {
      expect(await tryInVain(() => signIn({ email, password }, source, new Date()))).toBeInstanceOf(Error)
    }
  })
})
