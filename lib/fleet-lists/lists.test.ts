// Order by time, what is gone, exports and the values of fields.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fleetListOperations } from '@/lib/api/fleet-lists'
import { db } from '@/lib/db/client'
import { call, tokenOf } from '@/lib/testing/api-client'
import { aCustomer, owner, person, startInstallation, type Installation } from '@/lib/testing/installation'

const DAY_MS = 86_400_000
const START_MS = Date.parse('2026-06-01T00:00:00.000Z')
const day = (days: number) => new Date(START_MS + days * DAY_MS)
const RULES = 60

let installation: Installation
let token: string
let scopedToken: string
let mine: string

beforeAll(async () => {
  installation = await startInstallation()
  token = await tokenOf(await owner(), 'owner')
  const [own, foreign] = [await aCustomer('Halvorsen Dental'), await aCustomer('Orchard Legal')]
  mine = own.id
  scopedToken = await tokenOf(await person([{ role: 'viewer', customerId: own.id }]), 'viewer', 'Halvorsen Dental')
  for (const [n, customer] of [own, own, foreign].entries()) {
    const { id } = await db().firewall.create({ data: { name: `edge-${n}`, customerId: customer.id, tags: n === 0 ? ['hq', 'edge'] : ['edge'], family: 'pfsense-v2', origin: 'https://10.20.8.2', trustMode: 'public-ca', trustConfirmedAt: new Date() } })
    await db().factRule.createMany({
      data: Array.from({ length: RULES }, (_, at) => ({
        firewallId: id,
        key: String(at),
        body: { id: String(at), description: at === 7 ? '=HYPERLINK("http://evil.example")' : `rule ${at}`, action: at % 3 === 0 ? 'block' : 'pass', layerName: n === 2 ? 'SECRET' : at % 2 === 0 ? 'LAN' : 'LAB', interfaces: ['LAN', at % 5 === 0 ? 'GUEST' : 'WAN'], destination: { address: `10.${n}.0.${at}`, kind: 'address', not: false, port: null } },
        digest: 'd',
        // Several at the same moment, so that the order needs more than the time.
        firstSeenAt: day(at % 7),
        changedAt: day((at * 11) % 13),
        goneAt: at >= RULES - 5 ? day(20 + at) : null,
      })),
    })
  }
})
afterAll(() => installation.end())

type Item = { id: string; firewall: { id: string; name: string }; firstSeenAt: string; changedAt: string; goneAt: string | null }
async function all(query: Record<string, string>): Promise<{ items: Item[]; total: unknown }> {
  const items: Item[] = []
  for (let cursor: string | undefined; ; ) {
    const { status, body } = await call(fleetListOperations.rules, { token, query: { ...query, limit: '23', ...(cursor !== undefined && { cursor }) } })
    expect(status).toBe(200)
    items.push(...(body.items as Item[]))
    if (body.nextCursor === null) return { items, total: body.total }
    cursor = String(body.nextCursor)
  }
}

describe('the order of a list', () => {
  it.each(['firewall', '-firewall', 'firstSeen', '-firstSeen', 'changed', '-changed'])('%s holds over all pages, and each row comes once', async (sort) => {
    const { items, total } = await all({ sort })
    expect([items.length, total]).toEqual([3 * (RULES - 5), 3 * (RULES - 5)])
    const places = items.map((item) => `${sort.includes('firstSeen') ? item.firstSeenAt : sort.includes('changed') ? item.changedAt : ''} ${item.firewall.id} ${item.id}`)
    expect(new Set(places).size).toBe(places.length)
    expect(places).toEqual(places.toSorted((a, b) => (a < b ? -1 : 1) * (sort.startsWith('-') ? -1 : 1)))
  })
  it('a regular expression keeps it', async () => {
    const { items } = await all({ sort: '-changed', description__regex: '^rule [0-9]+$' })
    const times = items.map(({ changedAt }) => changedAt)
    expect([items.length, times]).toEqual([3 * (RULES - 6), times.toSorted().reverse()])
  })
  it('the cursor of another order is refused', async () => {
    const { body } = await call(fleetListOperations.rules, { token, query: { limit: '1' } })
    expect((await call(fleetListOperations.rules, { token, query: { limit: '1', sort: 'changed', cursor: String(body.nextCursor) } })).body).toMatchObject({ status: 400, issues: [{ field: 'cursor' }] })
    expect((await call(fleetListOperations.rules, { token, query: { sort: 'description' } })).body).toMatchObject({ status: 400, issues: [{ field: 'sort' }] })
  })
})

