// Deliveries on a real database to a receiver on loopback: each notice once, in order, whatever the receiver does.
import { createHmac } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { spawn } from 'node:child_process'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { bundleFile } from '@/lib/cli/build.mjs'
import { forgetEnvironment } from '@/lib/core/env'
import { db } from '@/lib/db/client'
import { beginSending, returnChannel, settleSending } from '@/lib/db/deliveries-sql'
import { aCustomer, startInstallation, type Installation } from '@/lib/testing/installation'
import { aChannel, deliverAt, deliverUntil, handAllOver, notice, tellAll } from '@/lib/testing/channel-world'
import { startReceiver, take, type Receiver } from '@/lib/testing/notice-receiver'
import { backOffMs, claimDue, settledBy } from './deliver'
import { dueAt, handOverNotices } from './hand-over'
import { DELIVERY_STATES, DELIVERY_STATE_NAMES } from './states'

let installation: Installation
let receiver: Receiver
beforeAll(async () => {
  installation = await startInstallation()
  process.env.PALISADE_ALLOWED_NETWORKS = '127.0.0.0/8'
  forgetEnvironment()
})
afterAll(() => installation.end())
beforeEach(async () => {
  receiver = await startReceiver()
})
afterEach(async () => {
  await db().channel.deleteMany()
  await db().notice.deleteMany()
  await receiver.stop()
})

const KEY = 'palsig_of-a-test'
const MINUTE_MS = 60_000
const BUNDLE = '.build/deliver-once.mjs'
const webhook = (more: Partial<Parameters<typeof aChannel>[0]> = {}) => aChannel({ target: { kind: 'webhook', url: `${receiver.url}/hook` }, secrets: { signing: KEY }, ...more })
const states = async () => (await db().delivery.findMany({ orderBy: { place: 'asc' } })).map(({ state }) => state)
const headlines = (list = receiver.taken) => list.map(({ headline }) => headline.replace('Warning: ', ''))
const start = new Date('2026-11-25T02:00:00Z')
const after = (ms: number) => new Date(start.getTime() + ms)

describe('a receiver that fails', () => {
  it('for an hour gets each notice once and in order after it returns', async () => {
    await webhook()
    receiver.behave = (reply) => void reply.writeHead(503).end()
    await tellAll(notice('one'), notice('two'), notice('three'))
    const tries = await deliverUntil(start, after(60 * MINUTE_MS))
    expect(receiver.taken).toEqual([])
    expect(new Set(headlines(receiver.all))).toEqual(new Set(['one']))
    // 1 s, 2 s, 4 s … 512 s, then each 15 minutes.
    expect(tries.length).toBeGreaterThan(11)
    expect(tries.length).toBeLessThan(16)
    await tellAll(notice('four'))
    receiver.behave = take
    await deliverUntil(after(60 * MINUTE_MS), after(90 * MINUTE_MS))
    expect(headlines()).toEqual(['one', 'two', 'three', 'four'])
    expect(new Set(receiver.all.filter(({ headline }) => headline.endsWith('one')).map(({ id }) => id)).size).toBe(1)
    expect(new Set(receiver.taken.map(({ id }) => id)).size).toBe(4)
    expect(await states()).toEqual(Array(4).fill('delivered'))
    expect(await db().channel.findFirstOrThrow()).toMatchObject({ failures: 0, lastError: null, heldUntil: null, leasedBy: null })
  })

  it('for three days is given up, with a sentence, and the next goes on', async () => {
    await webhook()
    receiver.behave = (reply) => void reply.writeHead(500).end('disk full')
    await tellAll(notice('one'))
    for (const hours of [0, 1, 71, 72]) await deliverAt(after(hours * 60 * MINUTE_MS))
    expect(await db().delivery.findFirstOrThrow()).toMatchObject({ state: 'given-up', answer: 'It failed with status 500. It said: disk full Given up after three days.' })
    receiver.behave = take
    await tellAll(notice('two'))
    await deliverUntil(after(73 * 60 * MINUTE_MS), after(74 * 60 * MINUTE_MS))
    expect(headlines()).toEqual(['two'])
  })

  it('resets the connection, is asked again', async () => {
    await webhook()
    let resets = 3
    receiver.behave = (reply, request) => (resets-- > 0 ? void request.socket.resetAndDestroy() : take(reply, request))
    await tellAll(notice('one'), notice('two'))
    await deliverUntil(start, after(MINUTE_MS))
    expect(headlines()).toEqual(['one', 'two'])
  })

  it('is slow: its status counts, and nobody waits for its words', async () => {
    await webhook()
    receiver.behave = (reply) => {
      reply.writeHead(202)
      reply.write('never ends')
    }
    await tellAll(notice('one'))
    const began = performance.now()
    await deliverAt(start, 'w1')
    expect(performance.now() - began).toBeLessThan(5_000)
    expect(await states()).toEqual(['delivered'])
    expect(receiver.all).toHaveLength(1)
  })

  it.each([
    ['too long', (reply: ServerResponse) => void reply.writeHead(200, { 'content-length': '1000' }).end('short'), 1],
    ['endless', (reply: ServerResponse) => void reply.writeHead(200).end(Buffer.alloc(300_000, 'a')), 1],
  ])('lies about its length (%s): taken once', async (_, behave, times) => {
    await webhook()
    receiver.behave = behave
    await tellAll(notice('one'))
    await deliverUntil(start, after(MINUTE_MS))
    expect(receiver.all).toHaveLength(times)
    expect(await states()).toEqual(['delivered'])
  })

  it('redirects: never followed, said where to, sent after it returns', async () => {
    await webhook()
    receiver.behave = (reply, request) => (request.url === '/hook' ? void reply.writeHead(302, { location: `${receiver.url}/elsewhere` }).end() : take(reply, request))
    await tellAll(notice('one'))
    await deliverAt(start)
    expect(receiver.all.map(({ path }) => path)).toEqual(['/hook'])
    expect((await db().channel.findFirstOrThrow()).lastError).toBe(`It redirects to ${receiver.url}, which is never followed. Enter that address if it is right.`)
    receiver.behave = take
    await deliverUntil(after(1_000), after(MINUTE_MS))
    expect(headlines()).toEqual(['one'])
  })
})

