// A file of firewalls, from its bytes to sealed credentials, judged by what the simulated firewalls saw.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startFleet, type Fleet, type FleetFirewall } from '@/e2e/fake-firewalls/fleet'
import { enrolmentOperations } from '@/lib/api/enrolment'
import { firewallOperations } from '@/lib/api/firewalls'
import { db } from '@/lib/db/client'
import { call, tokenOf, type Reply } from '@/lib/testing/api-client'
import { must } from '@/lib/testing/enrolled'
import { aCustomer, owner, person, startInstallation, type Installation } from '@/lib/testing/installation'
import { overdueFiles, stepFile } from './step'

let installation: Installation
let fleet: Fleet
let token: string
let customerId: string
const CUSTOMER = 'Hollern Clinics'
beforeAll(async () => {
  installation = await startInstallation()
  fleet = await startFleet()
  token = await tokenOf(await owner(), 'owner')
  customerId = (await aCustomer(CUSTOMER)).id
  await db().site.create({ data: { customerId, name: 'Oslo', timeZone: 'Europe/Oslo' } })
})
afterAll(async () => {
  await fleet.stop()
  await installation.end()
})

const HEAD = 'name,customer,site,family,url,method,key,secret,username,password,api_key,sha256,tags,ha_peer'
type Cells = Partial<Record<string, string>>
const lineOf = (cells: Cells) => HEAD.split(',').map((name) => `"${(cells[name] ?? '').replaceAll('"', '""')}"`).join(',')
const fileOf = (...rows: Cells[]) => ({ fileName: 'firewalls.csv', fileBase64: Buffer.from([HEAD, ...rows.map(lineOf)].join('\r\n')).toString('base64') })

function cellsOf(firewall: FleetFirewall, more: Cells = {}): Cells {
  const { name, family, url, credentials } = firewall.info
  const method = { opnsense: 'key-secret', 'pfsense-v1': 'basic', 'pfsense-v2': 'api-key' }[family]
  const values = credentials[method] as Record<string, string>
  const credential = method === 'api-key' ? { api_key: values.key } : values
  return { name, customer: CUSTOMER, url, ...credential, ...more }
}

const take = async (...rows: Cells[]) => String(must(await call(enrolmentOperations.take, { token, body: fileOf(...rows) }), 201).body.id)
const act = (name: 'trust' | 'retry' | 'drop' | 'edit', id: string, body: object) => call(enrolmentOperations[name], { token, params: { id }, body })
type Row = { line: number; name: string; state: string; message: string | null; nextStep: string | null; credentialKept: boolean; firewallId: string | null; certificate: { sha256: string } | null }
const rowsOf = async (id: string): Promise<Row[]> => must(await call(enrolmentOperations.rows, { token, params: { id } }), 200).body.items as Row[]
const statesOf = async (id: string) => (await rowsOf(id)).map(({ state }) => state)
const step = (id: string) => stepFile(id, 'test')
const add = (name: string, more: Partial<Parameters<Fleet['add']>[0]> = {}) => fleet.add({ name, family: 'opnsense', version: '26.7', ...more })
const trustAll = async (id: string): Promise<Reply> => {
  const rows = (await rowsOf(id)).filter(({ state }) => state === 'waits-for-trust').map(({ line, certificate }) => ({ line, sha256: certificate?.sha256 ?? null }))
  return act('trust', id, { rows })
}

