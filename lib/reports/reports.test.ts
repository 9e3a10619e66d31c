// Reports over a past that was put into a real database, and what becomes of them when that past is thinned out.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { brandOperations } from '@/lib/api/brand'
import { reportOperations } from '@/lib/api/reports'
import type { Actor } from '@/lib/auth/actor'
import { db } from '@/lib/db/client'
import { call, tokenOf } from '@/lib/testing/api-client'
import { must } from '@/lib/testing/enrolled'
import { aCustomer, owner, person, startInstallation, type Installation } from '@/lib/testing/installation'
import { keepReports } from './keep'
import { listReports } from './list'
import { readReport } from './read'

const NOW = new Date('2026-12-10T09:00:00Z')
const MONTH = '2026-11'
const at = (text: string) => new Date(`2026-${text}Z`)
let installation: Installation
let everyone: Extract<Actor, { kind: 'operator' }>
let customerId: string
let first: string

async function aFirewall(name: string, createdAt: Date, more: Record<string, unknown> = {}): Promise<string> {
  const row = await db().firewall.create({ data: { name, customerId, family: 'opnsense', origin: `https://${name}.example`, trustMode: 'public-ca', trustConfirmedAt: createdAt, createdAt, state: 'reachable', stateRank: 40, ...more } })
  return row.id
}
const change = (firewallId: string, when: Date, key: string, before: object, after: object) => db().change.create({ data: { firewallId, at: when, kind: 'firewall', key, what: 'changed', before, after } })
/** A measured value in each hour of the span. */
const measured = (firewallId: string, from: string, to: string) =>
  db().$executeRaw`INSERT INTO samples.hour ("firewallId", at, layout, visits, low, mean, high) SELECT ${firewallId}::uuid, h, 1, 60, '{1}', '{1}', '{1}' FROM generate_series(${at(from)}::timestamptz, ${at(to)}::timestamptz - interval '1 hour', '1 hour') h`
async function aBackup(firewallId: string, takenAt: Date, seenAt: Date, changed: number | null): Promise<string> {
  const content = await db().backupContent.create({ data: { firewallId, sha256: crypto.randomUUID(), bytes: 1, format: 'xml', createdAt: takenAt, rawChunks: [] } })
  return (await db().backup.create({ data: { firewallId, contentId: content.id, takenAt, seenAt, reason: 'daily', actor: {}, changed, added: changed === null ? null : 0, removed: changed === null ? null : 0 } })).id
}
const alert = (firewallId: string, openedAt: Date, resolvedAt: Date | null, more: Record<string, unknown> = {}) =>
  db().alert.create({ data: { firewallId, customerId, kind: 'gateway-down', subject: `WAN ${openedAt.getTime()}`, state: resolvedAt ? 'resolved' : 'open', severity: 'warning', facts: {}, since: openedAt, openedAt, resolvedAt, changedAt: openedAt, ...more } })

beforeAll(async () => {
  installation = await startInstallation()
  everyone = await owner()
  customerId = (await aCustomer('Brightwater Hotels')).id
  first = await aFirewall('bw-fw1', at('09-01T00:00:00'), { timeZone: 'UTC', driftSince: at('11-28T00:00:00'), driftItems: 3 })
  const second = await aFirewall('bw-fw2', at('11-16T00:00:00'), { timeZone: 'UTC', backupFormat: 'json' })
  await aFirewall('bw-later', at('12-05T00:00:00'))
  // Down from the 10th for a day; Palisade itself was away for half a day on the 20th.
  await change(first, at('11-10T00:00:00'), 'state', { state: 'reachable' }, { state: 'unreachable' })
  await change(first, at('11-11T00:00:00'), 'state', { state: 'unreachable' }, { state: 'reachable' })
  await change(first, at('12-03T00:00:00'), 'state', { state: 'reachable' }, { state: 'unreachable' })
  await measured(first, '11-01T00:00:00', '11-10T00:00:00')
  await measured(first, '11-11T00:00:00', '11-20T00:00:00')
  await measured(first, '11-20T12:00:00', '12-01T00:00:00')
  await measured(second, '11-16T00:00:00', '12-01T00:00:00')
  await change(first, at('11-15T03:00:00'), 'version', { version: '26.7.1' }, { version: '26.7.2' })
  const backup = await aBackup(first, at('10-28T02:00:00'), at('11-09T02:00:00'), null)
  await aBackup(first, at('11-12T02:00:00'), at('11-30T02:00:00'), 2)
  await db().configAcceptance.create({ data: { firewallId: first, backupId: backup, at: at('11-13T08:00:00'), operatorName: 'Anna Berg', note: 'as agreed' } })
  const cause = await alert(first, at('11-10T00:05:00'), at('11-11T00:00:00'), { kind: 'unreachable', severity: 'critical', subject: '', acknowledgedBy: 'Anna Berg' })
  await alert(first, at('11-10T00:06:00'), at('11-11T00:00:00'), { causeId: cause.id })
  await alert(first, at('10-30T00:00:00'), at('11-01T12:00:00'))
  await alert(second, at('11-29T00:00:00'), at('12-02T00:00:00'))
  await alert(second, at('12-04T00:00:00'), null)
})
afterAll(() => installation.end())

