// Every number of the overview against the list that it leads to, over random fleets, on a real PostgreSQL.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/auth/actor'
import { db } from '@/lib/db/client'
import { POSTS_OF_CUSTOMER_MAX } from '@/lib/db/overview-sql'
import { listFirewallsInput } from '@/lib/firewalls/input'
import { listFirewalls } from '@/lib/firewalls/list'
import { owner, person, startInstallation, type Installation } from '@/lib/testing/installation'
import { makeRandomFleet } from '@/lib/testing/random-fleet'
import { FINDING_NAMES, FINDINGS, LEDGERS, whereLedger } from './findings'
import { fleetNumbers } from './numbers'
import { readLatest, readOverview, readTotals } from './read'

const SEED = Number(process.env.SEED ?? Date.now() % 2 ** 31)
const FIREWALLS = 100
let installation: Installation
let customerIds: string[]
let everyone: Actor
let scoped: Actor
beforeAll(async () => {
  installation = await startInstallation()
  ;({ customerIds } = await makeRandomFleet(SEED, FIREWALLS))
  everyone = await owner()
  scoped = await person([{ role: 'viewer', customerId: customerIds[0] ?? '' }, { role: 'viewer', customerId: customerIds[3] ?? '' }])
  process.stdout.write(`overview: seed ${SEED}\n`)
})
afterAll(() => installation.end())

const listed = async (actor: Actor, where: string, customerId?: string, limit = 500) => {
  const pairs = [...new URLSearchParams(where)]
  return listFirewalls(actor, listFirewallsInput.parse({ where: pairs, limit, ...(customerId !== undefined && { customerId }) }))
}
const totalOf = async (actor: Actor, where: string, customerId?: string) => (await listed(actor, where, customerId, 1)).total

