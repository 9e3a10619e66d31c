// What Palisade promises the firewalls, judged by what the simulated firewalls saw.
import { spawn } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startFleet, type Fleet, type FleetFirewall } from '@/e2e/fake-firewalls/fleet'
import { READ_KINDS, type Family } from '@/lib/adapters/model'
import { FAMILIES } from '@/lib/adapters/words'
import { auditOperations } from '@/lib/api/audit'
import { firewallOperations } from '@/lib/api/firewalls'
import { readingOperations } from '@/lib/api/readings'
import { forgetEnvironment } from '@/lib/core/env'
import { db } from '@/lib/db/client'
import { call, tokenOf } from '@/lib/testing/api-client'
import { credentialOf, enrolled, must } from '@/lib/testing/enrolled'
import { aCustomer, owner, person, startInstallation, type Installation } from '@/lib/testing/installation'
import { runDueVisits } from '@/lib/worker/run-visits'

const NEWEST: Record<Family, string> = { opnsense: '26.7', 'pfsense-v1': '1.9', 'pfsense-v2': '2.10' }
let installation: Installation
let fleet: Fleet
let token: string
let ownerId: string
let customerId: string
beforeAll(async () => {
  installation = await startInstallation()
  fleet = await startFleet()
  const someone = await owner()
  ownerId = someone.id
  token = await tokenOf(someone, 'owner')
  customerId = (await aCustomer('Brightwater Hotels')).id
})
afterAll(async () => {
  await fleet.stop()
  await installation.end()
})

const visitAll = async () => {
  await db().firewallVisit.updateMany({ data: { dueAt: new Date(0) } })
  await runDueVisits('test', new AbortController().signal)
}

/** Another process with nothing in its memory, as after kill -9 of everything. */
const inAnotherProcess = (firewallId: string, count: number) =>
  new Promise<string[]>((resolve, reject) => {
    const child = spawn(process.execPath, ['--conditions=react-server', '--import', 'tsx', 'lib/testing/fresh-reads.ts', firewallId, ownerId, String(count)], { stdio: ['ignore', 'pipe', 'pipe'] })
    let out = ''
    let err = ''
    child.stdout.on('data', (part: Buffer) => (out += part.toString()))
    child.stderr.on('data', (part: Buffer) => (err += part.toString()))
    child.on('close', () => {
      const line = out.trim().split('\n').at(-1) ?? ''
      if (line.startsWith('[')) resolve(JSON.parse(line) as string[])
      else reject(new Error(err || out))
    })
  })

describe('limits per firewall', () => {
  it('two processes with 25 fresh reads each: never more than two reads at once, all answered', async () => {
    const firewall = await fleet.add({ name: 'limits', family: 'opnsense', version: '26.7', latencyMs: 20 })
    const id = String((await enrolled(firewall, token, customerId)).body.id)
    firewall.resetCounts()
    const answers = (await Promise.all([inAnotherProcess(id, 25), inAnotherProcess(id, 25)])).flat()
    expect(answers).toEqual(Array(50).fill('ok'))
    expect(firewall.counts().peakConcurrentReads).toBeLessThanOrEqual(2)
    expect(firewall.counts().byPath).toMatchObject({ 'GET /api/diagnostics/interface/get_arp': 50 })
  })

  it('tokens: two processes at once ask for one, never two at once', async () => {
    const firewall = await fleet.add({ name: 'jwt', family: 'pfsense-v2', version: '2.10', settings: { auth_methods: ['JWTAuth'] }, latencyMs: 20 })
    const id = String((await enrolled(firewall, token, customerId, { credential: credentialOf(firewall, 'jwt') })).body.id)
    firewall.resetCounts()
    const answers = (await Promise.all([inAnotherProcess(id, 10), inAnotherProcess(id, 10)])).flat()
    expect(answers).toEqual(Array(20).fill('ok'))
    expect(firewall.counts()).toMatchObject({ tokenRequests: 1, peakConcurrentAuthentications: 1, authenticationFailures: 0 })
  })
})

