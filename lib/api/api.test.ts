import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { db } from '@/lib/db/client'
import type { Operation } from '@/lib/http/operation'
import { call, tokenOf, type Reply } from '@/lib/testing/api-client'
import { aCustomer, owner, person, startInstallation, type Installation } from '@/lib/testing/installation'
import { GOOD } from '@/lib/testing/request-bodies'
import { allOperations } from './all'
import { customerOperations } from './customers'
import { firewallOperations } from './firewalls'
import { siteOperations } from './sites'
import { systemOperations } from './system'

let installation: Installation
let token: string
beforeAll(async () => {
  installation = await startInstallation()
  token = await tokenOf(await owner(), 'owner')
})
afterAll(() => installation.end())

const text = (reply: Reply, name: string) => String(reply.body[name])

describe('routes and operations', () => {
  const root = path.join(process.cwd(), 'app/api/v1')
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('route.ts'))

  it('every route file is one line per operation, and every operation has its route', () => {
    const routed = files.flatMap((file) => {
      const source = readFileSync(path.join(root, file), 'utf8')
      if (file.startsWith('[...unknown]') || file.startsWith('openapi.json')) return []
      const lines = source.split('\n').filter((line) => line !== '' && !line.startsWith('import '))
      for (const line of lines) expect(line).toMatch(/^export const (GET|POST|PUT|PATCH|DELETE) = handle\(\w+Operations\.\w+\)$/)
      const address = `/${path.dirname(file).replace(/\[(\w+)\]/g, '{$1}')}`
      return lines.map((line) => `${line.split(' ')[2]?.toLowerCase()} ${address}`)
    })
    expect(routed.sort()).toEqual(allOperations.map(({ method, path }) => `${method} ${path}`).sort())
  })
  it('operation ids are unique', () => {
    expect(new Set(allOperations.map(({ id }) => id)).size).toBe(allOperations.length)
  })
})