describe('a file of three families', () => {
  let firewalls: FleetFirewall[]
  let id: string
  it('waits for a person where the certificate is not known, and sends no credential before', async () => {
    firewalls = [await add('oslo-1'), await add('oslo-2', { family: 'pfsense-v1', version: '1.9' }), await add('oslo-3', { family: 'pfsense-v2', version: '2.10', settings: { auth_methods: ['KeyAuth'] } })]
    const [one, two, three] = firewalls as [FleetFirewall, FleetFirewall, FleetFirewall]
    const pairs = (one.info.sha256.toUpperCase().match(/../g) ?? []).join(':')
    id = await take(cellsOf(one, { site: 'Oslo', sha256: pairs, tags: 'edge hq' }), cellsOf(two), cellsOf(three))
    await step(id)
    expect(await statesOf(id)).toEqual(['enrolled', 'waits-for-trust', 'waits-for-trust'])
    expect([two, three].map((firewall) => firewall.counts().authentications)).toEqual([0, 0])
    const { body } = must(await call(firewallOperations.read, { token, params: { id: String((await rowsOf(id))[0]?.firewallId) } }), 200)
    expect(body).toMatchObject({ name: 'oslo-1', tags: ['edge', 'hq'], timeZone: 'Europe/Oslo', trust: { mode: 'pin', sha256: one.info.sha256 }, site: { name: 'Oslo' } })
  })

  it('trusts only the fingerprint that was compared, then enrols, and forgets the credentials', async () => {
    const [, two, three] = firewalls as [FleetFirewall, FleetFirewall, FleetFirewall]
    expect((await act('trust', id, { rows: [{ line: 3, sha256: three.info.sha256 }, { line: 2, sha256: two.info.sha256 }, { line: 4, sha256: null }] })).body).toEqual({ changed: 0 })
    expect((await trustAll(id)).body).toEqual({ changed: 2 })
    await step(id)
    expect(await statesOf(id)).toEqual(['enrolled', 'enrolled', 'enrolled'])
    expect((await rowsOf(id)).map(({ credentialKept }) => credentialKept)).toEqual([false, false, false])
    expect(await db().enrolmentRow.count({ where: { fileId: id, credentialSealed: { not: null } } })).toBe(0)
    expect((await db().enrolmentFile.findUniqueOrThrow({ where: { id } })).finishedAt).not.toBeNull()
    expect(firewalls.map((firewall) => [firewall.counts().authenticationFailures, firewall.counts().writes.length])).toEqual([[0, 0], [0, 0], [0, 0]])
    const actions = await db().auditEntry.findMany({ where: { customerId }, select: { action: true, result: true } })
    expect(actions.filter(({ action }) => action === 'firewall.enrol')).toHaveLength(3)
    expect(actions.filter(({ action }) => action === 'enrolment.trust')).toHaveLength(2)
  })

  it('changes nothing when it is taken again, and calls no firewall', async () => {
    const [one, two, three] = firewalls as [FleetFirewall, FleetFirewall, FleetFirewall]
    const before = await db().firewall.findMany({ include: { credential: true }, orderBy: { id: 'asc' } })
    for (const firewall of firewalls) firewall.resetCounts()
    const again = await take(cellsOf(one, { site: 'Oslo', sha256: one.info.sha256, tags: 'hq edge' }), cellsOf(two), cellsOf(three))
    await step(again)
    expect(await statesOf(again)).toEqual(['unchanged', 'unchanged', 'unchanged'])
    expect(await db().firewall.findMany({ include: { credential: true }, orderBy: { id: 'asc' } })).toEqual(before)
    expect(firewalls.map((firewall) => firewall.counts().requests)).toEqual([0, 0, 0])
  })

  it('says what differs and changes none of it', async () => {
    const [one, two] = firewalls as [FleetFirewall, FleetFirewall]
    const differs = await take(cellsOf(one, { tags: 'core', secret: 'another' }), cellsOf(two, { name: 'renamed' }))
    await step(differs)
    const rows = await rowsOf(differs)
    expect(rows.map(({ state }) => state)).toEqual(['differs', 'differs'])
    expect(rows[0]?.message).toBe('It is enrolled and differs. tags: edge hq here, core in the file; credential: another one in the file.')
    expect(rows[1]?.message).toContain('name: oslo-2 here, renamed in the file')
    expect(one.counts().requests).toBe(0)
  })
})