describe('what is gone', () => {
  it('is found when asked for, with since when', async () => {
    expect((await all({ gone: 'true' })).items.length).toBe(3 * RULES)
    const { items } = await all({ gone: 'true', id: '57', firewall__name: 'edge-1' })
    expect(items).toMatchObject([{ id: '57', goneAt: day(77).toISOString() }])
    expect((await all({ id: '57' })).items).toEqual([])
    expect((await call(fleetListOperations.rules, { token, query: { gone: 'perhaps' } })).body).toMatchObject({ status: 400, issues: [{ field: 'gone' }] })
  })
})

describe('an export', () => {
  it('has what matches, in order, as text and not as formulas, and stands in the audit log', async () => {
    const { status, headers, body } = await call(fleetListOperations.exportRules, { token, query: { firewall__name: 'edge-1', description__except: 'rule 3', sort: '-changed' } })
    const lines = String(body.text).split('\r\n').filter(Boolean)
    expect([status, headers.get('content-disposition'), lines.length]).toEqual([200, expect.stringMatching(/^attachment; filename="palisade-rules-\d{4}-\d\d-\d\d\.csv"$/), 1 + RULES - 5 - 1])
    expect(lines[0]).toMatch(/^"firewall__name","customer__name","site__name","id",.*"destination__address",.*"goneAt","observedAt","firewall__id"$/)
    expect(body.text).toContain(`"'=HYPERLINK(""http://evil.example"")"`)
    const entry = await db().auditEntry.findFirstOrThrow({ where: { action: 'list.export' }, orderBy: { entry: 'desc' } })
    expect(JSON.parse(entry.canonical)).toMatchObject({ target: { kind: 'list', name: 'rules' }, result: 'done', details: { where: [['firewall__name', 'edge-1'], ['description__except', 'rule 3']], gone: false, rows: RULES - 6, truncated: false } })
  })
  it('has nothing of others, and a question that cannot be asked makes none', async () => {
    const entries = await db().auditEntry.count()
    expect((await call(fleetListOperations.exportRules, { token, query: { nosuch: '1' } })).body).toMatchObject({ status: 400, issues: [{ field: 'nosuch' }] })
    expect(await db().auditEntry.count()).toBe(entries)
    const { body } = await call(fleetListOperations.exportRules, { token: scopedToken, query: { gone: 'true' } })
    expect(String(body.text).split('\r\n').filter(Boolean).length).toBe(1 + 2 * RULES)
    expect(body.text).not.toContain('SECRET')
  })
})

describe('the values of a field', () => {
  const values = async (field: string, query: Record<string, string> = {}, as = token) => (await call(fleetListOperations.values, { token: as, params: { list: 'rules', field }, query })).body
  it('come with how often they are there, the commonest first, whatever the case of what is typed', async () => {
    expect(await values('action')).toEqual({ field: 'action', counts: 'items', truncated: false, items: [{ value: 'pass', count: 3 * 36 }, { value: 'block', count: 3 * 19 }] })
    expect((await values('interfaces', { startsWith: 'g' })).items).toEqual([{ value: 'GUEST', count: 33 }])
    expect((await values('destination__address', { startsWith: '10.1.0.5' })).items).toHaveLength(6)
    expect((await values('layerName', { startsWith: 'la' })).items).toEqual([{ value: 'LAN', count: 56 }, { value: 'LAB', count: 54 }])
    expect(await values('customer__name')).toMatchObject({ counts: 'firewalls', items: [{ value: 'Halvorsen Dental', count: 2 }, { value: 'Orchard Legal', count: 1 }] })
    expect((await values('tag')).items).toEqual([{ value: 'edge', count: 3 }, { value: 'hq', count: 1 }])
    expect((await values('action', { startsWith: '%' })).items).toEqual([])
    expect((await values('position')).items).toEqual([])
  })
  it('are those of the customer asked for, and of nobody else', async () => {
    expect((await values('layerName', { customerId: mine })).items).toEqual([{ value: 'LAN', count: 56 }, { value: 'LAB', count: 54 }])
    for (const startsWith of ['', 'S', 'SEC']) expect(JSON.stringify(await values('layerName', { startsWith }, scopedToken))).not.toContain('SECRET')
    expect((await values('firewall__name', {}, scopedToken)).items).toHaveLength(2)
  })
  it('of a field or list that is not there are not found', async () => {
    expect(await values('nosuch')).toMatchObject({ status: 404, code: 'not-found' })
    expect((await call(fleetListOperations.values, { token, params: { list: 'nosuch', field: 'action' } })).body).toMatchObject({ status: 404, code: 'not-found' })
  })
})