describe('what a status means', () => {
  it.each([404, 405, 410])('%i says that the address is wrong: what waits stays, until a person has looked', async (status) => {
    await webhook()
    receiver.behave = (reply) => void reply.writeHead(status).end()
    await tellAll(notice('one'), notice('two'))
    await deliverAt(start)
    expect(await states()).toEqual(['waiting', 'waiting'])
    expect(await db().channel.findFirstOrThrow()).toMatchObject({ heldUntil: after(900_000), lastError: `Nothing takes messages at this address (status ${status}). Check it.` })
  })
  it.each([400, 413, 422])('%i is given up at once, and the next goes on', async (status) => {
    await webhook()
    let first = true
    receiver.behave = (reply, request) => {
      if (first) reply.writeHead(status).end(`no ${KEY} here`)
      else take(reply, request)
      first = false
    }
    await tellAll(notice('one'), notice('two'))
    await deliverAt(start)
    expect(await states()).toEqual(['given-up', 'delivered'])
    expect(headlines()).toEqual(['two'])
    // The key is cut out of what it said.
    expect((await db().delivery.findFirstOrThrow({ where: { state: 'given-up' } })).answer).toBe(`It refused the message for good (status ${status}). It said: no [secret] here`)
  })

  it.each([
    [429, { 'retry-after': '120' }, 120_000],
    [503, { 'retry-after': '7' }, 7_000],
    [408, {}, 1_000],
    [401, {}, 900_000],
    [403, {}, 900_000],
  ])('%i holds the channel as long as it should', async (status, headers, ms) => {
    await webhook()
    receiver.behave = (reply) => void reply.writeHead(status, headers).end()
    await tellAll(notice('one'), notice('two'))
    await deliverAt(start)
    expect((await db().channel.findFirstOrThrow()).heldUntil).toEqual(after(ms))
    expect(await states()).toEqual(['waiting', 'waiting'])
    expect(receiver.all).toHaveLength(1)
  })

  it('waits longer each time, up to a quarter of an hour', () => {
    expect([0, 1, 2, 9, 10, 500].map(backOffMs)).toEqual([1_000, 2_000, 4_000, 512_000, 900_000, 900_000])
    expect(settledBy({ result: 'later', answer: 'x'.repeat(900), afterMs: null }, 3, start, after(10)).answer).toHaveLength(500)
  })
})

