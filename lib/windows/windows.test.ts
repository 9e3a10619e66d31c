import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { blackoutOperations, windowOperations } from '@/lib/api/windows'
import { db } from '@/lib/db/client'
import { call, tokenOf } from '@/lib/testing/api-client'
import { aCustomer, owner, person, startInstallation, type Installation } from '@/lib/testing/installation'
import { windowsOf } from './of-firewalls'

let installation: Installation
let token: string
let adminToken: string
let viewerToken: string
let kestrel: { id: string; name: string }
let tessera: { id: string; name: string }
let site: { id: string }
let firewalls: { id: string }[]

const NIGHTS = { timeZone: 'Europe/Oslo', weekdays: [2, 4], earliestStart: '02:00', latestStart: '03:00', hardEnd: '04:00' }
const addFirewall = (customerId: string, name: string, siteId: string | null = null) =>
  db().firewall.create({ data: { customerId, name, siteId, family: 'opnsense', origin: `https://${randomUUID()}.example`, trustMode: 'pin', pinSha256: 'a'.repeat(64), trustConfirmedAt: new Date() } })
const create = (body: Record<string, unknown>, as = adminToken) => call(windowOperations.create, { token: as, body: { name: 'Nights', customerId: kestrel.id, ...NIGHTS, ...body } })
const shut = (body: Record<string, unknown>, as = adminToken) => call(blackoutOperations.create, { token: as, body: { name: 'Christmas', firstDay: '2026-12-24', lastDay: '2026-12-27', ...body } })
const calendar = (query: Record<string, string>, as = token) => call(windowOperations.calendar, { token: as, query: { from: '2026-11-23', ...query } })
const idOf = ({ body }: { body: Record<string, unknown> }) => String(body.id)

/** A job of a plan that is to start then. */
async function addJob(firewallId: string, windowId: string | null, startsAt: string, state = 'scheduled'): Promise<void> {
  const at = new Date(startsAt)
  const plan = await db().updatePlan.create({ data: { name: 'Winter', state: 'running', kind: 'minor', query: '', design: {}, createdAt: at, createdByName: 'mira', actor: {}, nextStepAt: at, rings: { create: { position: 0, name: 'Canary', gate: {} } } }, include: { rings: true } })
  await db().updateJob.create({ data: { planId: plan.id, ringId: plan.rings[0]?.id ?? '', firewallId, customerId: kestrel.id, state, stateSince: at, kind: 'minor', offer: {}, offerHash: 'a', startsAt: at, endsAt: new Date(at.getTime() + 3_600_000), windowId, nextStepAt: at } })
}

beforeAll(async () => {
  installation = await startInstallation()
  ;[kestrel, tessera] = [await aCustomer('Kestrel'), await aCustomer('Tessera')]
  site = await db().site.create({ data: { name: 'Rotterdam', customerId: kestrel.id } })
  firewalls = [await addFirewall(kestrel.id, 'kl-fw1', site.id), await addFirewall(kestrel.id, 'kl-fw2', site.id), await addFirewall(kestrel.id, 'kl-fw3'), await addFirewall(tessera.id, 'tcu-fw1')]
  token = await tokenOf(await owner(), 'owner')
  adminToken = await tokenOf(await person([{ role: 'admin', customerId: kestrel.id }], 'mira'), 'admin', kestrel.name)
  viewerToken = await tokenOf(await person([{ role: 'viewer', customerId: kestrel.id }], 'vera'), 'viewer', kestrel.name)
})
afterAll(() => installation.end())
beforeEach(async () => {
  await db().updatePlan.deleteMany()
  await db().maintenanceWindow.deleteMany()
  await db().blackout.deleteMany()
  await db().rateWindow.deleteMany()
})

