// Following what changes, on a real database: nobody is told what they may not read, and nothing is lost.
import { encode } from 'next-auth/jwt'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { sessionCookieName } from '@/lib/auth/session-cookie'
import { db } from '@/lib/db/client'
import { LOCKS } from '@/lib/db/locks'
import { sweep } from '@/lib/worker/sweep'
import { installationKeys } from '@/lib/installation/keys'
import { tokenOf } from '@/lib/testing/api-client'
import { aFirewall } from '@/lib/testing/fact-world'
import { owner, person, startInstallation, type Installation } from '@/lib/testing/installation'
import { follow, told, type Following } from '@/lib/testing/live-streams'
import { STREAMS_PER_KEY_MAX } from './open-stream'
import { parsePosition, positionText } from './position'

let installation: Installation
let all: Record<string, string>
const open: Following[] = []

beforeAll(async () => {
  installation = await startInstallation()
  all = bearer(await tokenOf(await owner(), 'owner'))
})
afterEach(async () => {
  await Promise.all(open.splice(0).map((stream) => stream.close()))
})
afterAll(() => installation.end())

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

/** A stream that has caught up with now. */
async function following(headers: Record<string, string> = all): Promise<Following> {
  const stream = await follow(headers)
  open.push(stream)
  if (stream.status === 200) await stream.until((messages) => messages.length > 0)
  return stream
}

const customerOf = async (id: string) => (await db().firewall.findUniqueOrThrow({ where: { id } })).customerId
let states = 0
const touch = (id: string) => db().firewall.update({ where: { id }, data: { stateReason: `reason ${(states += 1)}` } })
/** Brings a stream to this moment: what comes after is new. */
async function upToNow(stream: Following, customerId?: string): Promise<number> {
  const marker = await aFirewall()
  if (customerId) await db().firewall.update({ where: { id: marker }, data: { customerId } })
  await stream.until(told('firewall', marker))
  return stream.messages.length
}
const lastId = ({ messages }: Following) => messages.at(-1)?.id ?? ''

describe('who is told what', () => {
  it('a viewer of one customer hears of that one alone, and of what leaves it', async () => {
    const [mine, other] = [await aFirewall(), await aFirewall()]
    const viewer = await person([{ role: 'viewer', customerId: await customerOf(mine) }])
    const [narrow, wide] = [await following(bearer(await tokenOf(viewer, 'viewer'))), await following()]
    await touch(other)
    await db().firewall.update({ where: { id: mine }, data: { customerId: await customerOf(other) } })
    await touch(mine)
    const left = await aFirewall()
    await Promise.all([narrow.until(told('firewall', mine)), wide.until(told('firewall', left))])
    const customers = (await db().liveChange.findMany({ where: { firewallId: mine }, select: { customerId: true } })).map(({ customerId }) => customerId)
    expect(new Set(customers).size).toBe(2)
    await db().customer.update({ where: { id: viewer.grants[0]?.customerId ?? '' }, data: { name: 'Renamed' } })
    await narrow.until(told('customer'))
    expect(narrow.told().filter((text) => text.includes(other) || text.includes(left))).toEqual([])
    expect(wide.told()).toEqual(expect.arrayContaining([`firewall ${other}`, `firewall ${mine}`, `firewall ${left}`]))
  })

  it('what is an operator’s own is told to them alone, and a shared view to everyone', async () => {
    const [someone, another] = [await person([{ role: 'viewer', customerId: null }]), await person([{ role: 'viewer', customerId: null }])]
    const [mine, theirs] = [await following(bearer(await tokenOf(someone, 'viewer'))), await following(bearer(await tokenOf(another, 'viewer')))]
    const view = { list: 'firewalls', query: '', operatorId: someone.id }
    await db().savedView.create({ data: { ...view, name: 'own' } })
    await mine.until(told('view'))
    await db().savedView.create({ data: { ...view, name: 'for all', shared: true } })
    await theirs.until(told('view'))
    expect(theirs.told().filter((text) => text === 'view')).toHaveLength(1)
    expect(mine.told().join()).not.toContain(someone.id)
    expect(theirs.told()).not.toContain('operator')
  })
})