describe('who may come in', () => {
  it('health answers anyone, everything else wants a session or a token', async () => {
    for (const spec of allOperations) {
      const params = { id: '00000000-0000-4000-8000-000000000000' }
      const reply = await call(spec, { params: spec.path.includes('{id}') ? params : {}, ...(spec.method !== 'get' && { body: {} }), headers: { origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin' } })
      if (spec.access === 'anyone') expect([200, 400, 503]).toContain(reply.status)
      else expect([reply.status, reply.body.code]).toEqual([401, 'unauthenticated'])
      expect(reply.headers.get('cache-control')).toContain('no-store')
    }
  })

  it.each([
    ['no Origin at all', {}],
    ['Origin null', { origin: 'null', 'sec-fetch-site': 'same-origin' }],
    ['another origin', { origin: 'https://evil.example' }],
    ['a sub-domain', { origin: 'http://a.localhost:3000' }],
    ['another port', { origin: 'http://localhost:3001' }],
    ['our origin but cross-site', { origin: 'http://localhost:3000', 'sec-fetch-site': 'cross-site' }],
    ['only same-site', { 'sec-fetch-site': 'same-site' }],
  ])('refuses an unsafe request of a browser with %s', async (_, headers) => {
    for (const spec of allOperations.filter(({ method }) => method !== 'get')) {
      const reply = await call(spec, { params: { id: '00000000-0000-4000-8000-000000000000' }, body: {}, headers })
      expect([spec.id, reply.status, reply.body.code]).toEqual([spec.id, 403, 'cross-origin'])
    }
  })

  it('takes JSON only', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
      expect((await call(customerOperations.create, { token, body: '{"name":"x"}', headers: { 'content-type': type } })).status).toBe(415)
    }
    expect((await call(customerOperations.create, { token, body: '{"name":' })).body).toMatchObject({ status: 400, issues: [{ field: 'body' }] })
    expect((await call(customerOperations.create, { token, body: `{"name":"${'x'.repeat(1_100_000)}"}` })).status).toBe(413)
    expect(await db().customer.count()).toBe(0)
  })
})

describe('creating and changing', () => {
  it('the same Idempotency-Key makes one object, also twice at once; another body is refused', async () => {
    const headers = { 'idempotency-key': 'first-customer' }
    const create = (name: string) => call(customerOperations.create, { token, body: { name }, headers })
    const replies = await Promise.all([create('Orchard Legal'), create('Orchard Legal'), create('Orchard Legal')])
    expect(new Set(replies.map((reply) => `${reply.status} ${text(reply, 'id')}`)).size).toBe(1)
    expect((await create('Another name')).body.code).toBe('idempotency-conflict')
    const customerId = text((await create('Orchard Legal')), 'id')
    const site = () => call(siteOperations.create, { token, body: { name: 'Bergen', customerId, timeZone: 'Europe/Oslo' }, headers: { 'idempotency-key': 'first-site' } })
    expect(text(await site(), 'id')).toBe(text(await site(), 'id'))
    expect([await db().customer.count(), await db().site.count()]).toEqual([1, 1])
    expect(await db().auditEntry.count({ where: { action: 'customer.create' } })).toBe(1)
  })

  it('a change wants If-Match, and the right one', async () => {
    const made = await call(customerOperations.create, { token, body: { name: 'Mistral Foods' } })
    const params = { id: text(made, 'id') }
    expect(made.headers.get('etag')).toBe(text(made, 'etag'))
    const edit = (headers: Record<string, string>, name = 'Mistral') => call(customerOperations.edit, { token, params, body: { name }, headers })
    expect((await edit({})).status).toBe(428)
    expect((await edit({ 'if-match': '*' })).status).toBe(412)
    expect((await edit({ 'if-match': '"99"' })).status).toBe(412)
    const changed = await edit({ 'if-match': text(made, 'etag') })
    expect([changed.status, changed.body.name]).toEqual([200, 'Mistral'])
    expect((await edit({ 'if-match': text(made, 'etag') }, 'Late')).status).toBe(412)
    expect((await call(customerOperations.remove, { token, params, body: {}, headers: { 'if-match': text(changed, 'etag') } })).body).toEqual({ removed: true })
    for (const spec of allOperations.filter(({ ifMatch }) => ifMatch)) {
      expect((await call(spec, { token, params, body: {} })).status).toBe(428)
      expect((await call(spec, { token, params, body: {}, headers: { 'if-match': 'nonsense' } })).status).toBe(412)
    }
  })

  it('a taken name is a conflict that names the field', async () => {
    await call(customerOperations.create, { token, body: { name: 'Anvil & Sons' } })
    expect((await call(customerOperations.create, { token, body: { name: 'Anvil & Sons' } })).body).toMatchObject({ status: 409, issues: [{ field: 'name' }] })
  })
})

const WRONG: readonly [string, unknown][] = [
  ['a number', 7],
  ['null', null],
  ['an array', [1, 2]],
  ['an operator object', { contains: '' }],
  ['a negation', { not: '' }],
  ['an oversized text', 'x'.repeat(5_000)],
  ['a polluted object', JSON.parse('{"__proto__":{"role":"owner"}}')],
]

/** Every path of a body: fields, and fields inside objects. */
const pathsOf = (body: Record<string, unknown>, before = ''): string[] =>
  Object.entries(body).flatMap(([name, value]) => [`${before}${name}`, ...(typeof value === 'object' && value !== null && !Array.isArray(value) ? pathsOf(value as Record<string, unknown>, `${before}${name}.`) : [])])

function withField(body: Record<string, unknown>, at: string, value: unknown): Record<string, unknown> {
  const [name = '', ...rest] = at.split('.')
  const inner = body[name]
  return { ...body, [name]: rest.length > 0 ? withField(inner as Record<string, unknown>, rest.join('.'), value) : value }
}

describe('hostile input', () => {
  // More requests than a token has in a minute.
  beforeEach(async () => void (await db().rateWindow.deleteMany()))
  const writing = allOperations.filter((spec) => spec.method !== 'get' && GOOD[spec.id])
  const send = (spec: Operation, body: unknown) => call(spec, { token, params: spec.path.includes('{id}') ? { id: '00000000-0000-4000-8000-00000000000a' } : {}, body, headers: { 'if-match': '"1"' } })

  it('every operation with a body is covered', () => {
    const withBody = allOperations.filter((spec) => spec.method !== 'get' && Object.keys(spec.input.shape).some((name) => !spec.path.includes(`{${name}}`)))
    expect(withBody.map(({ id }) => id).sort()).toEqual(Object.keys(GOOD).sort())
  })

  it.each(WRONG)('every field given %s is a 400 that names the field, and nothing is written', async (_, value) => {
    const before = await Promise.all([db().customer.count(), db().site.count(), db().firewall.count(), db().operator.count(), db().auditEntry.count()])
    for (const spec of writing) {
      for (const at of pathsOf(GOOD[spec.id] ?? {})) {
        const body = withField(GOOD[spec.id] ?? {}, at, value)
        // A list of two numbers is a wrong list of tags as well; null, seven days or port 7 are allowed where the schema says so.
        if (spec.input.safeParse({ ...(spec.path.includes('{id}') && { id: crypto.randomUUID() }), ...body }).success) continue
        const reply = await send(spec, body)
        const issues = reply.body.issues as { field: string }[] | undefined
        expect([spec.id, at, reply.status]).toEqual([spec.id, at, 400])
        expect(issues?.some(({ field }) => field === at || field.startsWith(`${at}.`) || at.startsWith(`${field}.`)), `${spec.id} ${at}: ${JSON.stringify(issues)}`).toBe(true)
      }
    }
    expect(await Promise.all([db().customer.count(), db().site.count(), db().firewall.count(), db().operator.count(), db().auditEntry.count()])).toEqual(before)
  })

  it.each(['role', '__proto__', 'constructor', 'customer.id'])('a field that does not exist (%s) is named', async (name) => {
    for (const spec of writing) {
      const body = JSON.stringify(GOOD[spec.id]).replace(/}$/, `,${JSON.stringify(name)}:{"a":1}}`)
      const reply = await send(spec, body)
      expect([spec.id, reply.status, (reply.body.issues as { field: string }[])[0]?.field]).toEqual([spec.id, 400, name])
    }
  })

  it('every missing required field is named', async () => {
    for (const spec of writing) {
      for (const at of Object.keys(GOOD[spec.id] ?? {})) {
        if (!spec.input.shape[at] || spec.input.shape[at].safeParse(undefined).success) continue
        const { [at]: _gone, ...rest } = GOOD[spec.id] ?? {}
        const reply = await send(spec, rest)
        expect([spec.id, reply.status, (reply.body.issues as { field: string }[])[0]?.field]).toEqual([spec.id, 400, at])
      }
    }
  })

  it('a wrong or repeated query field is named', async () => {
    expect((await call(firewallOperations.list, { token, query: { sort: 'password' } })).body).toMatchObject({ status: 400, issues: [{ field: 'sort' }] })
    expect((await call(firewallOperations.list, { token, query: { nosuch: '1' } })).body).toMatchObject({ status: 400, issues: [{ field: 'nosuch' }] })
    expect((await call(firewallOperations.list, { token, query: { cursor: 'zzz' } })).body).toMatchObject({ status: 400, issues: [{ field: 'cursor' }] })
    expect((await call(customerOperations.list, { token, query: { limit: '0' } })).body).toMatchObject({ status: 400, issues: [{ field: 'limit' }] })
  })
})

