// Pages of changes over the API: every change once, newest first, in words of fields, and only one's own.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { historyOperations } from '@/lib/api/history'
import { db } from '@/lib/db/client'
import { storeReadings } from '@/lib/firewalls/store-readings'
import { call, tokenOf } from '@/lib/testing/api-client'
import { USUAL } from '@/lib/testing/fact-items'
import { aFirewall, minute, observed } from '@/lib/testing/fact-world'
import { owner, person, startInstallation, type Installation } from '@/lib/testing/installation'
import type { ChangeDto } from './dto'

let installation: Installation
let token: string
let mine: string
let theirs: string
const rule = (id: string, more: object = {}) => ({ ...USUAL.rules, id, description: `rule ${id}`, ...more })

beforeAll(async () => {
  installation = await startInstallation()
  token = await tokenOf(await owner(), 'owner')
  mine = await aFirewall()
  theirs = await aFirewall()
  for (const id of [mine, theirs]) {
    await storeReadings(id, [observed('rules', [rule('a'), rule('b')], minute(0)), observed('arp', [USUAL.arp], minute(0))])
    await storeReadings(id, [observed('rules', [rule('a', { enabled: false, interfaces: ['LAN', 'WAN'] }), rule('c', { position: 2 })], minute(1)), observed('arp', [{ ...USUAL.arp, mac: '00:00:5e:00:53:99' }], minute(1))])
  }
})
afterAll(() => installation.end())

type Query = Record<string, string>
const of = async (query: Query = {}, id = mine, as = token) => (await call(historyOperations.ofFirewall, { token: as, params: { id }, query })).body
const items = (body: Record<string, unknown>) => body.items as ChangeDto[]
const tell = (body: Record<string, unknown>) => items(body).map(({ kind, key, what }) => `${kind} ${key} ${what}`).sort()

describe('changes', () => {
  it('say field by field what differs, and what came and went', async () => {
    const body = await of({ kind: 'rules' })
    expect(tell(body)).toEqual(['rules a changed', 'rules b gone', 'rules c new'])
    expect(items(body).find(({ key }) => key === 'a')).toMatchObject({
      title: 'rule a',
      at: minute(1).toISOString(),
      firewall: { id: mine },
      fields: [{ field: 'enabled', before: true, after: false }, { field: 'interfaces', added: ['WAN'], removed: [] }],
    })
  })
  it('are found by kind and by thing', async () => {
    expect(tell(await of())).toEqual(['arp arp 192.0.2.1 igb1 changed', 'rules a changed', 'rules b gone', 'rules c new'])
    expect(tell(await of({ kind: 'rules', key: 'b' }))).toEqual(['rules b gone'])
    expect(tell(await of({ kind: 'arp,aliases' }))).toEqual(['arp arp 192.0.2.1 igb1 changed'])
    expect(await of({ key: 'b' })).toMatchObject({ status: 400, issues: [{ field: 'kind' }] })
    expect(await of({ kind: 'moods' })).toMatchObject({ status: 400 })
    expect(await of({ cursor: 'abc' })).toMatchObject({ status: 400, issues: [{ field: 'cursor' }] })
  })
  it('of all firewalls come page by page, each once, newest first', async () => {
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const { body }: { body: Record<string, unknown> } = await call(historyOperations.ofFleet, { token, query: { limit: '3', ...(cursor !== null && { cursor }) } })
      expect(body.total).toBe(8)
      seen.push(...items(body).map(({ id }) => id))
      cursor = body.nextCursor as string | null
    } while (cursor !== null)
    const all = await db().change.findMany({ orderBy: { id: 'desc' }, select: { id: true } })
    expect(seen).toEqual(all.map(({ id }) => String(id)))
  })
  it('of others are not there', async () => {
    const { customer } = await db().firewall.findUniqueOrThrow({ where: { id: theirs }, include: { customer: true } })
    const stranger = await tokenOf(await person([{ role: 'viewer', customerId: customer.id }]), 'viewer', customer.name)
    expect(await of({}, mine, stranger)).toMatchObject({ status: 404 })
    const { body } = await call(historyOperations.ofFleet, { token: stranger, query: {} })
    expect(body.total).toBe(4)
    expect(items(body).every(({ firewall }) => firewall.id === theirs)).toBe(true)
    const { customerId } = await db().firewall.findUniqueOrThrow({ where: { id: mine } })
    expect((await call(historyOperations.ofFleet, { token: stranger, query: { customerId } })).body).toMatchObject({ items: [], total: 0 })
  })
})