describe.each(FAMILIES)('a rejected credential (%s)', (family) => {
  let firewall: FleetFirewall
  let id: string
  it('stops everything after the first 401, also after a restart of everything', async () => {
    firewall = await fleet.add({ name: `rejected-${family}`, family, version: NEWEST[family] })
    id = String((await enrolled(firewall, token, customerId)).body.id)
    await firewall.patch({ revoke: family === 'opnsense' ? 'key' : family === 'pfsense-v2' ? 'key' : 'password' })
    firewall.resetCounts()
    const refresh = () => call(firewallOperations.refresh, { token, params: { id }, body: {} })
    await Promise.all([visitAll(), refresh(), refresh()])
    const after = firewall.counts().authenticationFailures
    expect(after).toBe(1)
    for (let round = 0; round < 3; round += 1) await visitAll()
    expect(new Set(await inAnotherProcess(id, 5))).toEqual(new Set(['firewall-credential-rejected']))
    expect((await call(firewallOperations.refresh, { token, params: { id }, body: {} })).body.code).toBe('firewall-credential-rejected')
    expect(firewall.counts().authenticationFailures).toBe(after)
    expect(must(await call(firewallOperations.read, { token, params: { id } }), 200).body).toMatchObject({ state: 'credential-rejected' })
    expect(await db().auditEntry.count({ where: { action: 'firewall.credential.rejected', targetId: id } })).toBe(1)
  })

  it('lets a person try a changed one, at most twice in 30 minutes', async () => {
    await db().authenticationFailure.deleteMany({})
    firewall.clearLockout()
    firewall.resetCounts()
    const method = family === 'opnsense' ? 'key-secret' : family === 'pfsense-v2' ? 'api-key' : 'basic'
    const wrong = Object.fromEntries(Object.entries(credentialOf(firewall, method)).map(([name, value]) => [name, name === 'method' || name === 'username' ? value : `wrong${String(value)}`.slice(0, 40)]))
    const etag = String(must(await call(firewallOperations.read, { token, params: { id } }), 200).body.etag)
    const edit = () => call(firewallOperations.editCredential, { token, params: { id }, body: { credential: wrong }, headers: { 'if-match': etag } })
    expect((await edit()).body).toMatchObject({ code: 'firewall-credential-rejected', triesLeft: 1 })
    expect((await edit()).body).toMatchObject({ code: 'firewall-credential-rejected', triesLeft: 0 })
    const third = await edit()
    expect(third.body).toMatchObject({ status: 429, code: 'firewall-no-tries-left', triesLeft: 0 })
    expect(typeof third.body.retryAt).toBe('string')
    expect(firewall.counts().authenticationFailures).toBe(2)
  })
})

describe('a firewall in token mode (API package v1)', () => {
  it('answers a password for short tokens with a permanent pair: asked for once, kept sealed, stored as a token', async () => {
    const firewall = await fleet.add({ name: 'exchange', family: 'pfsense-v1', version: '1.9', settings: { authmode: 'token' } })
    const { family, url, sha256 } = firewall.info
    const { username, password } = credentialOf(firewall, 'basic')
    const trial = { family, baseUrl: url, trust: { mode: 'pin', sha256 }, credential: { method: 'jwt', username, password } }
    const first = must(await call(firewallOperations.test, { token, body: trial }), 200)
    expect(String(first.body.notice)).toMatch(/token/i)
    must(await call(firewallOperations.test, { token, body: trial }), 200)
    const saved = must(await call(firewallOperations.enrol, { token, body: { ...trial, name: 'exchange', customerId } }), 201)
    expect(saved.body.credential).toMatchObject({ method: 'token' })
    must(await call(readingOperations.arp, { token, params: { id: String(saved.body.id) }, query: { fresh: 'true' } }), 200)
    expect(firewall.counts()).toMatchObject({ tokenRequests: 1, authenticationFailures: 0 })
    expect(await db().enrolment.count({ where: { origin: url } })).toBe(0)
  })
})

