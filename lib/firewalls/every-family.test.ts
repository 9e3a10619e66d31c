// From an address to every reading, for every family, version and credential method, against the simulated firewalls.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startFleet, type Fleet, type FleetFirewall } from '@/e2e/fake-firewalls/fleet'
import type { Settings } from '@/e2e/fake-firewalls/options'
import { READ_KINDS, READINGS, type Family } from '@/lib/adapters/model'
import { auditOperations } from '@/lib/api/audit'
import { firewallOperations } from '@/lib/api/firewalls'
import { readingOperations } from '@/lib/api/readings'
import { db } from '@/lib/db/client'
import { stepCheck } from '@/lib/checks/step'
import { call, tokenOf, type Reply } from '@/lib/testing/api-client'
import { aCustomer, owner, startInstallation, type Installation } from '@/lib/testing/installation'

type Way = { family: Family; version: string; method: string; settings?: Settings }
const WAYS: Way[] = [
  ...['25.1', '25.7', '26.1', '26.7'].map((version) => ({ family: 'opnsense' as const, version, method: 'key-secret' })),
  ...['2.7', '2.10'].flatMap((version) => [
    { family: 'pfsense-v2' as const, version, method: 'basic' },
    { family: 'pfsense-v2' as const, version, method: 'api-key', settings: { auth_methods: ['KeyAuth' as const] } },
    { family: 'pfsense-v2' as const, version, method: 'jwt', settings: { auth_methods: ['JWTAuth' as const] } },
  ]),
  ...['1.5', '1.9'].flatMap((version) => [
    { family: 'pfsense-v1' as const, version, method: 'basic' },
    { family: 'pfsense-v1' as const, version, method: 'jwt', settings: { authmode: 'jwt' as const } },
    { family: 'pfsense-v1' as const, version, method: 'token', settings: { authmode: 'token' as const } },
  ]),
]

let installation: Installation
let fleet: Fleet
// One for each way: a token has its limit of requests a minute.
let token: string
let customerId: string
beforeAll(async () => {
  installation = await startInstallation()
  fleet = await startFleet()
  customerId = (await aCustomer('Pinewood Schools')).id
})
afterAll(async () => {
  await fleet.stop()
  await installation.end()
})

const must = (reply: Reply, status: number): Reply => {
  if (reply.status !== status) throw new Error(`${reply.status} instead of ${status}: ${JSON.stringify(reply.body)}`)
  return reply
}

async function enrol(firewall: FleetFirewall, { family, method }: Way, name: string): Promise<Reply> {
  const { url, sha256, credentials } = firewall.info
  const values = credentials[method]
  const credential = { method, ...(typeof values === 'object' ? values : {}) }
  const trust = { mode: 'pin', sha256 }
  const probe = must(await call(firewallOperations.probe, { token, body: { baseUrl: url } }), 200)
  expect(probe.body).toMatchObject({ family, certificate: { sha256 }, ownAddress: '127.0.0.1', triesLeft: 2 })
  expect(firewall.counts().authenticationFailures).toBe(0)
  const test = must(await call(firewallOperations.test, { token, body: { family, baseUrl: url, trust, credential } }), 200)
  const features = (test.body.test as { features: { feature: string; result: string; access: string; privilege: string; seen: string }[] }).features
  expect(features.filter(({ result, access }) => access === 'read' && result !== 'ok' && result !== 'not-knowable')).toEqual([])
  for (const feature of features) expect(feature.privilege).not.toBe('')
  expect(firewall.counts().writes).toEqual([])
  const before = firewall.counts().requests
  const saved = must(await call(firewallOperations.enrol, { token, body: { name, customerId, family, baseUrl: url, trust, credential } }), 201)
  // The passed test is the proof: saving sends no further request.
  expect(firewall.counts().requests).toBe(before)
  return saved
}