describe('scope', () => {
  it('what is outside the scope answers byte for byte like what does not exist', async () => {
    const [mine, foreign] = [await aCustomer('Mine'), await aCustomer('Foreign')]
    const site = await db().site.create({ data: { name: 'Elsewhere', customerId: foreign.id } })
    const viewer = await tokenOf(await person([{ role: 'admin', customerId: mine.id }]), 'admin', 'Mine')
    const same = (reply: Reply) => JSON.stringify({ ...reply.body, requestId: '' })
    const unknown = { id: '00000000-0000-4000-8000-00000000000b' }
    for (const [spec, id] of [[customerOperations.read, foreign.id], [siteOperations.read, site.id]] as const) {
      expect(same(await call(spec, { token: viewer, params: { id } }))).toBe(same(await call(spec, { token: viewer, params: unknown })))
    }
    const foreignSite = await call(siteOperations.create, { token: viewer, body: { name: 'X', customerId: foreign.id } })
    const unknownSite = await call(siteOperations.create, { token: viewer, body: { name: 'X', customerId: unknown.id } })
    expect(same(foreignSite)).toBe(same(unknownSite))
    expect((await call(customerOperations.list, { token: viewer })).body).toMatchObject({ total: 1, items: [{ name: 'Mine' }] })
    expect((await call(siteOperations.list, { token: viewer })).body).toMatchObject({ total: 0, items: [] })
    expect((await call(customerOperations.create, { token: viewer, body: { name: 'New' } })).status).toBe(403)
    expect((await call(systemOperations.me, { token: viewer })).body).toMatchObject({ kind: 'token', role: 'admin', scopes: [{ customerId: mine.id }] })
  })
})