describe('what is told', () => {
  const rows = () => db().liveChange.count()

  it('what moves at every visit is not, what is shown is', async () => {
    const id = await aFirewall()
    const quiet = { visitedAt: new Date(), latencyMs: 3, cpuPercent: 4, memoryPercent: 5, diskPercent: 6, statesPercent: 7, clockOffsetSeconds: 4, bootedAt: new Date(), memory: { a: '1' }, lastErrorAt: new Date(), firmwareCheckedAt: new Date() }
    const before = await rows()
    await db().firewall.update({ where: { id }, data: quiet })
    await db().firewall.update({ where: { id }, data: { bootedAt: new Date(quiet.bootedAt.getTime() + 60_000), clockOffsetSeconds: -100 } })
    expect(await rows()).toBe(before)
    for (const data of [{ state: 'degraded' }, { clockOffsetSeconds: -121 }, { gatewaysDown: 1 }, { tags: ['edge'] }, { bootedAt: new Date(quiet.bootedAt.getTime() + 600_000) }]) await db().firewall.update({ where: { id }, data })
    expect(await rows()).toBe(before + 5)
  })

  it('every column of a firewall is either shown or known to move by itself', async () => {
    const moving = ['id', 'visitedAt', 'memory', 'lastErrorAt', 'lastErrorMessage', 'lastErrorNextStep', 'firmwareCheckedAt', 'latencyMs', 'cpuPercent', 'memoryPercent', 'diskPercent', 'statesPercent']
    const [{ source } = { source: '' }] = await db().$queryRaw<{ source: string }[]>`SELECT prosrc AS source FROM pg_proc WHERE proname = 'live_firewall'`
    const columns = await db().$queryRaw<{ name: string }[]>`SELECT column_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = 'Firewall'`
    const compared = (side: string, name: string) => new RegExp(`\\b${side}\\."?${name}"?[ ,)]`).test(source)
    expect(columns.map(({ name }) => name).filter((name) => !moving.includes(name) && !(compared('o', name) && compared('n', name)))).toEqual([])
  })

  it('of a reading its facts count, not its counters', async () => {
    const firewallId = await aFirewall()
    const at = { observedAt: new Date(), body: {} }
    await db().reading.createMany({ data: ['rules', 'status', 'nat'].map((kind) => ({ firewallId, kind, digest: 'a', factsDigest: kind === 'rules' ? 'a' : null, ...at })) })
    const before = await rows()
    await db().reading.updateMany({ where: { firewallId, kind: { not: 'nat' } }, data: { digest: 'b', observedAt: new Date() } })
    expect(await rows()).toBe(before)
    await db().reading.updateMany({ where: { firewallId }, data: { digest: 'c', factsDigest: 'c', problem: {} } })
    expect((await db().liveChange.findMany({ orderBy: { id: 'asc' }, skip: before })).map(({ detail }) => detail).sort()).toEqual(['nat', 'rules', 'status'])
  })
})

describe('nothing is lost', () => {
  it('a transaction that commits late is told, in its order and once', async () => {
    const [slow, fast] = [await aFirewall(), await aFirewall()]
    const stream = await following()
    const from = await upToNow(stream)
    const client = new pg.Client({ connectionString: process.env.DATABASE_URL })
    await client.connect()
    await client.query('BEGIN')
    await client.query(`UPDATE "Firewall" SET "stateReason" = 'slow' WHERE id = $1`, [slow])
    await touch(fast)
    await new Promise((resolve) => setTimeout(resolve, 1_200))
    expect(stream.messages.slice(from).some((message) => told('firewall', fast)([message]))).toBe(false)
    await client.query('COMMIT')
    await client.end()
    await stream.until((messages) => told('firewall', fast)(messages.slice(from)))
    expect(stream.told().slice(-2)).toEqual([`firewall ${slow}`, `firewall ${fast}`])
  })

  it('a stream that broke goes on after its last event; one without a place hears of the last seconds', async () => {
    const [first, second] = [await aFirewall(), await aFirewall()]
    const stream = await following()
    await upToNow(stream)
    const from = lastId(stream)
    await stream.close()
    await touch(second)
    const again = await following({ ...all, 'last-event-id': from })
    await again.until(told('firewall', second))
    expect(again.told()).toEqual([`firewall ${second}`])
    const fresh = await following()
    await fresh.until(told('firewall', first))
  })

  it.each([
    ['nonsense', () => 'nonsense'],
    ['an older one than is kept', (now: string) => positionText({ ...(parsePosition(now) ?? { tx: 0n, id: 0n }), atMs: Date.now() - 3_600_000 })],
    ['one of another database', (now: string) => positionText({ ...(parsePosition(now) ?? { atMs: 0, id: 0n }), tx: 10n ** 18n })],
  ])('from %s on, everything has to be looked at again', async (_, place) => {
    const stream = await following()
    const again = await following({ ...all, 'last-event-id': place(lastId(stream)) })
    expect(again.messages[0]?.event).toBe('reset')
    await touch(await aFirewall())
    await again.until(told('firewall'))
  })

  it('when the connection that hears of changes is ended', async () => {
    const [before, after] = [await aFirewall(), await aFirewall()]
    const stream = await following()
    await db().$queryRaw`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'palisade live' AND datname = current_database()`
    await touch(before)
    await stream.until(told('firewall', before))
    await touch(after)
    await stream.until(told('firewall', after))
  })

  it('when who tells is killed, another takes over; until then it is only a little later', async () => {
    const id = await aFirewall()
    const other = new pg.Client({ connectionString: process.env.DATABASE_URL, application_name: 'another process' })
    await other.connect()
    await other.query('SELECT pg_advisory_lock($1)', [LOCKS.live])
    const stream = await following()
    await touch(id)
    await stream.until(told('firewall', id), 5_000)
    await other.end()
    const holders = () => db().$queryRaw<{ name: string }[]>`SELECT a.application_name AS name FROM pg_locks l JOIN pg_stat_activity a USING (pid) WHERE l.locktype = 'advisory' AND l.granted AND a.datname = current_database()`
    await expect.poll(async () => (await holders()).map(({ name }) => name), { timeout: 5_000 }).toEqual(['palisade live'])
  })
})