const read = (now = NOW, month: string | undefined = MONTH) => readReport(everyone, { customerId, month }, now)

describe('a month', () => {
  it('tells how much of the time that is known each firewall was reachable, and all of them together', async () => {
    const { firewalls, uptime } = await read()
    expect(firewalls.map(({ name }) => name)).toEqual(['bw-fw1', 'bw-fw2'])
    const [one, two] = firewalls
    // 30 days without the 12 hours that nobody looked; one day down.
    expect(one?.uptime).toMatchObject({ knownSeconds: (30 * 24 - 12) * 3600, reachableSeconds: (29 * 24 - 12) * 3600, excluded: [{ reason: 'missed', seconds: 12 * 3600 }] })
    expect(two?.uptime).toMatchObject({ percent: 100, excluded: [{ reason: 'not-enrolled', seconds: 15 * 86_400 }] })
    expect(uptime.percent).toBeCloseTo(((29 * 24 - 12 + 15 * 24) / (30 * 24 - 12 + 15 * 24)) * 100, 6)
  })

  it('lists causes with their length within the month, and what was open at its end, but not what came later', async () => {
    const { incidents, open } = await read()
    expect(incidents).toMatchObject({ total: 3, bySeverity: { critical: 1, warning: 2, notice: 0 } })
    expect(incidents.items.map(({ openedAt, seconds, resolvedAt, effects }) => [openedAt.slice(0, 10), seconds, resolvedAt?.slice(0, 10) ?? null, effects])).toEqual([
      ['2026-11-10', 86_100, '2026-11-11', 1],
      ['2026-11-29', 2 * 86_400, null, 0],
      ['2026-10-30', 43_200, '2026-11-01', 0],
    ])
    expect(incidents.items[0]).toMatchObject({ title: 'Unreachable', sentence: 'bw-fw1 does not answer.', acknowledgedBy: 'Anna Berg' })
    expect(open).toMatchObject({ total: 1, items: [{ firewall: { name: 'bw-fw2' } }] })
  })

  it('tells updates, backups with the days that none holds, changes and who accepted them, and what is not known', async () => {
    const { updates, firewalls, acceptances, unknown } = await read()
    expect(updates).toMatchObject({ total: 1, items: [{ firewall: { name: 'bw-fw1' }, before: '26.7.1', after: '26.7.2' }] })
    expect(firewalls[0]).toMatchObject({ backups: { kept: 1, days: 30, daysWithout: 2, comparisonOnly: false }, configurationChanges: 1, drift: { items: 3 } })
    expect(firewalls[1]).toMatchObject({ backups: { kept: 0, days: 15, daysWithout: 15, comparisonOnly: true } })
    expect(acceptances).toMatchObject({ total: 1, items: [{ by: 'Anna Berg', note: 'as agreed' }] })
    expect(unknown.join(' ')).toMatch(/12 h.*no backup in this month: bw-fw2.*comparison only.*bw-fw2.*removed/)
  })

  it('says that it is not over', async () => {
    const report = await read(at('11-20T18:00:00'))
    expect(report).toMatchObject({ inProgress: true, keptAt: null, upTo: '2026-11-20T18:00:00.000Z' })
    expect((await read()).inProgress).toBe(false)
    await expect(read(NOW, '2027-01')).rejects.toMatchObject({ code: 'invalid-input' })
    expect((await readReport(everyone, { customerId }, NOW)).month).toBe(MONTH)
  })

  it('tells the update of a firewall that came and went all month', async () => {
    const restless = (await aCustomer('Restless')).id
    const { id } = await db().firewall.create({ data: { name: 'rl-fw1', customerId: restless, family: 'opnsense', origin: 'https://rl-fw1.example', trustMode: 'public-ca', trustConfirmedAt: at('11-01T00:00:00'), createdAt: at('11-01T00:00:00'), state: 'reachable', stateRank: 40 } })
    await db().$executeRaw`INSERT INTO "Change" ("firewallId", at, kind, key, what, before, after)
      SELECT ${id}::uuid, ${at('11-02T00:00:00')}::timestamptz + n * interval '1 minute', 'firewall', 'state', 'changed', '{"state":"reachable"}', '{"state":"unreachable"}' FROM generate_series(1, 20001) n`
    await change(id, at('11-20T03:00:00'), 'version', { version: '26.7.1' }, { version: '26.7.2' })
    const { updates } = await readReport(everyone, { customerId: restless, month: MONTH }, NOW)
    expect(updates).toMatchObject({ total: 1, items: [{ before: '26.7.1', after: '26.7.2' }] })
    await db().firewall.delete({ where: { id } })
    await db().customer.delete({ where: { id: restless } })
  })

  it('is empty and says so for a customer without firewalls', async () => {
    const empty = (await aCustomer('Nobody yet')).id
    expect(await readReport(everyone, { customerId: empty, month: MONTH }, NOW)).toMatchObject({ firewalls: [], uptime: { percent: null }, incidents: { total: 0 }, zone: 'UTC' })
  })
})

