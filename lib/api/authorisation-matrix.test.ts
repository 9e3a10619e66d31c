// Every route × method × caller × whose thing it is. A route without a rule in lib/testing/matrix-rules.ts fails.
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startFleet, type Fleet, type FleetFirewall } from '@/e2e/fake-firewalls/fleet'
import type { handle } from '@/lib/http/handle'
import type { Operation } from '@/lib/http/operation'
import { call, type Reply } from '@/lib/testing/api-client'
import { digestTables, touched } from '@/lib/testing/digest'
import { startInstallation, type Installation } from '@/lib/testing/installation'
import { expectedOf, sees } from '@/lib/testing/matrix-expected'
import { paramsOf } from '@/lib/testing/matrix-params'
import { makeCaller, PEOPLE, PERSON_NAMES, type Caller, type PersonName } from '@/lib/testing/matrix-people'
import type { Answer, Rule } from '@/lib/testing/matrix-rule'
import { RULES } from '@/lib/testing/matrix-rules'
import { foreignMarks, KINDS, makeWorld, withFresh, type Kind, type World } from '@/lib/testing/matrix-world'
import { GOOD } from '@/lib/testing/request-bodies'
import { allOperations } from './all'
import { openApiDocument } from './openapi'

type Handler = ReturnType<typeof handle>
type Route = { address: string; method: string; handler: Handler | undefined }

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
const AT_ONCE = 6
const root = path.join(process.cwd(), 'app/api/v1')
const routes: Route[] = []
for (const file of readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('route.ts'))) {
  const exported = (await import(path.join(root, file))) as Partial<Record<string, Handler>>
  const address = `/${path.dirname(file).replace(/\[(\w+)\]/g, '{$1}')}`
  routes.push(...METHODS.map((method) => ({ address, method, handler: exported[method] })))
}

const documented = openApiDocument().paths
const specOf = ({ address, method }: Route): Operation | undefined => allOperations.find((spec) => spec.path === address && spec.method === method.toLowerCase())
const described = routes.flatMap((route) => {
  const spec = specOf(route)
  return spec && route.handler ? [{ name: `${route.method} ${route.address}`, spec, handler: route.handler }] : []
})

type Cell = { who: PersonName; kind: Kind; caller: Caller; expected: Answer }
let installation: Installation
let fleet: Fleet
let firewall: FleetFirewall
let world: World
let callers: Map<PersonName, Caller>
let cells = 0
let absent = 0
let peer = 0

beforeAll(async () => {
  installation = await startInstallation()
  fleet = await startFleet()
  firewall = await fleet.add({ name: 'matrix', family: 'pfsense-v2', version: '2.10' })
  world = await makeWorld(firewall, await fleet.add({ name: 'elsewhere', family: 'pfsense-v2', version: '2.10' }))
  callers = new Map(await Promise.all(PERSON_NAMES.map(async (who) => [who, await makeCaller(who, world)] as const)))
})
afterAll(async () => {
  process.stdout.write(`authorisation matrix: ${cells} cells asked and asserted over ${described.length} operations and ${PERSON_NAMES.length} callers; ${absent} methods are not there\n`)
  await fleet.stop()
  await installation.end()
})

/** One request; the request id is the same for all, so that replies can be compared byte for byte. */
async function ask(spec: Operation, handler: Handler, rule: Rule, caller: Caller, kind: Kind, on: World, prepare: boolean): Promise<Reply> {
  const situation = { caller, world: on, kind, at: on[kind] }
  const more = (prepare && (await rule.prepare?.(situation))) || {}
  const params = paramsOf(spec, rule, situation)
  const sent = {
    ...(params && { params }),
    query: rule.query?.(situation) ?? {},
    ...(spec.method !== 'get' && { body: rule.body ? { ...rule.body(situation), ...more } : { ...GOOD[spec.id], ...more } }),
    headers: { ...caller.headers, 'x-request-id': 'matrix-request', 'x-palisade-peer': `198.51.${(peer += 1) >> 8}.${peer & 255}`, ...(spec.ifMatch && { 'if-match': (await rule.ifMatch?.()) ?? '"1"' }) },
  }
  cells += 1
  return call(spec, sent, handler)
}

const answerOf = ({ status, body }: Reply): Answer => ({ status, ...(status >= 400 && { code: String(body.code) }) })
const bytesOf = ({ status, headers, body }: Reply) => JSON.stringify([status, [...headers].filter(([name]) => !/^(x-)?ratelimit/.test(name)), body])

async function inTurns<T, R>(items: readonly T[], act: (item: T) => Promise<R>, atOnce = AT_ONCE): Promise<R[]> {
  const results: PromiseSettledResult<R>[] = []
  for (let from = 0; from < items.length; from += atOnce) results.push(...(await Promise.allSettled(items.slice(from, from + atOnce).map(act))))
  // Only when all are over: what is still under way would change what the next test compares.
  return results.map((result) => {
    if (result.status === 'rejected') throw result.reason
    return result.value
  })
}