describe('what fails', () => {
  it('a wrong credential is tried once, kept from a third failure, and replaced by a person', async () => {
    const firewall = await add('wrong-key')
    const id = await take(cellsOf(firewall, { secret: 'wrong', sha256: firewall.info.sha256 }))
    await step(id)
    expect((await rowsOf(id))[0]).toMatchObject({ state: 'failed', message: 'The firewall rejected the API key.', credentialKept: true })
    expect((await rowsOf(id))[0]?.nextStep).toContain('1 try is left in 30 minutes.')
    await step(id)
    expect(firewall.counts().authenticationFailures).toBe(1)
    for (const expected of [2, 2]) {
      expect((await act('retry', id, { lines: [2] })).body).toEqual({ changed: 1 })
      await step(id)
      expect(firewall.counts().authenticationFailures).toBe(expected)
    }
    expect((await rowsOf(id))[0]).toMatchObject({ message: expect.stringContaining('No tries are left'), nextStep: expect.stringMatching(/No try is left until \d\d:\d\d UTC\.$/) })
    await db().authenticationFailure.deleteMany({ where: { origin: firewall.info.url } })
    firewall.clearLockout()
    must(await act('edit', id, { line: 2, credential: { method: 'key-secret', ...(firewall.info.credentials['key-secret'] as object) } }), 200)
    await step(id)
    expect(await statesOf(id)).toEqual(['enrolled'])
  })

  it('another certificate than the one in the file stops the line; a new address needs the credential again', async () => {
    const [firewall, other] = [await add('other-cert'), await add('other-cert-2')]
    const id = await take(cellsOf(firewall, { sha256: 'a'.repeat(64) }))
    await step(id)
    expect((await rowsOf(id))[0]).toMatchObject({ state: 'failed', message: 'The firewall shows another certificate than the one in the file.' })
    expect(firewall.counts().authentications).toBe(0)
    expect(must(await act('edit', id, { line: 2, baseUrl: other.info.url }), 400).body).toMatchObject({ issues: [{ field: 'credential' }] })
    must(await act('edit', id, { line: 2, baseUrl: other.info.url, credential: { method: 'key-secret', ...(other.info.credentials['key-secret'] as object) } }), 200)
    await step(id)
    expect(await statesOf(id)).toEqual(['waits-for-trust'])
    expect((await act('drop', id, { lines: [2] })).body).toEqual({ changed: 1 })
    expect(await db().enrolmentRow.findMany({ where: { fileId: id }, select: { state: true, credentialSealed: true } })).toEqual([{ state: 'dropped', credentialSealed: null }])
  })

  it('a certificate that changes after it was trusted waits for a person again', async () => {
    const firewall = await add('swapped')
    const id = await take(cellsOf(firewall))
    await step(id)
    await trustAll(id)
    await firewall.patch({ certificate: 'new-key' })
    await step(id)
    expect((await rowsOf(id))[0]).toMatchObject({ state: 'waits-for-trust', message: 'The firewall shows another certificate than the one you trusted.', certificate: { sha256: firewall.info.sha256 } })
    expect(firewall.counts().authentications).toBe(0)
  })

  it('what does not answer says so, and the download of it has no credential', async () => {
    const dead = await add('dead-1', { scenario: 'dead' })
    const id = await take(cellsOf(dead, { key: 'canary-key', secret: 'canary-secret' }))
    await step(id)
    expect((await rowsOf(id))[0]).toMatchObject({ state: 'failed' })
    const text = String((await call(enrolmentOperations.failed, { token, params: { id } })).body.text)
    expect(text).toContain('dead-1')
    expect(text).not.toContain('canary')
    const preview = await call(enrolmentOperations.preview, { token, body: { fileName: 'again.csv', fileBase64: Buffer.from(text).toString('base64') } })
    expect(preview.body).toMatchObject({ rowCount: 1, problemCount: 1, problems: [{ line: 2, column: 'key' }] })
  })
})

