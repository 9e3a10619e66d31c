import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/auth/actor'
import { db } from '@/lib/db/client'
import { aCustomer, owner, startInstallation, type Installation } from '@/lib/testing/installation'
import { listFirewallsInput } from './input'
import { FIREWALL_SORTS } from './words'
import { listFirewalls } from './list'
import { staleAfterSeconds } from '@/lib/polling/intervals'
import { STATE_RULES, type FirewallState } from './states'

let installation: Installation
let actor: Actor
beforeAll(async () => {
  installation = await startInstallation()
  actor = await owner()
  const { id: customerId } = await aCustomer('Halvorsen Dental')
  const add = (name: string, state: FirewallState, visitedSecondsAgo: number | null) =>
    db().firewall.create({
      data: {
        name,
        customerId,
        family: 'opnsense',
        origin: 'https://10.20.8.2',
        trustMode: 'public-ca',
        trustConfirmedAt: new Date(),
        state,
        stateRank: STATE_RULES[state].rank,
        visitedAt: visitedSecondsAgo === null ? null : new Date(Date.now() - visitedSecondsAgo * 1000),
      },
    })
  await add('Zulu', 'reachable', 10)
  await add('alpha', 'reachable', 10)
  await add('forgotten', 'reachable', staleAfterSeconds(60) + 60)
  await add('released', 'not-visited', 60)
  await add('new', 'not-visited', null)
  await add('dead', 'unreachable', staleAfterSeconds(60) + 60)
})
afterAll(() => installation.end())

const list = (query: Record<string, string>) => listFirewalls(actor, listFirewallsInput.parse(query))
const names = async (query: Record<string, string>) => (await list(query)).items.map(({ name }) => name)

describe('the fleet list', () => {
  it('says stale of what nobody confirmed for long, and of what was released and not asked since', async () => {
    const states = Object.fromEntries((await list({})).items.map(({ name, state }) => [name, state]))
    expect(states).toEqual({ Zulu: 'reachable', alpha: 'reachable', forgotten: 'stale', released: 'stale', new: 'not-visited', dead: 'unreachable' })
  })
  it('finds by the state that it shows', async () => {
    expect((await names({ state: 'stale' })).sort()).toEqual(['forgotten', 'released'])
    expect((await names({ state: 'reachable,unreachable' })).sort()).toEqual(['Zulu', 'alpha', 'dead'])
    expect(await names({ state: 'not-visited' })).toEqual(['new'])
  })
  it('sorts names without regard to case, and pages lose and repeat nothing', async () => {
    expect(await names({ sort: 'name' })).toEqual(['alpha', 'dead', 'forgotten', 'new', 'released', 'Zulu'])
    expect((await names({ sort: 'state' }))[0]).toBe('dead')
    for (const sort of FIREWALL_SORTS.flatMap((name) => [name, `-${name}`])) {
      const seen: string[] = []
      let cursor: string | null = null
      do {
        const page: Awaited<ReturnType<typeof list>> = await list({ sort, limit: '2', ...(cursor !== null && { cursor }) })
        seen.push(...page.items.map(({ name }) => name))
        cursor = page.nextCursor
      } while (cursor !== null)
      expect(seen).toEqual(await names({ sort }))
      expect(seen).toHaveLength(6)
    }
  })
  it('takes what is searched as text, not as a pattern', async () => {
    expect(await names({ search: '%' })).toEqual([])
    expect(await names({ search: '_' })).toEqual([])
    expect(await names({ search: 'ZUL' })).toEqual(['Zulu'])
  })
})

describe('a page of two hundred', () => {
  it('is small on the way to the browser', async () => {
    const { id: customerId } = await aCustomer('Pinewood Schools')
    const row = (number: number) => ({
      ...{ name: `pw-${number}-fw1`, customerId, family: 'pfsense-v2', origin: `https://10.64.${number}.1`, trustMode: 'pin', trustConfirmedAt: new Date(), tags: ['edge', `site-${number}`] },
      ...{ state: 'degraded', stateRank: 20, stateReason: `WAN2 loses ${number} %`, version: '2.8.0', hostname: `pw-${number}`, visitedAt: new Date(Date.now() - number), latencyMs: Math.random() * 90, cpuPercent: Math.random() * 99, memoryPercent: Math.random() * 99 },
      certificate: { subject: 'x'.repeat(3_000) },
    })
    await db().firewall.createMany({ data: Array.from({ length: 200 }, (_, number) => row(number)) })
    const page = await list({ customerId, limit: '200' })
    expect(page.items).toHaveLength(200)
    const bytes = gzipSync(JSON.stringify(page)).byteLength
    process.stdout.write(`a page of 200 firewalls: ${JSON.stringify(page).length} bytes, ${bytes} compressed\n`)
    expect(bytes).toBeLessThan(40_000)
  })
  it('has what is not reported last, whichever way it is sorted', async () => {
    for (const [sort, way] of [['cpu', 1], ['-cpu', -1]] as const) {
      const values = (await list({ sort, limit: '500' })).items.map(({ cpuPercent }) => cpuPercent)
      const known = values.filter((value) => value !== null)
      expect(values.slice(known.length).every((value) => value === null)).toBe(true)
      expect(known).toEqual(known.toSorted((one, other) => way * (one - other)))
      expect([known.length, values.length]).toEqual([200, 206])
    }
  })
})
