// Alerts on a real database, in simulated time.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { updateAlerts, readAlerts } from '@/lib/db/alert-rows-sql'
import { db } from '@/lib/db/client'
import { addFirewalls, answers, change, goesSilent, setGateways, setTunnelsDown, visitAll } from '@/lib/testing/alert-fleet'
import { at } from '@/lib/testing/alert-timeline'
import { aCustomer, startInstallation, type Installation } from '@/lib/testing/installation'
import { alertKeeper } from '@/lib/worker/run-alerts'
import { evaluateAlerts } from './evaluate'

const DAY = 1_440
let installation: Installation
let customerId: string
beforeAll(async () => {
  installation = await startInstallation()
  customerId = (await aCustomer()).id
})
afterAll(() => installation.end())
beforeEach(async () => {
  await db().notice.deleteMany({})
  await db().silence.deleteMany({})
  await db().alertRule.deleteMany({})
  await db().firewall.deleteMany({})
  await db().site.deleteMany({})
})

const notices = async () => (await db().notice.findMany({ orderBy: { id: 'asc' } })).map(({ kind, severity, facts }) => `${kind} ${severity} ${(facts as { title: string }).title}`)
const alerts = () => db().alert.findMany({ orderBy: { openedAt: 'asc' }, include: { events: { orderBy: { at: 'asc' } } } })
/** Visits and one look each minute. */
async function pass(from: number, to: number, look: (now: Date) => Promise<unknown> = (now) => evaluateAlerts(now)): Promise<void> {
  for (let minute = from; minute <= to; minute += 1) {
    await visitAll(at(minute))
    await look(at(minute))
  }
}

it('sees every kind in what visits, backups and checks store, and the end of each', async () => {
  const names = ['gone', 'certificate', 'credential', 'package', 'one', 'other', 'gateway', 'lossy', 'tunnel', 'full', 'clock', 'ends', 'backup', 'update', 'drift'] as const
  const ids = await addFirewalls(customerId, at(0), names.map((name) => ({ name })))
  const id = (name: (typeof names)[number]) => ids[names.indexOf(name)] ?? ''
  await Promise.all([
    goesSilent(id('gone'), at(0)),
    change(id('certificate'), { state: 'certificate-changed', stateSince: at(0) }),
    change(id('credential'), { state: 'credential-rejected', stateSince: at(0) }),
    change(id('package'), { state: 'api-package-missing', stateSince: at(0) }),
    change(id('one'), { haPeerId: id('other'), haRole: 'master', haRoleSince: at(0) }),
    change(id('other'), { haPeerId: id('one'), haRole: 'master', haRoleSince: at(0) }),
    setGateways(id('gateway'), at(0), [{ name: 'WAN', isDown: true, lossPercent: 100 }, { name: 'LTE' }]),
    setGateways(id('lossy'), at(0), [{ name: 'WAN', lossPercent: 31.5 }, { name: 'LTE' }]),
    setTunnelsDown(id('tunnel'), at(0), ['to Lyon']),
    change(id('full'), { diskPercent: 93, cpuPercent: 99, memoryPercent: 98, statesPercent: 90 }),
    change(id('clock'), { clockOffsetSeconds: -500 }),
    change(id('ends'), { certificateEndsAt: at(2 * DAY) }),
    change(id('backup'), { backupAt: at(-4 * DAY), backupError: 'The backup was refused: 403.' }),
    change(id('update'), { firmwareState: 'offered', firmwareSince: at(-31 * DAY) }),
    change(id('drift'), { driftSince: at(0), driftItems: 3 }),
  ])
  await pass(1, 16)
  const expected = ['certificate-changed', 'credential-rejected', 'api-package-missing', 'certificate-ends', 'no-backup', 'updates-waiting', 'drift', 'gateway-down', 'ha-both-masters', 'unreachable', 'tunnel-down', 'disk-full', 'clock-off', 'gateway-lossy', 'cpu-high', 'memory-high', 'states-high'].sort()
  expect((await alerts()).map(({ kind }) => kind).sort()).toEqual(expected)
  expect((await alerts()).every(({ state, toldAt, events }) => state === 'open' && toldAt !== null && events.length === 1)).toBe(true)
  expect(await notices()).toContain('alert-opened critical Certificate ends')
  expect((await db().notice.findMany({})).map(({ facts }) => (facts as { sentence: string }).sentence).filter((text) => /WAN|Lyon|93/.test(text)).sort()).toEqual(['The disk of full is 93 % full.', 'WAN is down on gateway.', 'WAN loses 32 % on lossy.', 'to Lyon is down on tunnel.'])

  await db().firewall.updateMany({ data: { state: 'reachable', stateReason: null, haRole: null, diskPercent: 5, cpuPercent: 5, memoryPercent: 5, statesPercent: 5, clockOffsetSeconds: 0, certificateEndsAt: at(900 * DAY), backupAt: at(17), firmwareState: 'up-to-date', driftSince: null } })
  await setGateways(id('gateway'), at(17), [{ name: 'WAN' }, { name: 'LTE' }])
  await setGateways(id('lossy'), at(17), [{ name: 'WAN' }, { name: 'LTE' }])
  await setTunnelsDown(id('tunnel'), at(17), [])
  await pass(17, 23)
  expect((await alerts()).filter(({ state }) => state !== 'resolved')).toEqual([])
  expect(await notices()).toHaveLength(2 * expected.length)
})