describe('a changed certificate', () => {
  it('with another key: nothing is sent any more, and trusting it clears the credential', async () => {
    const firewall = await fleet.add({ name: 'replaced', family: 'opnsense', version: '26.7' })
    const id = String((await enrolled(firewall, token, customerId)).body.id)
    await visitAll()
    const renewed = await firewall.patch({ certificate: 'new-key' })
    firewall.resetCounts()
    await visitAll()
    await visitAll()
    expect(firewall.counts().requests).toBe(0)
    const stopped = must(await call(firewallOperations.read, { token, params: { id } }), 200)
    expect(stopped.body).toMatchObject({ state: 'certificate-changed', certificateSeen: { sha256: renewed.sha256, sameKey: false } })
    expect((await call(readingOperations.arp, { token, params: { id }, query: { fresh: 'true' } })).body.code).toBe('firewall-certificate-changed')
    expect(await db().auditEntry.count({ where: { action: 'firewall.trust.stopped', targetId: id } })).toBe(1)
    const trust = (sha256: string) => call(firewallOperations.editTrust, { token, params: { id }, body: { trust: { mode: 'pin', sha256 } }, headers: { 'if-match': String(stopped.body.etag) } })
    expect((await trust('b'.repeat(64))).body).toMatchObject({ status: 400, issues: [{ field: 'trust' }] })
    expect(must(await trust(renewed.sha256), 200).body).toMatchObject({ state: 'credential-missing', credential: null, certificateSeen: null })
    expect(firewall.counts().requests).toBe(0)
  })

  it('renewed with the same key: still confirmed by a person, and the credential stays', async () => {
    const firewall = await fleet.add({ name: 'renewed', family: 'pfsense-v2', version: '2.10' })
    const id = String((await enrolled(firewall, token, customerId)).body.id)
    const renewed = await firewall.patch({ certificate: 'same-key' })
    firewall.resetCounts()
    await visitAll()
    expect(firewall.counts().requests).toBe(0)
    const stopped = must(await call(firewallOperations.read, { token, params: { id } }), 200)
    expect(stopped.body).toMatchObject({ state: 'certificate-changed', certificateSeen: { sameKey: true } })
    const trusted = must(await call(firewallOperations.editTrust, { token, params: { id }, body: { trust: { mode: 'pin', sha256: renewed.sha256 } }, headers: { 'if-match': String(stopped.body.etag) } }), 200)
    expect(trusted.body.credential).not.toBeNull()
    await visitAll()
    expect(must(await call(firewallOperations.read, { token, params: { id } }), 200).body).toMatchObject({ certificateSeen: null, visitedAt: expect.any(String) as unknown })
    expect(firewall.counts().requests).toBeGreaterThan(0)
  })
})

describe('a changed address', () => {
  it('clears credential and trust; the sealed text is worthless under another origin', async () => {
    const [from, to] = [await fleet.add({ name: 'moves', family: 'opnsense', version: '26.7' }), await fleet.add({ name: 'thief', family: 'opnsense', version: '26.7' })]
    const saved = await enrolled(from, token, customerId)
    const id = String(saved.body.id)
    to.resetCounts()
    // Someone with the database in hand points the row at another machine.
    await db().firewall.update({ where: { id }, data: { origin: to.info.url, pinSha256: to.info.sha256, pinSpkiSha256: to.info.spkiSha256 } })
    expect((await call(firewallOperations.refresh, { token, params: { id }, body: {} })).status).toBe(500)
    expect(to.counts().requests).toBe(0)
    await db().firewall.update({ where: { id }, data: { origin: from.info.url, pinSha256: from.info.sha256, pinSpkiSha256: from.info.spkiSha256 } })
    const moved = must(await call(firewallOperations.edit, { token, params: { id }, body: { baseUrl: to.info.url }, headers: { 'if-match': String(saved.body.etag) } }), 200)
    expect(moved.body).toMatchObject({ credential: null, state: 'certificate-changed', baseUrl: to.info.url })
    expect(to.counts().requests).toBe(0)
  })

  it('loopback is refused unless the operator of the installation allows it', async () => {
    process.env.PALISADE_ALLOWED_NETWORKS = ''
    forgetEnvironment()
    const firewall = await fleet.add({ name: 'loopback', family: 'opnsense', version: '26.7' })
    expect((await call(firewallOperations.probe, { token, body: { baseUrl: firewall.info.url } })).body.code).toBe('firewall-address-forbidden')
    expect(firewall.counts().connections).toBe(0)
    process.env.PALISADE_ALLOWED_NETWORKS = '127.0.0.0/8'
    forgetEnvironment()
  })
})

describe('enrolling twice', () => {
  it('with one Idempotency-Key is one firewall, and the second asks it nothing; the same name again is a conflict', async () => {
    const firewall = await fleet.add({ name: 'twice', family: 'opnsense', version: '26.7' })
    const { name, family, url, sha256 } = firewall.info
    const body = { name, customerId, family, baseUrl: url, trust: { mode: 'pin', sha256 }, credential: credentialOf(firewall, 'key-secret') }
    const enrol = (key: string, more = {}) => call(firewallOperations.enrol, { token, body: { ...body, ...more }, headers: { 'idempotency-key': key } })
    const first = must(await enrol('one-key'), 201)
    firewall.resetCounts()
    const again = must(await enrol('one-key'), 201)
    expect(again.body.id).toBe(first.body.id)
    expect(firewall.counts().requests).toBe(0)
    expect((await enrol('one-key', { tags: ['other'] })).body.code).toBe('idempotency-conflict')
    expect((await enrol('another-key')).body).toMatchObject({ status: 409, issues: [{ field: 'name' }] })
    expect(await db().firewall.count({ where: { name: 'twice' } })).toBe(1)
    expect(await db().auditEntry.count({ where: { action: 'firewall.enrol', targetName: 'twice' } })).toBe(1)
  })
})