describe.each(WAYS)('$family $version by $method', (way) => {
  const name = `${way.family}-${way.version}-${way.method}`
  let firewall: FleetFirewall
  let id: string

  it('is found, trusted, tested and saved', async () => {
    token = await tokenOf(await owner(), 'owner')
    firewall = await fleet.add({ name, family: way.family, version: way.version, ...(way.settings && { settings: way.settings }) })
    id = String((await enrol(firewall, way, name)).body.id)
    expect(firewall.counts().authenticationFailures).toBe(0)
  })

  it('gives every reading on a refresh, and none that does not fit the model', async () => {
    const refreshed = must(await call(firewallOperations.refresh, { token, params: { id }, body: {} }), 200)
    const failures = (refreshed.body.failures as { kind: string; problem: { code: string; message: string } }[]).filter(({ problem }) => problem.code !== 'firewall-not-reported')
    expect(failures).toEqual([])
    for (const row of await db().reading.findMany({ where: { firewallId: id } })) {
      const kind = READ_KINDS.find((known) => known === row.kind)
      expect(kind && READINGS[kind].safeParse(row.body).error?.issues).toBeUndefined()
    }
    const detail = must(await call(firewallOperations.read, { token, params: { id } }), 200)
    expect(detail.body.version).toBeTruthy()
    expect(['reachable', 'degraded']).toContain(detail.body.state)
    expect((detail.body.counts as Record<string, number>).rules).toBeGreaterThan(0)
    expect((detail.body.counts as Record<string, number>).arp).toBeGreaterThan(0)
    expect(firewall.counts().peakConcurrentReads).toBeLessThanOrEqual(2)
    expect(firewall.counts().writes).toEqual([])
  })

  it('answers each reading stored and asked now', async () => {
    for (const kind of READ_KINDS) {
      must(await call(readingOperations[kind], { token, params: { id } }), 200)
      const fresh = await call(readingOperations[kind], { token, params: { id }, query: { fresh: 'true' } })
      expect([kind, fresh.status === 200 || fresh.body.code === 'firewall-not-reported']).toEqual([kind, true])
    }
  })

  it('looks for updates when asked, as far as the family can', async () => {
    const detail = must(await call(firewallOperations.read, { token, params: { id } }), 200)
    if ((detail.body.check as { possible: boolean }).possible === false) {
      expect((await call(firewallOperations.startCheck, { token, params: { id }, body: {} })).body.code).toBe('firewall-command-permission-needed')
      must(await call(firewallOperations.editCommands, { token, params: { id }, body: { allowed: true }, headers: { 'if-match': String(detail.body.etag) } }), 200)
    }
    must(await call(firewallOperations.startCheck, { token, params: { id }, body: {} }), 202)
    must(await call(firewallOperations.startCheck, { token, params: { id }, body: {} }), 202)
    const { id: checkId } = await db().firmwareCheck.findFirstOrThrow({ where: { firewallId: id, finishedAt: null } })
    for (let step = 0; step < 40; step += 1) {
      const { count } = await db().firmwareCheck.updateMany({ where: { id: checkId, finishedAt: null }, data: { nextStepAt: new Date(0) } })
      if (count === 0) break
      await stepCheck(checkId, 'test', new Date())
      fleet.clock.advance(10_000)
    }
    const done = must(await call(firewallOperations.readCheck, { token, params: { id } }), 200)
    expect([done.body.state, done.body.message]).toEqual(['done', done.body.message])
    expect((await call(readingOperations.firmware, { token, params: { id } })).body).toMatchObject({ value: { state: expect.not.stringMatching(/^(never-checked|not-reported)$/) as unknown } })
    expect(firewall.counts().updateStarts).toBe(0)
    expect(await db().auditEntry.count({ where: { action: 'firewall.check', targetId: id } })).toBe(2)
  })

  it('shows every raw read without a secret', async () => {
    const list = must(await call(firewallOperations.raw, { token, params: { id } }), 200)
    for (const { id: read } of list.body.items as { id: string }[]) {
      const raw = await call(firewallOperations.raw, { token, params: { id }, query: { read } })
      expect([read, raw.status === 200 || raw.body.code === 'firewall-not-reported' || raw.body.code === 'firewall-not-this-api', raw.body.code]).toEqual([read, true, raw.body.code])
    }
    expect((await call(firewallOperations.raw, { token, params: { id }, query: { read: '../config' } })).body).toMatchObject({ status: 400, issues: [{ field: 'read' }] })
  })

  it('leaves an audit trail that holds no credential', async () => {
    const audit = must(await call(auditOperations.list, { token, query: { firewallId: id, limit: '500' } }), 200)
    const text = JSON.stringify(audit.body)
    for (const values of Object.values(firewall.info.credentials)) {
      const { method: _name, username: _user, ...secrets } = typeof values === 'object' && values !== null && !Array.isArray(values) ? values : {}
      for (const secret of Object.values(secrets)) if (typeof secret === 'string') expect(text.includes(secret)).toBe(false)
    }
    expect(text).toContain('firewall.enrol')
  })
})