describe('what is kept', () => {
  it('is made once, when the month is over and settled, and does not change when the past is thinned out', async () => {
    const signal = new AbortController().signal
    await keepReports(at('12-01T01:00:00'), signal)
    expect(await db().customerReport.count()).toBe(0)
    await keepReports(NOW, signal)
    await keepReports(NOW, signal)
    expect(await db().customerReport.findMany({ select: { month: true, customerId: true } })).toEqual([{ month: MONTH, customerId }])
    const { madeAt: _now, ...before } = await read()
    await db().backup.deleteMany({ where: { acceptances: { none: {} } } })
    await db().$executeRaw`TRUNCATE samples.hour`
    await db().firewall.update({ where: { id: first }, data: { timeZone: 'Pacific/Kiritimati', name: 'renamed' } })
    const { madeAt: _later, ...after } = await read(new Date('2027-06-01T00:00:00Z'))
    expect(after).toEqual(before)
    expect(after.keptAt).toBe(NOW.toISOString())
    const { items } = await listReports(everyone, { limit: 50 }, NOW)
    expect(items.find(({ customer }) => customer.id === customerId)?.months.slice(0, 3)).toEqual([{ month: '2026-12', state: 'in-progress' }, { month: MONTH, state: 'kept' }, { month: '2026-10', state: 'not-kept' }])
  })
})

describe('who may', () => {
  it('whoever may see the customer; others learn nothing of it', async () => {
    const viewer = await tokenOf(await person([{ role: 'viewer', customerId }]), 'viewer', 'Brightwater Hotels')
    must(await call(reportOperations.read, { token: viewer, params: { customerId }, query: { month: MONTH } }), 200)
    const elsewhere = (await aCustomer('Elsewhere')).id
    const stranger = await tokenOf(await person([{ role: 'viewer', customerId: elsewhere }]), 'viewer', 'Elsewhere')
    expect((await call(reportOperations.read, { token: stranger, params: { customerId }, query: { month: MONTH } })).status).toBe(404)
    expect((await call(reportOperations.list, { token: stranger })).body).toMatchObject({ total: 1, items: [{ customer: { name: 'Elsewhere' }, months: [] }] })
  })

  it('the owner decides name and logo; a logo is what it is, and is served as nothing else', async () => {
    const token = await tokenOf(everyone, 'owner')
    const logo = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
    const edit = (body: object, tag: string) => call(brandOperations.edit, { token, body, headers: { 'if-match': tag } })
    const saved = must(await edit({ name: 'Nordwall IT', logo }, '"0"'), 200)
    expect(saved.body).toMatchObject({ name: 'Nordwall IT', logo: { type: 'image/png', path: '/api/v1/brand/logo?revision=1' } })
    expect((await edit({ name: 'Other' }, '"0"')).status).toBe(412)
    expect((await edit({ logo: Buffer.from('<svg onload="alert(1)"/>').toString('base64') }, '"1"')).body).toMatchObject({ status: 400, issues: [{ field: 'logo' }] })
    const file = await call(brandOperations.logo, { token })
    expect([file.status, file.headers.get('content-type'), file.headers.get('x-content-type-options'), file.headers.get('cache-control')]).toEqual([200, 'image/png', 'nosniff', 'no-store, private'])
    expect((await readReport(everyone, { customerId, month: MONTH }, NOW)).provider).toEqual({ name: 'Nordwall IT', logo: '/api/v1/brand/logo?revision=1' })
    const admin = await tokenOf(await person([{ role: 'admin', customerId: null }]), 'admin')
    expect((await call(brandOperations.edit, { token: admin, body: { name: 'Mine' }, headers: { 'if-match': '"1"' } })).status).toBe(403)
    const entries = await db().auditEntry.findMany({ where: { action: 'brand.edit' } })
    expect(entries).not.toEqual([])
    expect(entries.map(({ canonical }) => canonical).join(' ')).not.toContain(logo.slice(20, 60))
    must(await edit({ logo: null }, '"1"'), 200)
    expect((await call(brandOperations.logo, { token })).status).toBe(404)
  })
})