describe('roles', () => {
  it('a viewer reads what is stored and asks nothing; an operator asks and manages nothing', async () => {
    const firewall = await fleet.add({ name: 'roles', family: 'opnsense', version: '26.7' })
    const saved = await enrolled(firewall, token, customerId)
    const id = String(saved.body.id)
    const viewer = await tokenOf(await person([{ role: 'viewer', customerId }]), 'viewer', 'Brightwater Hotels')
    const operator = await tokenOf(await person([{ role: 'operator', customerId }]), 'operator', 'Brightwater Hotels')
    firewall.resetCounts()
    must(await call(readingOperations.arp, { token: viewer, params: { id } }), 200)
    for (const reply of [await call(readingOperations.arp, { token: viewer, params: { id }, query: { fresh: 'true' } }), await call(firewallOperations.refresh, { token: viewer, params: { id }, body: {} }), await call(firewallOperations.startCheck, { token: viewer, params: { id }, body: {} }), await call(firewallOperations.raw, { token: operator, params: { id }, query: { read: 'x' } })]) expect(reply.status).toBe(403)
    expect(firewall.counts().requests).toBe(0)
    must(await call(readingOperations.arp, { token: operator, params: { id }, query: { fresh: 'true' } }), 200)
    const change = { token: operator, params: { id }, headers: { 'if-match': String(saved.body.etag) } }
    expect((await call(firewallOperations.editCommands, { ...change, body: { allowed: true } })).status).toBe(403)
    expect((await call(firewallOperations.remove, { ...change, body: { confirmName: 'roles' } })).status).toBe(403)
    const foreign = await tokenOf(await person([{ role: 'admin', customerId: (await aCustomer('Elsewhere')).id }]), 'admin', 'Elsewhere')
    expect((await call(firewallOperations.read, { token: foreign, params: { id } })).status).toBe(404)
    expect((await call(firewallOperations.list, { token: foreign })).body).toMatchObject({ total: 0 })
  })
})

describe('planted secrets', () => {
  const CANARY = 'CANARYd41d8cd98f00b204'
  it.each(FAMILIES)('of a %s are nowhere: not stored, not shown, not exported', async (family) => {
    const firewall = await fleet.add({ name: `canary-${family}`, family, version: NEWEST[family], plantSecrets: CANARY })
    const id = String((await enrolled(firewall, token, customerId)).body.id)
    must(await call(firewallOperations.refresh, { token, params: { id }, body: {} }), 200)
    const shown: unknown[] = []
    for (const kind of READ_KINDS) shown.push((await call(readingOperations[kind], { token, params: { id }, query: { fresh: 'true' } })).body)
    const raw = must(await call(firewallOperations.raw, { token, params: { id } }), 200)
    for (const { id: read } of raw.body.items as { id: string }[]) shown.push((await call(firewallOperations.raw, { token, params: { id }, query: { read } })).body)
    shown.push((await call(auditOperations.export, { token, query: { format: 'csv' } })).body, (await call(auditOperations.export, { token, query: { format: 'json' } })).body)
    const tables = await db().$queryRaw<{ name: string }[]>`SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`
    const stored: unknown[] = [await db().reading.findMany(), await db().firewall.findMany(), await db().firewallCredential.findMany(), await db().auditEntry.findMany(), await db().enrolment.findMany(), await db().firmwareCheck.findMany()]
    expect(tables.length).toBeGreaterThan(10)
    const everything = JSON.stringify([shown, stored], (_, value: unknown) => (typeof value === 'bigint' ? Number(value) : value))
    const encodings = [CANARY, Buffer.from(CANARY).toString('base64').replace(/=+$/, ''), Buffer.from(CANARY).toString('hex'), encodeURIComponent(CANARY)]
    for (const text of encodings) expect([text, everything.indexOf(text) === -1 ? '' : everything.slice(Math.max(0, everything.indexOf(text) - 120), everything.indexOf(text) + 60)]).toEqual([text, ''])
    for (const values of Object.values(firewall.info.credentials)) {
      const { method: _method, username: _user, ...secrets } = typeof values === 'object' && values !== null && !Array.isArray(values) ? values : {}
      for (const secret of Object.values(secrets)) if (typeof secret === 'string') expect(everything.includes(secret)).toBe(false)
    }
  })
})