it('one alert of a site, with its firewalls as what follows; a window of its customer hides it until it ends', async () => {
  const siteId = (await db().site.create({ data: { customerId, name: 'Rotterdam' } })).id
  const ids = await addFirewalls(customerId, at(0), ['a', 'b', 'c'].map((name) => ({ name, siteId })))
  const silence = await db().silence.create({ data: { customerId, startsAt: at(0), endsAt: at(10), note: 'power works', createdAt: at(0), createdByName: 'Mira' } })
  await Promise.all(ids.map((id) => goesSilent(id, at(1))))
  await pass(1, 9)
  expect(await notices()).toEqual([])
  const [cause] = await db().alert.findMany({ where: { state: 'open' }, include: { effects: true } })
  expect(cause).toMatchObject({ subject: 'site', silenceId: silence.id, causeId: null, facts: { place: 'Rotterdam', count: 3 } })
  expect(cause?.effects.map(({ firewallId, state }) => [firewallId, state]).sort()).toEqual(ids.map((id) => [id, 'pending']).sort())
  await pass(10, 10)
  expect(await notices()).toEqual(['alert-opened critical Unreachable'])
  await Promise.all(ids.map((id) => answers(id, at(11))))
  await pass(11, 14)
  expect(await notices()).toEqual(['alert-opened critical Unreachable', 'alert-resolved critical Unreachable'])
  expect((await alerts()).map(({ subject, state }) => [subject, state])).toEqual([['site', 'resolved']])
})

describe('one transaction', () => {
  it('what fails while it is told leaves nothing; the next look tells it once', async () => {
    const [id = ''] = await addFirewalls(customerId, at(0), [{ name: 'a' }])
    await goesSilent(id, at(0))
    await db().$executeRaw`ALTER TABLE "Notice" ADD CONSTRAINT refuse CHECK (kind <> 'alert-opened') NOT VALID`
    await expect(evaluateAlerts(at(6))).rejects.toThrow()
    await db().$executeRaw`ALTER TABLE "Notice" DROP CONSTRAINT refuse`
    expect(await alerts()).toEqual([])
    await evaluateAlerts(at(6))
    await evaluateAlerts(at(7))
    expect(await notices()).toEqual(['alert-opened critical Unreachable'])
  })
  it('two processes at once tell it once', async () => {
    const [id = ''] = await addFirewalls(customerId, at(0), [{ name: 'a' }])
    await goesSilent(id, at(0))
    const looks = await Promise.all(Array.from({ length: 6 }, () => evaluateAlerts(at(6))))
    expect(looks.some((looked) => looked !== null)).toBe(true)
    expect(await notices()).toEqual(['alert-opened critical Unreachable'])
  })
  it('what somebody did meanwhile is not overwritten', async () => {
    const [id = ''] = await addFirewalls(customerId, at(0), [{ name: 'a' }])
    await goesSilent(id, at(0))
    await evaluateAlerts(at(6))
    const [read] = await readAlerts(db(), [id], at(0))
    await db().alert.updateMany({ data: { state: 'acknowledged', acknowledgedBy: 'Mira', acknowledgedAt: at(7), revision: { increment: 1 } } })
    expect(read && (await updateAlerts(db(), [{ ...read, facts: {}, state: 'resolved' }], at(7)))).toEqual([])
    await answers(id, at(8))
    await pass(8, 11)
    expect(await alerts()).toMatchObject([{ state: 'resolved', acknowledgedBy: 'Mira' }])
  })
})

it('looks only at what changed, and at everything again after a rule or a window changed', async () => {
  const ids = await addFirewalls(customerId, at(0), Array.from({ length: 50 }, (_, n) => ({ name: `fw-${n}` })))
  const keeper = alertKeeper()
  const keep = async (minute: number) => {
    await visitAll(at(minute))
    return keeper.keep(at(minute))
  }
  await keep(0)
  // Transactions of other databases on this server hold the horizon back for a moment.
  const untilNone = (minute: number) => expect.poll(async () => (await keep(minute))?.firewalls, { timeout: 10_000 }).toBe(0)
  await untilNone(1)
  await goesSilent(ids[7] ?? '', at(1))
  expect(await keep(2)).toMatchObject({ firewalls: 1, opened: 0 })
  // Nothing changed since; its time came.
  await pass(3, 8, keeper.keep)
  expect(await notices()).toEqual(['alert-opened critical Unreachable'])
  await untilNone(9)
  await db().alertRule.create({ data: { kind: 'unreachable', customerId, enabled: false, changedAt: at(9) } })
  expect(await keep(10)).toMatchObject({ firewalls: 1, resolved: 1 })
  expect(await notices()).toHaveLength(1)
  expect(await db().heartbeat.findUnique({ where: { id: 'alerts' } })).toMatchObject({ seenAt: at(10) })
})