describe('after a crash', () => {
  const begin = async (id: string, state: string) => {
    await db().enrolmentRow.updateMany({ where: { fileId: id }, data: { state, changedAt: new Date() } })
    await db().enrolmentFile.update({ where: { id }, data: { nextStepAt: new Date(Date.now() - 10_000) } })
  }
  it('a look is made again; a test is not, and the line says that it is not known', async () => {
    const firewall = await add('crashed')
    const id = await take(cellsOf(firewall, { sha256: firewall.info.sha256 }))
    await begin(id, 'testing')
    expect(await overdueFiles(new Date())).toEqual([id])
    await step(id)
    expect((await rowsOf(id))[0]).toMatchObject({ state: 'failed', message: expect.stringContaining('not known whether the test ran'), credentialKept: true })
    expect(firewall.counts().requests).toBe(0)
    await begin(id, 'probing')
    await step(id)
    expect(await statesOf(id)).toEqual(['enrolled'])
  })

  it('a line that got as far as its firewall is enrolled', async () => {
    const firewall = await add('almost')
    const id = await take(cellsOf(firewall, { sha256: firewall.info.sha256 }))
    await step(id)
    const [row] = await rowsOf(id)
    await db().enrolmentRow.updateMany({ where: { fileId: id }, data: { state: 'testing', firewallId: null, changedAt: new Date(Date.now() - 60_000) } })
    await db().enrolmentFile.update({ where: { id }, data: { finishedAt: null } })
    await step(id)
    expect((await rowsOf(id))[0]).toMatchObject({ state: 'enrolled', firewallId: row?.firewallId })
  })

  it('two workers at once take each line once', async () => {
    const firewalls = await Promise.all(['twice-1', 'twice-2', 'twice-3', 'twice-4'].map((name) => add(name, { latencyMs: 20 })))
    const id = await take(...firewalls.map((firewall) => cellsOf(firewall, { sha256: firewall.info.sha256 })))
    await Promise.all([stepFile(id, 'one'), stepFile(id, 'two'), stepFile(id, 'three')])
    expect(await statesOf(id)).toEqual(['enrolled', 'enrolled', 'enrolled', 'enrolled'])
    expect(await db().firewall.count({ where: { name: { startsWith: 'twice-' } } })).toBe(4)
  })
})

describe('rights', () => {
  it('are those of the creator at that moment', async () => {
    const admin = await person([{ role: 'admin', customerId }], 'leaving admin')
    const firewall = await add('leaving')
    const taken = await call(enrolmentOperations.take, { token: await tokenOf(admin, 'admin', CUSTOMER), body: fileOf(cellsOf(firewall, { sha256: firewall.info.sha256 })) })
    await db().grant.updateMany({ where: { operatorId: admin.id }, data: { role: 'viewer' } })
    await step(String(taken.body.id))
    expect(await db().enrolmentRow.findFirst({ where: { fileId: String(taken.body.id) } })).toMatchObject({ state: 'failed', message: 'Who took this file may not enrol for this customer any more.' })
    expect(firewall.counts().requests).toBe(0)
  })

  it('another operator does not see the file', async () => {
    const id = await take(cellsOf(await add('private')))
    const other = await tokenOf(await owner(), 'owner')
    expect((await call(enrolmentOperations.read, { token: other, params: { id } })).status).toBe(404)
  })
})

describe('the largest file', () => {
  it('is taken whole, in one transaction', async () => {
    const rows = Array.from({ length: 5_000 }, (_, at) => ({ name: `many-${at}`, customer: CUSTOMER, url: `https://198.18.${at >> 8}.${at & 255}`, key: 'k'.repeat(80), secret: 's'.repeat(80), tags: 'edge branch' }))
    const id = await take(...rows)
    expect(must(await call(enrolmentOperations.read, { token, params: { id } }), 200).body).toMatchObject({ total: 5_000, counts: { waiting: 5_000 } })
    await db().enrolmentFile.delete({ where: { id } })
  })
})

describe('pairs', () => {
  it('are linked by name, in whichever order they are enrolled', async () => {
    const [one, two] = [await add('pair-1'), await add('pair-2')]
    const id = await take(cellsOf(one, { sha256: one.info.sha256, ha_peer: 'pair-2' }), cellsOf(two, { sha256: two.info.sha256 }))
    await step(id)
    expect((await rowsOf(id)).map(({ state, message }) => [state, message])).toEqual([['enrolled', null], ['enrolled', null]])
    const pair = await db().firewall.findMany({ where: { name: { startsWith: 'pair-' } }, select: { id: true, haPeerId: true }, orderBy: { name: 'asc' } })
    expect(pair.map(({ haPeerId }) => haPeerId)).toEqual(pair.map(({ id }) => id).reverse())
  })
})