describe('windows', () => {
  it('are made, read, changed and removed, each with its entry, and never by a stale tag', async () => {
    const made = await create({ weekdays: [4, 2, 4] })
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({ weekdays: [2, 4], customer: { name: 'Kestrel' }, site: null, next: { skipped: null }, etag: '"1"' })
    const id = idOf(made)
    const body = { ...NIGHTS, name: 'Late nights', enabled: false }
    const changed = await call(windowOperations.edit, { token: adminToken, params: { id }, body, headers: { 'if-match': '"1"' } })
    expect(changed.body).toMatchObject({ name: 'Late nights', enabled: false, next: null, etag: '"2"' })
    expect((await call(windowOperations.edit, { token: adminToken, params: { id }, body, headers: { 'if-match': '"1"' } })).status).toBe(412)
    expect((await call(windowOperations.remove, { token: adminToken, params: { id }, headers: { 'if-match': '"2"' } })).status).toBe(200)
    expect((await call(windowOperations.read, { token: adminToken, params: { id } })).status).toBe(404)
    const entries = await db().auditEntry.findMany({ where: { action: { startsWith: 'window.' } }, orderBy: { entry: 'asc' } })
    expect(entries.map(({ action }) => action)).toEqual(['window.create', 'window.edit', 'window.remove'])
  })
  it('are refused with the field: another customer, a site or firewall of another, times that do not fit', async () => {
    for (const [body, field] of [[{ customerId: tessera.id }, 'customerId'], [{ siteId: randomUUID() }, 'siteId'], [{ firewallId: firewalls[3]?.id }, 'firewallId'], [{ hardEnd: '01:00' }, 'hardEnd']] as const) {
      const { status, body: answer } = await create(body)
      expect([status, (answer.issues as { field: string }[])[0]?.field]).toEqual([400, field])
    }
    expect((await create({}, viewerToken)).status).toBe(403)
  })
  it('count by the narrowest place that has one, for many firewalls at once', async () => {
    const [a, b, c, d] = firewalls.map(({ id }) => id)
    const levels = async () => {
      const all = await windowsOf(firewalls.map(({ id }) => id))
      return [a, b, c, d].map((id) => all.get(id ?? '')?.level ?? null)
    }
    expect(await levels()).toEqual([null, null, null, null])
    await create({})
    await create({ siteId: site.id, name: 'Site' })
    const own = await create({ firewallId: a, name: 'Own' })
    expect(await levels()).toEqual(['firewall', 'site', 'customer', null])
    const list = await call(windowOperations.list, { token: viewerToken, query: { firewallId: b ?? '' } })
    expect((list.body.items as { name: string }[]).map(({ name }) => name)).toEqual(['Site'])
    // Switched off, it does not count; nor where the firewall has moved to another customer.
    await db().maintenanceWindow.update({ where: { id: idOf(own) }, data: { enabled: false } })
    await db().maintenanceWindow.updateMany({ where: { name: 'Site' }, data: { customerId: tessera.id } })
    expect(await levels()).toEqual(['customer', 'customer', 'customer', null])
  })
})

describe('blackouts', () => {
  it('hold for a customer, a site, or by an admin of all customers for everything', async () => {
    expect((await shut({})).status).toBe(403)
    expect((await shut({ customerId: tessera.id })).status).toBe(400)
    await shut({}, token)
    await shut({ customerId: kestrel.id, name: 'Stocktaking' })
    await shut({ customerId: kestrel.id, siteId: site.id, name: 'Fair' })
    await shut({ customerId: tessera.id, name: 'Audit' }, token)
    const all = await windowsOf(firewalls.map(({ id }) => id))
    expect(firewalls.map(({ id }) => all.get(id)?.blackouts.map(({ name }) => name).sort())).toEqual([['Christmas', 'Fair', 'Stocktaking'], ['Christmas', 'Fair', 'Stocktaking'], ['Christmas', 'Stocktaking'], ['Audit', 'Christmas']])
    const seen = await call(blackoutOperations.list, { token: viewerToken })
    expect((seen.body.items as { name: string }[]).map(({ name }) => name).sort()).toEqual(['Christmas', 'Fair', 'Stocktaking'])
  })
  it('of everything are changed by an admin of all customers alone', async () => {
    const id = idOf(await shut({}, token))
    const edit = (as: string) => call(blackoutOperations.edit, { token: as, params: { id }, body: { name: 'New year', firstDay: '2026-12-30', lastDay: '2027-01-02' }, headers: { 'if-match': '"1"' } })
    expect((await edit(adminToken)).status).toBe(403)
    expect((await edit(token)).body).toMatchObject({ name: 'New year', etag: '"2"' })
    expect((await call(blackoutOperations.remove, { token: adminToken, params: { id }, headers: { 'if-match': '"2"' } })).status).toBe(403)
  })
})