/** What is wrong with a reply, in words; a test collects all of it before it fails. */
function complaintsOf({ who, kind, caller, expected }: Cell, reply: Reply, on: World): string[] {
  const text = JSON.stringify(reply.body)
  const got = answerOf(reply)
  const wrong = got.status === expected.status && got.code === expected.code ? [] : [`${who}, ${kind}: ${got.status} ${got.code ?? ''} instead of ${expected.status} ${expected.code ?? ''}: ${text.slice(0, 300)}`]
  const seesAll = caller.person.everywhere && caller.person.by !== 'nothing' && caller.person.ended === undefined
  return seesAll ? wrong : [...wrong, ...foreignMarks(on).filter((mark) => text.includes(mark)).map((mark) => `${who}, ${kind}: reads ${mark} of another customer`)]
}

/** Things outside the scope, gone and never there: one answer, byte for byte. */
function expectAlike(rule: Rule, replies: Map<string, Reply>): void {
  for (const who of PERSON_NAMES) {
    const caller = callers.get(who)
    if (!caller || !replies.has(`${who} other`) || rule.names === 'nothing' || (rule.names === 'filter' ? caller.person.everywhere : sees(rule, caller, 'other'))) continue
    const bytes = ([kind]: [Kind]) => bytesOf(replies.get(`${who} ${kind}`) as Reply)
    expect(bytes(['other']), `${who}: other customer's`).toBe(bytes(['unknown']))
    expect(bytes(['deleted']), `${who}: deleted`).toBe(bytes(['unknown']))
  }
}

/** Everyone asks for their own; for the other kinds a third of the callers in turn, unless `npm run test:deep -- matrix` wants every cell. */
const EVERY_CELL = process.env.PALISADE_EVERY_WAY === 'true'
const kindsFor = (rule: Rule, turn: number): readonly Kind[] => (rule.names === 'nothing' || (!EVERY_CELL && turn % 3 !== 0) ? ['own'] : KINDS)
const cellsOf = (spec: Operation, rule: Rule): Cell[] => {
  const operation = allOperations.indexOf(spec)
  return [...callers].flatMap(([who, caller], at) => kindsFor(rule, operation + at).map((kind) => ({ who, kind, caller, expected: expectedOf(spec, rule, caller, kind) })))
}

const asked = described.flatMap(({ name, spec, handler }) => (RULES[spec.id] ?? []).map((rule) => ({ title: rule.as === undefined ? name : `${name} (${rule.as})`, spec, handler, rule })))

describe('the route tree', () => {
  it('has a rule for every operation, and every method is described or not there', () => {
    expect(described.map(({ spec }) => spec.id).filter((id) => RULES[id] === undefined)).toEqual([])
    expect(Object.keys(RULES).filter((id) => !allOperations.some((spec) => spec.id === id))).toEqual([])
    for (const route of routes) {
      if (route.address === '/[...unknown]' || route.address === '/openapi.json') continue
      const inDocument = documented[route.address]?.[route.method.toLowerCase()] !== undefined
      expect([route.method, route.address, route.handler !== undefined]).toEqual([route.method, route.address, inDocument])
      if (!route.handler) absent += 1
    }
  })
})

describe('who may do what', () => {
  it.each(asked)('$title', async ({ spec, handler, rule }) => {
    const all = cellsOf(spec, rule)
    const isRefused = ({ expected }: Cell) => expected.status >= 400 && expected.acts === undefined
    const refused = all.filter(isRefused)
    const replies = new Map<string, Reply>()
    const complaints: string[] = []
    const judge = (cell: Cell, reply: Reply, on: World) => {
      replies.set(`${cell.who} ${cell.kind}`, reply)
      complaints.push(...complaintsOf(cell, reply, on))
    }
    const [before, counts] = [await digestTables(), firewall.counts()]
    const answers = await inTurns(refused, ({ caller, kind }) => ask(spec, handler, rule, caller, kind, world, false))
    refused.forEach((cell, at) => judge(cell, answers[at] as Reply, world))
    expect(touched(before, await digestTables())).toEqual([])
    expect(firewall.counts()).toEqual(counts)
    // An act that is allowed uses its things up, so it has a world of its own.
    const allow = async (cell: Cell) => {
      const on = spec.method === 'get' ? world : await withFresh(world, cell.kind)
      const caller = spec.method === 'get' ? cell.caller : await makeCaller(cell.who, on)
      judge(cell, await ask(spec, handler, rule, caller, cell.kind, on, true), on)
    }
    await inTurns(all.filter((cell) => !isRefused(cell)), allow, rule.ifMatch ? 1 : AT_ONCE)
    expect(complaints).toEqual([])
    expectAlike(rule, replies)
  })
})

describe('what is no operation', () => {
  const unknown = routes.filter(({ address }) => address === '/[...unknown]')
  it.each(unknown)('$method of an unknown address answers all alike', async ({ method, handler }) => {
    const replies = await Promise.all(
      [...callers.values()].map(async ({ headers }) => {
        const request = new Request('http://localhost:3000/api/v1/no/such', { method, headers: { ...headers, 'x-request-id': 'matrix-request' } })
        const reply = await handler?.(request, { params: Promise.resolve({}) })
        return `${reply?.status} ${await reply?.text()}`
      }),
    )
    cells += replies.length
    expect(new Set(replies).size).toBe(1)
    expect(replies[0]).toMatch(/^404 /)
  })
  it('has callers of every kind', () => {
    expect(Object.values(PEOPLE).length).toBe(PERSON_NAMES.length)
  })
})