describe('which channel is told what', () => {
  it('customer, severity and choice decide', async () => {
    const [mine, other] = [await aCustomer(), await aCustomer()]
    const ids = {
      all: await webhook(),
      mine: await webhook({ customerId: mine.id }),
      critical: await webhook({ severities: ['critical'] }),
      chosen: await webhook({ customerIds: [other.id] }),
    }
    await db().channel.updateMany({ data: { heldUntil: new Date('2999-01-01') } })
    await tellAll(notice('of mine', { customerId: mine.id }), notice('of other', { customerId: other.id, severity: 'critical' }), notice('of nobody'))
    expect(await handAllOver(start)).toBe(3)
    expect(await handOverNotices(start)).toBe(0)
    const rows = await db().delivery.findMany({ include: { notice: true }, orderBy: { place: 'asc' } })
    const got = (id: string) => rows.filter(({ channelId }) => channelId === id).map(({ notice: { facts } }) => (facts as { title: string }).title)
    expect(got(ids.all)).toEqual(['of mine', 'of other', 'of nobody'])
    expect(got(ids.mine)).toEqual(['of mine'])
    expect(got(ids.critical)).toEqual(['of other'])
    expect(got(ids.chosen)).toEqual(['of other'])
  })

  it('who was told that it began is told of its end, as bad as it is by then; nobody else is', async () => {
    await webhook({ severities: ['critical'] })
    const [told, better, other] = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()]
    await tellAll(notice('told', { alertId: told, severity: 'critical' }), notice('other', { alertId: other }))
    await deliverAt(start)
    const ends = { kind: 'alert-resolved', severity: 'notice' } as const
    await tellAll(notice('told', { alertId: told, ...ends }), notice('other', { alertId: other, ...ends }))
    // Begun and over before it was handed on.
    await tellAll(notice('short', { alertId: better, severity: 'critical' }), notice('short', { alertId: better, ...ends }), notice('of nothing', ends))
    await deliverAt(start)
    expect(receiver.taken.map(({ headline }) => headline)).toEqual(['Critical: told', 'Resolved: told', 'Critical: short', 'Resolved: short'])
  })

  it('what a slow transaction tells is handed over in its order, not skipped', async () => {
    await webhook()
    const client = new pg.Client({ connectionString: process.env.DATABASE_URL })
    await client.connect()
    await client.query('BEGIN')
    await client.query(`INSERT INTO "Notice" (at, kind, severity, facts) VALUES (now(), 'alert-opened', 'warning', '{"title":"slow","sentence":"S."}')`)
    await tellAll(notice('fast'))
    expect(await handOverNotices(start)).toBe(0)
    await client.query('COMMIT')
    await client.end()
    await deliverAt(start)
    expect(headlines()).toEqual(['slow', 'fast'])
  })

  it('a private address is reached only where it was allowed', async () => {
    await webhook({ privateAllowed: false })
    await tellAll(notice('one'))
    await deliverAt(start)
    expect(receiver.all).toEqual([])
    expect((await db().channel.findFirstOrThrow()).lastError).toMatch(/^This address is not allowed: private, /)
  })
})

describe('digests', () => {
  it('one message for many at their hour', async () => {
    await webhook({ digest: 'hourly' })
    await tellAll(notice('one'), notice('two'))
    await deliverAt(after(5 * MINUTE_MS))
    await tellAll(notice('three'))
    await deliverAt(after(59 * MINUTE_MS))
    expect(receiver.all).toEqual([])
    await deliverAt(after(60 * MINUTE_MS))
    expect(headlines().map((text) => text.replaceAll('Warning: ', ''))).toEqual(['one + two + three'])
    expect(new Set((await db().delivery.findMany()).map(({ batchId }) => batchId)).size).toBe(1)
  })

  it('one that fails is repeated as it was, and what came later is the next', async () => {
    await webhook({ digest: 'hourly' })
    receiver.behave = (reply) => void reply.writeHead(500).end()
    await tellAll(notice('one'), notice('two'))
    await deliverAt(after(MINUTE_MS))
    await deliverAt(after(60 * MINUTE_MS))
    await tellAll(notice('three'))
    receiver.behave = take
    await deliverUntil(after(61 * MINUTE_MS), after(121 * MINUTE_MS))
    expect(receiver.taken.map(({ headline }) => headline.replaceAll('Warning: ', ''))).toEqual(['one + two', 'three'])
    expect(receiver.all[0]?.id).toBe(receiver.taken[0]?.id)
  })

  it('daily goes out at eight in its zone, on the days when the clock is set too', () => {
    const at = (text: string, zone: string) => dueAt('daily', zone, new Date(text)).toISOString()
    expect(at('2026-11-25T06:59:00Z', 'Europe/Berlin')).toBe('2026-11-25T07:00:00.000Z')
    expect(at('2026-11-25T07:02:00Z', 'Europe/Berlin')).toBe('2026-11-26T07:00:00.000Z')
    expect(at('2026-03-28T12:00:00Z', 'Europe/Berlin')).toBe('2026-03-29T06:00:00.000Z')
    expect(at('2026-11-25T00:00:00Z', 'America/New_York')).toBe('2026-11-25T13:00:00.000Z')
    expect(dueAt('hourly', 'UTC', new Date('2026-11-25T06:59:30Z')).toISOString()).toBe('2026-11-25T07:00:00.000Z')
  })
})