describe('rights are those of the moment', () => {
  const timed = async (stream: Following, act: () => Promise<unknown>) => {
    const startedMs = performance.now()
    await act()
    await stream.ended
    expect(performance.now() - startedMs).toBeLessThan(5_000)
    expect(stream.messages.at(-1)?.event).toBe('ended')
  }
  async function session() {
    const someone = await person([{ role: 'viewer', customerId: null }])
    const { id } = await db().session.create({ data: { operatorId: someone.id, createdAt: new Date(), lastSeenAt: new Date(), provenAt: new Date() } })
    const cookie = `${sessionCookieName()}=${await encode({ token: { sub: someone.id, sid: id }, secret: (await installationKeys()).sessionSecret.reveal() })}`
    return { id, operatorId: someone.id, stream: await following({ cookie }) }
  }

  it('a disabled operator, a revoked session and one that has ended by itself hear nothing more', async () => {
    const [disabled, revoked, old] = [await session(), await session(), await session()]
    await timed(disabled.stream, () => db().operator.update({ where: { id: disabled.operatorId }, data: { disabledAt: new Date() } }))
    await timed(revoked.stream, () => db().session.update({ where: { id: revoked.id }, data: { revokedAt: new Date() } }))
    await timed(old.stream, () => db().session.update({ where: { id: old.id }, data: { createdAt: new Date(Date.now() - 90_000_000) } }))
  })

  it('a revoked token hears nothing more', async () => {
    const someone = await person([{ role: 'viewer', customerId: null }])
    const stream = await following(bearer(await tokenOf(someone, 'viewer')))
    await timed(stream, () => db().apiToken.updateMany({ where: { operatorId: someone.id }, data: { revokedAt: new Date() } }))
  })

  it('who loses one customer looks at everything again, and hears no more of it, from the very next change on', async () => {
    const [kept, lost] = [await aFirewall(), await aFirewall()]
    const lostCustomer = await customerOf(lost)
    const someone = await person([{ role: 'viewer', customerId: await customerOf(kept) }, { role: 'viewer', customerId: lostCustomer }])
    const stream = await following(bearer(await tokenOf(someone, 'viewer')))
    await touch(lost)
    const from = await upToNow(stream, await customerOf(kept))
    expect(told('firewall', lost)(stream.messages)).toBe(true)
    await db().$transaction([db().grant.deleteMany({ where: { operatorId: someone.id, customerId: lostCustomer } }), db().firewall.update({ where: { id: lost }, data: { stateReason: 'secret' } })])
    await upToNow(stream, await customerOf(kept))
    expect(stream.messages[from]?.event).toBe('reset')
    expect(stream.messages.slice(from).some((message) => told('firewall', lost)([message]))).toBe(false)
  })
})

describe('bounds', () => {
  it('one session or token has so many streams and no more', async () => {
    const token = bearer(await tokenOf(await person([{ role: 'viewer', customerId: null }]), 'viewer'))
    for (let stream = 0; stream < STREAMS_PER_KEY_MAX; stream++) expect((await following(token)).status).toBe(200)
    expect((await following(token)).status).toBe(429)
    await open.at(-2)?.close()
    expect((await following(token)).status).toBe(200)
  })

  it('what was told more than an hour ago is removed', async () => {
    await aFirewall()
    await db().liveChange.updateMany({ data: { at: new Date(Date.now() - 3_700_000) } })
    await touch(await aFirewall())
    await sweep(new Date())
    expect((await db().liveChange.findMany()).every(({ at }) => at.getTime() > Date.now() - 3_600_000)).toBe(true)
  })
})
