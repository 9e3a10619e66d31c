// Following what changes, on a real database: nobody is told what they may not read, and nothing is lost.
import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { db } from '@/lib/db/client'
import { LOCKS } from '@/lib/db/locks'
import { tokenOf } from '@/lib/testing/api-client'
import { aFirewall } from '@/lib/testing/fact-world'
import { owner, person, startInstallation, type Installation } from '@/lib/testing/installation'
import { bearer, closeStreams, customerOf, following, told, touch, upToNow, type Following } from '@/lib/testing/live-streams'
import { parsePosition, positionText } from './position'

let installation: Installation
let all: Record<string, string>
beforeAll(async () => {
  installation = await startInstallation()
  all = bearer(await tokenOf(await owner(), 'owner'))
})
afterEach(closeStreams)
afterAll(() => installation.end())

const lastId = ({ messages }: Following) => messages.at(-1)?.id ?? ''

describe('who is told what', () => {
  it('a viewer of one customer hears of that one alone, and of what leaves it', async () => {
    const [mine, other] = [await aFirewall(), await aFirewall()]
    const viewer = await person([{ role: 'viewer', customerId: await customerOf(mine) }])
    const [narrow, wide] = [await following(bearer(await tokenOf(viewer, 'viewer'))), await following(all)]
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
    // Drift has a topic of its own, and how updates start moves with the revision.
    const moving = ['updateByEndpoint', 'backupAt', 'backupFormat', 'backupError', 'backupRevision', 'acceptedBackupId', 'driftSince', 'driftItems', 'id', 'visitedAt', 'memory', 'lastErrorAt', 'lastErrorMessage', 'lastErrorNextStep', 'firmwareCheckedAt', 'latencyMs', 'cpuPercent', 'memoryPercent', 'diskPercent', 'statesPercent']
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
    const stream = await following(all)
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
    const stream = await following(all)
    await upToNow(stream)
    const from = lastId(stream)
    await stream.close()
    await touch(second)
    const again = await following({ ...all, 'last-event-id': from })
    await again.until(told('firewall', second))
    expect(again.told()).toEqual([`firewall ${second}`])
    const fresh = await following(all)
    await fresh.until(told('firewall', first))
  })

  it.each([
    ['nonsense', () => 'nonsense'],
    ['an older one than is kept', (now: string) => positionText({ ...(parsePosition(now) ?? { tx: 0n, id: 0n }), atMs: Date.now() - 3_600_000 })],
    ['one of another database', (now: string) => positionText({ ...(parsePosition(now) ?? { atMs: 0, id: 0n }), tx: 10n ** 18n })],
  ])('from %s on, everything has to be looked at again', async (_, place) => {
    const stream = await following(all)
    const again = await following({ ...all, 'last-event-id': place(lastId(stream)) })
    expect(again.messages[0]?.event).toBe('reset')
    await touch(await aFirewall())
    await again.until(told('firewall'))
  })

  it('when the connection that hears of changes is ended', async () => {
    const [before, after] = [await aFirewall(), await aFirewall()]
    const stream = await following(all)
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
    const stream = await following(all)
    await touch(id)
    await stream.until(told('firewall', id), 5_000)
    await other.end()
    const holders = () => db().$queryRaw<{ name: string }[]>`SELECT a.application_name AS name FROM pg_locks l JOIN pg_stat_activity a USING (pid) WHERE l.locktype = 'advisory' AND l.granted AND a.datname = current_database()`
    await expect.poll(async () => (await holders()).map(({ name }) => name), { timeout: 5_000 }).toEqual(['palisade live'])
  })
})