describe('a kill', () => {
  it('between the commit and the sending loses nothing', async () => {
    await webhook()
    await tellAll(notice('one'))
    await handAllOver(start)
    const [lent] = await claimDue('killed', start, 1)
    await db().$executeRaw`UPDATE "Channel" SET "leasedUntil" = now() - interval '1 second'`
    expect(lent).toBeDefined()
    await deliverAt(start)
    expect(headlines()).toEqual(['one'])
  })

  it('of a real process at the moment the receiver has it: repeated under the same id, then never again', async () => {
    await webhook()
    await tellAll(notice('one'), notice('two'))
    let child: ReturnType<typeof spawn> | null = null
    receiver.behave = () => void child?.kill('SIGKILL')
    await bundleFile('lib/testing/deliver-once.ts', BUNDLE)
    child = spawn(process.execPath, [BUNDLE], { env: { ...process.env, LOG_LEVEL: 'silent' }, stdio: 'ignore' })
    await new Promise((resolve) => child?.once('exit', resolve))
    expect(child.signalCode).toBe('SIGKILL')
    expect(receiver.all).toHaveLength(1)
    expect(await states()).toEqual(['sending', 'waiting'])
    receiver.behave = take
    // Its lease still runs: nobody else sends.
    await deliverAt(start)
    expect(receiver.all).toHaveLength(1)
    await db().$executeRaw`UPDATE "Channel" SET "leasedUntil" = now() - interval '1 second'`
    await deliverAt(start)
    expect(headlines()).toEqual(['one', 'two'])
    expect(receiver.all[0]?.id).toBe(receiver.taken[0]?.id)
    expect(await states()).toEqual(['delivered', 'delivered'])
  })

  it('a worker that slept through its lease settles nothing', async () => {
    const id = await webhook()
    await tellAll(notice('one'))
    await handAllOver(start)
    const [lent] = await claimDue('slow', start, 1)
    const sending = lent ? await beginSending(lent, start, 1) : []
    expect(sending).toHaveLength(1)
    await db().channel.update({ where: { id }, data: { leaseTerm: { increment: 1 } } })
    expect(lent && (await beginSending(lent, start, 1))).toEqual([])
    expect(lent && (await settleSending(lent, sending.map((one) => one.id), { state: 'delivered', answer: 'Taken.', heldUntil: null }, start))).toBe(false)
    expect(await states()).toEqual(['sending'])
  })

  it('settings that cannot be read hold up their own channel alone, and are not tried each second', async () => {
    const id = await webhook()
    await tellAll(notice('one'))
    await handAllOver(start)
    await db().channel.update({ where: { id }, data: { settings: { target: { kind: 'webhook', url: 'no address' } } } })
    await deliverAt(start)
    expect(await db().channel.findUniqueOrThrow({ where: { id } })).toMatchObject({ failures: 1, heldUntil: after(1_000), lastError: expect.stringContaining('Palisade itself could not send it') as unknown })
    await webhook()
    await tellAll(notice('two'))
    await deliverAt(start)
    expect(headlines()).toEqual(['two'])
  })

  it('who had a turn last comes last', async () => {
    const [one, two] = [await webhook(), await webhook()]
    await tellAll(notice('a'))
    await handAllOver(start)
    const lent = await claimDue('w1', start, 1)
    expect(lent).toHaveLength(1)
    const [first] = lent
    if (first) await returnChannel(first)
    const [second] = await claimDue('w1', start, 1)
    expect(new Set([first?.id, second?.id])).toEqual(new Set([one, two]))
  })

  it('many workers send each notice once', async () => {
    await webhook()
    await tellAll(...Array.from({ length: 30 }, (_, at) => notice(`n${at}`)))
    await Promise.all(Array.from({ length: 5 }, (_, at) => deliverAt(start, `w${at}`)))
    await deliverAt(start)
    expect(headlines()).toEqual(Array.from({ length: 30 }, (_, at) => `n${at}`))
  })
})

describe('what is sent', () => {
  it('is signed over time and body, by the key before as well while that counts', async () => {
    await webhook({ secrets: { signing: 'new', previous: { signing: 'old', until: after(1_000).toISOString() } } })
    await tellAll(notice('one'), notice('two'))
    await deliverAt(start)
    const [first] = receiver.taken
    const sign = (key: string) => createHmac('sha256', key).update(`${start.getTime() / 1000}.${first?.body}`).digest('hex')
    expect(first?.signature).toBe(`t=${start.getTime() / 1000},v1=${sign('new')},v1=${sign('old')}`)
  })
})

describe('the table of states', () => {
  it('reaches every state, and none but the final ones stays', () => {
    const reached = new Set(['waiting', ...DELIVERY_STATE_NAMES.flatMap((state) => DELIVERY_STATES[state].next)])
    expect(DELIVERY_STATE_NAMES.filter((state) => !reached.has(state))).toEqual([])
    for (const state of DELIVERY_STATE_NAMES) expect(DELIVERY_STATES[state].final).toBe(state === 'delivered' || state === 'given-up' || state === 'dropped')
  })
})