describe('the overview', () => {
  it('counts what its lists find, in whatever scope', async () => {
    for (const [actor, customerId] of [[everyone, undefined], [everyone, customerIds[1]], [scoped, undefined], [scoped, customerIds[0]]] as const) {
      const { total, answering, updates, ledgers, customers, quiet } = await readOverview(actor, { customerId })
      const numbers = [answering, updates, ...ledgers, ...ledgers.flatMap(({ findings }) => findings)]
      const expected = await Promise.all(numbers.map(async ({ where }) => ({ where, count: await totalOf(actor, where, customerId) })))
      expect(numbers.map(({ where, count }) => ({ where, count }))).toEqual(expected)
      expect(total).toBe(await totalOf(actor, '', customerId))
      expect(total).toBe(customers.reduce((sum, each) => sum + each.total, 0))
      expect(quiet.customers).toBe(customers.filter(({ worst }) => worst === null).length)
      for (const each of customers) for (const ledger of LEDGERS) expect({ ...each, count: each.ledgers[ledger] }).toEqual({ ...each, count: await totalOf(actor, whereLedger(ledger), each.id) })
      for (const each of customers) expect(each.updates).toBe(await totalOf(actor, 'firmware__state__in=offered,major-offered', each.id))
    }
  })

  it('shows every finding of this fleet, and each firewall says the same of itself', async () => {
    const { ledgers, customers } = await readOverview(everyone, {})
    const shown = ledgers.flatMap(({ findings }) => findings.map(({ finding }) => finding))
    expect(shown).toEqual([...FINDING_NAMES])
    const { items } = await listed(everyone, '')
    for (const { ledger, findings } of ledgers) for (const { finding, count } of findings) {
      expect(items.filter((item) => item.findings.includes(finding))).toHaveLength(count)
      expect(FINDINGS[finding].ledger).toBe(ledger)
    }
    const wrong = items.filter(({ findings }) => findings.length > 0)
    for (const { id, posts, standing } of customers) {
      const own = wrong.filter(({ customer }) => customer.id === id)
      const rank = ({ findings }: (typeof own)[number]) => FINDING_NAMES.findIndex((name) => name === findings[0])
      const first = own.toSorted((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1)).slice(0, POSTS_OF_CUSTOMER_MAX)
      expect(posts).toEqual(first.map(({ id, name, findings }) => ({ id, name, finding: findings[0] })))
      expect(LEDGERS.reduce((sum, ledger) => sum + standing[ledger], 0)).toBe(own.length)
    }
  })

  it('puts the worst customer first and says where its worst is', async () => {
    const { customers } = await readOverview(everyone, {})
    const broken = customers.map(({ ledgers }) => ledgers.broken)
    expect(broken).toEqual(broken.toSorted((a, b) => b - a))
    for (const { id, worst, posts } of customers.filter((each) => each.worst !== null)) {
      expect(worst?.finding).toBe(posts[0]?.finding)
      const { items } = await listed(everyone, `findings=${worst?.finding}`, id)
      expect(worst?.count).toBe(items.length)
      expect(worst?.firewall?.name).toBe(items.length === 1 ? items[0]?.name : undefined)
      expect(worst?.site?.id).toBe(new Set(items.map(({ site }) => site?.id)).size === 1 ? items[0]?.site?.id : undefined)
    }
  })

  it('tells since when, and forgets it when it is over', async () => {
    const customer = await db().customer.create({ data: { name: 'Since' } })
    const { id } = await db().firewall.create({ data: { name: 'since', customerId: customer.id, family: 'opnsense', origin: 'https://10.8.1.1', trustMode: 'public-ca', trustConfirmedAt: new Date(), visitedAt: new Date(), state: 'degraded', stateRank: 20 } })
    const change = (data: object) => db().firewall.update({ where: { id }, data })
    const sinceOf = async () => {
      // The first may join a count that began before the change.
      await fleetNumbers({ anew: true })
      await fleetNumbers({ anew: true })
      const { ledgers } = await readOverview(everyone, { customerId: customer.id })
      return Object.fromEntries(ledgers.flatMap(({ findings }) => findings.map(({ finding, since }) => [finding, since])))
    }
    const bad = { gatewaysDown: 1, gatewaysDegraded: 1, tunnelsDown: 1, diskPercent: 95, clockOffsetSeconds: -300, firmwareState: 'reboot-pending' }
    await change(bad)
    const first = await sinceOf()
    expect(Object.keys(first).sort()).toEqual(['clock-off', 'disk-full', 'gateway-down', 'gateway-lossy', 'reboot-pending', 'tunnel-down'])
    expect(Object.values(first).every((since) => since !== null && Date.now() - Date.parse(since) < 60_000)).toBe(true)
    await change({ ...bad, gatewaysDown: 2, diskPercent: 97, clockOffsetSeconds: 500 })
    expect(await sinceOf()).toEqual(first)
    await change({ gatewaysDown: 0, gatewaysDegraded: 0, tunnelsDown: null, diskPercent: 89.9, clockOffsetSeconds: 120, firmwareState: 'offered', state: 'reachable' })
    expect(await sinceOf()).toEqual({})
    await change(bad)
    const again = await sinceOf()
    expect(Object.entries(again).filter(([finding, since]) => (since ?? '') > (first[finding] ?? ''))).toHaveLength(6)
  })

  it('keeps to the scope of who asks', async () => {
    await expect(readOverview(scoped, { customerId: customerIds[1] })).rejects.toMatchObject({ code: 'not-found' })
    await expect(readTotals(scoped, { customerId: crypto.randomUUID() })).rejects.toMatchObject({ code: 'not-found' })
    expect((await readTotals(scoped, {})).customers).toBe(2)
    expect((await readTotals(scoped, { customerId: customerIds[0] })).customers).toBe(2)
    await expect(readOverview(await person([]), {})).rejects.toMatchObject({ code: 'forbidden' })
    expect((await readOverview(scoped, {})).customers.map(({ id }) => id).sort()).toEqual([customerIds[0], customerIds[3]].sort())
  })

  it('knows a customer that was added this moment', async () => {
    await readOverview(everyone, {})
    const { id, name } = await db().customer.create({ data: { name: 'Brand new' } })
    expect(await readOverview(everyone, { customerId: id })).toMatchObject({ customer: { id, name }, total: 0 })
  })

  it('tells what happened last', async () => {
    const row = await db().firewall.findFirstOrThrow({ where: { customerId: customerIds[0] ?? '', state: 'reachable' } })
    await db().firewall.update({ where: { id: row.id }, data: { state: 'unreachable', stateReason: 'no answer on port 443' } })
    const { items } = await readLatest(scoped, { limit: 5 })
    expect(items[0]).toMatchObject({ type: 'state', before: 'reachable', after: 'unreachable', firewall: { id: row.id, name: row.name } })
    expect(new Set(items.map(({ customer }) => customer.id))).toEqual(new Set([customerIds[0]]))
  })
})
