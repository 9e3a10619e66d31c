// Making, changing, trying and ending copies through the API, and what stands in the log about it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { auditCopyOperations as operations } from '@/lib/api/audit-copies'
import { db } from '@/lib/db/client'
import { certificate } from '@/lib/outbound/__fixtures__/certificate'
import { call, tokenOf } from '@/lib/testing/api-client'
import { owner, startInstallation, type Installation } from '@/lib/testing/installation'
import { startReceiver } from '@/lib/testing/syslog'
import { copyAuditLog } from '@/lib/worker/copy-audit-log'
import { copyState } from './states'

const SIEM = { kind: 'syslog', host: '127.0.0.1', port: 9, security: { mode: 'plain' } } as const

let installation: Installation
let token: string
beforeAll(async () => {
  installation = await startInstallation()
  token = await tokenOf(await owner(), 'owner')
})
afterAll(() => installation.end())

const create = (body: object, key = crypto.randomUUID()) => call(operations.create, { token, body, headers: { 'idempotency-key': key } })
const edit = (id: string, etag: string, body: object) => call(operations.edit, { token, params: { id }, body, headers: { 'if-match': etag } })
const list = async () => (await call(operations.list, { token })).body.items as Record<string, unknown>[]
const round = () => copyAuditLog(new Date(Date.now() + 3_600_000), new AbortController().signal)
const newest = () => db().auditEntry.findFirstOrThrow({ orderBy: { entry: 'desc' } })

describe('a copy', () => {
  it('is made once, begins with the entry about it, is changed, paused and ended, and each is an entry', async () => {
    const key = crypto.randomUUID()
    const made = await create({ name: 'SIEM', target: SIEM }, key)
    expect(made.status).toBe(201)
    expect((await create({ name: 'SIEM', target: SIEM }, key)).body.id).toBe(made.body.id)
    const entry = await newest()
    expect(made.body).toMatchObject({ state: 'up-to-date', firstEntry: Number(entry.entry), lastEntry: 0, behind: 1, folder: null })
    expect(JSON.parse(entry.canonical)).toMatchObject({ action: 'audit.copy.create', after: { target: SIEM, firstEntry: Number(entry.entry) } })
    const id = String(made.body.id)
    await round()
    expect(await list()).toEqual([expect.objectContaining({ state: 'failing', failures: 1, nextTryAt: expect.any(String) as string })])
    const paused = await edit(id, '"1"', { enabled: false, name: 'SIEM at home' })
    expect(paused.body).toMatchObject({ state: 'paused', name: 'SIEM at home', failures: 0, lastError: null, etag: '"2"' })
    expect((await edit(id, '"1"', { enabled: true })).status).toBe(412)
    expect((await edit(id, '"2"', { target: { kind: 'file' } })).body).toMatchObject({ code: 'invalid-input', issues: [{ field: 'target' }] })
    expect((await call(operations.remove, { token, params: { id }, headers: { 'if-match': '"2"' } })).body).toEqual({ removed: true })
    expect((await newest()).action).toBe('audit.copy.remove')
    expect((await edit(id, '"2"', { name: 'x' })).status).toBe(404)
  })

  it('has a name of its own, and there is one into files at most', async () => {
    expect((await create({ name: 'One', target: SIEM })).status).toBe(201)
    expect((await create({ name: 'One', target: SIEM })).body).toMatchObject({ code: 'conflict', issues: [{ field: 'name' }] })
    const files = await create({ name: 'Files', target: { kind: 'file' }, start: 'first' })
    expect(files.body).toMatchObject({ firstEntry: 1, folder: expect.stringContaining('audit-log') as string })
    expect((await create({ name: 'More files', target: { kind: 'file' } })).body).toMatchObject({ code: 'conflict', issues: [{ field: 'target' }] })
    await round()
    expect((await list()).find(({ name }) => name === 'Files')).toMatchObject({ state: 'up-to-date', behind: 0 })
  })

  it('what cannot be reached is refused before anything is stored', async () => {
    for (const host of ['logs example', 'a@b', 'https://logs', '', '[::1]']) expect((await create({ name: 'x', target: { ...SIEM, host } })).status, host).toBe(400)
    expect((await create({ name: 'x', target: { ...SIEM, port: 70_000 } })).status).toBe(400)
    expect((await create({ name: 'x', target: { ...SIEM, security: { mode: 'pin', sha256: 'zz' } } })).status).toBe(400)
  })
})

describe('trying a receiver', () => {
  const own = certificate('logs.test')

  it('shows its certificate before anything is sent, then sends a message that is no entry', async () => {
    const receiver = await startReceiver({ certificate: own })
    const seen = await call(operations.probe, { token, body: { host: '127.0.0.1', port: receiver.port } })
    expect(seen.body).toMatchObject({ certificate: { sha256: own.sha256, selfSigned: true, publiclyTrusted: false } })
    expect(receiver.connections.every(({ bytes }) => bytes.length === 0)).toBe(true)
    const target = { kind: 'syslog', host: '127.0.0.1', port: receiver.port, security: { mode: 'pin', sha256: own.sha256 } }
    expect((await call(operations.test, { token, body: { target } })).body).toMatchObject({ arrived: true })
    expect(receiver.messages().map(({ values }) => values)).toEqual([{ test: 'yes' }])
    await receiver.stop()
    const failed = await call(operations.test, { token, body: { target } })
    expect(failed.body).toMatchObject({ status: 503, code: 'unavailable', title: 'Nothing takes connections at this port.' })
    const entries = await db().auditEntry.findMany({ where: { action: { in: ['audit.copy.probe', 'audit.copy.test'] } }, orderBy: { entry: 'asc' } })
    expect(entries.map(({ action, result }) => `${action} ${result}`)).toEqual(['audit.copy.probe intent', 'audit.copy.probe done', 'audit.copy.test intent', 'audit.copy.test done', 'audit.copy.test intent', 'audit.copy.test failed'])
  })

  it('an address that is not allowed is said at its field', async () => {
    expect((await call(operations.probe, { token, body: { host: '169.254.169.254', port: 6514 } })).body).toMatchObject({ code: 'invalid-input', issues: [{ field: 'host' }] })
  })
})

it('a copy is behind when the oldest missing entry is a minute old, and worse things come first', () => {
  const at = (more: object) => copyState({ enabled: true, failures: 0, behindSeconds: 0, ...more })
  expect([at({}), at({ behindSeconds: 60 }), at({ behindSeconds: 61 }), at({ failures: 1, behindSeconds: 99 }), at({ enabled: false, failures: 3 })]).toEqual(['up-to-date', 'up-to-date', 'behind', 'failing', 'paused'])
})