describe('the calendar', () => {
  type Customer = { name: string; items: { day: string; window: unknown; skipped: unknown; jobs: Record<string, number> }[] }
  it('has the windows of each customer with their jobs, and says what does not fit', async () => {
    const id = idOf(await create({}))
    const [a, b, c] = firewalls.map((firewall) => firewall.id)
    // Thursday 26 November, 02:00 in Oslo is 01:00 UTC.
    await addJob(a ?? '', id, '2026-11-26T01:20:00Z')
    await addJob(b ?? '', id, '2026-11-26T01:40:00Z', 'held')
    await addJob(c ?? '', id, '2026-11-27T01:40:00Z')
    const { body } = await calendar({})
    const [customer] = body.customers as Customer[]
    expect(customer?.name).toBe('Kestrel')
    expect(customer?.items.find(({ day }) => day === '2026-11-26')?.jobs).toMatchObject({ total: 2, waiting: 1, needsPerson: 1 })
    expect(body.misfits).toMatchObject([{ kind: 'shut', day: '2026-11-27', jobs: 1 }, { kind: 'held', day: '2026-11-26', jobs: 1 }])
    expect(body.without).toBe(1)
  })
  it('shows what a blackout shuts, and jobs of a plan that brings its own window', async () => {
    await create({})
    await shut({ customerId: kestrel.id, firstDay: '2026-11-26', lastDay: '2026-11-26' })
    await addJob(firewalls[0]?.id ?? '', null, '2026-11-27T10:00:00Z')
    const { body } = await calendar({}, viewerToken)
    const items = (body.customers as Customer[])[0]?.items ?? []
    expect(items.find(({ day }) => day === '2026-11-26')?.skipped).toEqual({ reason: 'blackout', blackout: 'Christmas' })
    expect(items.find(({ day }) => day === '2026-11-27')).toMatchObject({ window: null, jobs: { total: 1 } })
  })
  it('names the windows that are switched off, each reader theirs', async () => {
    const id = idOf(await create({ name: 'Rest', siteId: site.id, enabled: false }))
    await create({ customerId: tessera.id, enabled: false }, token)
    const { body } = await calendar({}, viewerToken)
    expect(body).toMatchObject({ customers: [], off: [{ id, name: 'Rest', customer: { name: 'Kestrel' }, place: 'Rotterdam' }] })
    expect((await calendar({})).body.off).toHaveLength(2)
  })
  it('tells the day of a job in no window where its firewall stands', async () => {
    const id = idOf(await create({}))
    const [a, b] = firewalls.map((firewall) => firewall.id)
    const stand = (timeZone: string) => db().firewall.updateMany({ where: { customerId: kestrel.id }, data: { timeZone } })
    await stand('Asia/Tokyo')
    // Friday 27 November, 20:00 in UTC is Saturday in Tokyo.
    await addJob(a ?? '', id, '2026-11-27T20:00:00Z')
    await addJob(b ?? '', null, '2026-11-24T20:00:00Z')
    const { body } = await calendar({})
    await stand('UTC')
    expect(body.misfits).toMatchObject([{ kind: 'shut', day: '2026-11-28', jobs: 1 }])
    expect((body.customers as Customer[])[0]?.items.find((item) => item.window === null)?.day).toBe('2026-11-25')
  })
  it('shows nobody what is not theirs', async () => {
    await create({ customerId: tessera.id }, token)
    expect((await calendar({}, viewerToken)).body).toMatchObject({ customers: [], without: 1 })
    expect((await calendar({ customerId: tessera.id }, viewerToken)).body).toMatchObject({ customers: [], without: 0 })
    expect((await calendar({ customerId: tessera.id })).body.customers).toHaveLength(1)
  })
})
