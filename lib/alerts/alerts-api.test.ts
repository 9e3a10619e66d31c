import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { alertRuleOperations } from '@/lib/api/alert-rules'
import { alertOperations } from '@/lib/api/alerts'
import { firewallOperations } from '@/lib/api/firewalls'
import { silenceOperations } from '@/lib/api/silences'
import { alertPageStatement } from '@/lib/db/alert-list-sql'
import { db } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'
import { call, tokenOf } from '@/lib/testing/api-client'
import { aCustomer, owner, person, startInstallation, type Installation } from '@/lib/testing/installation'
import type { AlertDto } from './dto'

let installation: Installation
let token: string
let operatorToken: string
let viewerToken: string
let kestrel: { id: string; name: string }
let tessera: { id: string; name: string }
let firewalls: { id: string; name: string; customerId: string }[]
let siteId: string

const T = Date.UTC(2026, 10, 24, 2, 0, 0)
const at = (minutes: number) => new Date(T + minutes * 60_000)

const addFirewall = (customerId: string, name: string, site?: string) =>
  db().firewall.create({ data: { customerId, name, siteId: site ?? null, family: 'opnsense', origin: `https://${randomUUID()}.example`, trustMode: 'pin', pinSha256: 'a'.repeat(64), trustConfirmedAt: at(0) } })

const alertRow = (index: number, more: Partial<Prisma.AlertUncheckedCreateInput> = {}): Prisma.AlertUncheckedCreateInput => ({
  firewallId: firewalls[index]?.id ?? '', customerId: firewalls[index]?.customerId ?? '', kind: 'unreachable', state: 'open', severity: 'critical', facts: {}, since: at(0), openedAt: at(5), toldAt: at(5), changedAt: at(5), ...more,
})
const addAlert = (index: number, more: Partial<Prisma.AlertUncheckedCreateInput> = {}) => db().alert.create({ data: alertRow(index, more) })
const list = async (query: Record<string, string> = {}, as = token): Promise<AlertDto[]> => {
  const { body } = await call(alertOperations.list, { token: as, query })
  if (!body.items) throw new Error(JSON.stringify(body))
  return body.items as AlertDto[]
}
const ids = (alerts: readonly { id: string }[]) => alerts.map(({ id }) => id)
const counts = async (query: Record<string, string> = {}, as = token) => (await call(alertOperations.counts, { token: as, query })).body

beforeAll(async () => {
  installation = await startInstallation()
  ;[kestrel, tessera] = [await aCustomer('Kestrel'), await aCustomer('Tessera')]
  siteId = (await db().site.create({ data: { name: 'Rotterdam', customerId: kestrel.id } })).id
  firewalls = [await addFirewall(kestrel.id, 'kl-fw1', siteId), await addFirewall(kestrel.id, 'kl-fw2'), await addFirewall(tessera.id, 'tcu-fw1')]
  token = await tokenOf(await owner(), 'owner')
  const mira = await person([{ role: 'operator', customerId: kestrel.id }], 'mira')
  operatorToken = await tokenOf(mira, 'operator', kestrel.name)
  viewerToken = await tokenOf(await person([{ role: 'viewer', customerId: kestrel.id }], 'vera'), 'viewer', kestrel.name)
})
afterAll(() => installation.end())
beforeEach(async () => {
  await db().alert.deleteMany()
  await db().silence.deleteMany()
  await db().notice.deleteMany()
  await db().rateWindow.deleteMany()
})

describe('the list of alerts', () => {
  it('is worst first, the newest of each first, and folds what follows into its cause', async () => {
    const notice = await addAlert(0, { kind: 'drift', severity: 'notice', openedAt: at(50) })
    const older = await addAlert(0, { openedAt: at(5) })
    const newer = await addAlert(2, { openedAt: at(9) })
    const warning = await addAlert(1, { kind: 'gateway-lossy', subject: 'WAN2', severity: 'warning', facts: { value: 12.4 }, openedAt: at(60) })
    await addAlert(0, { kind: 'gateway-down', subject: 'WAN1', state: 'pending', causeId: older.id, openedAt: null })
    await addAlert(1, { kind: 'disk-full', state: 'pending', openedAt: null })
    const alerts = await list()
    expect(ids(alerts)).toEqual([newer.id, older.id, warning.id, notice.id])
    expect(alerts[1]).toMatchObject({ title: 'Unreachable', sentence: 'kl-fw1 does not answer.', effects: 1, site: { name: 'Rotterdam' }, customer: { name: 'Kestrel' }, causeId: null })
    expect(alerts[2]?.sentence).toBe('WAN2 loses 12 % on kl-fw2.')
    expect(await counts()).toMatchObject({ open: { critical: 2, warning: 1, notice: 1 }, effects: 1, acknowledged: 0 })
  })

  it('goes with a firewall that moves: nobody sees the place of another customer in what is over', async () => {
    const mover = await addFirewall(kestrel.id, 'kl-fw9', siteId)
    const alert = await db().alert.create({ data: { ...alertRow(0, { state: 'resolved', resolvedAt: at(9) }), firewallId: mover.id } })
    const read = async (as: string) => (await call(alertOperations.read, { token: as, params: { id: alert.id } })).status
    expect(await read(viewerToken)).toBe(200)
    const { body } = await call(firewallOperations.read, { token, params: { id: mover.id } })
    expect((await call(firewallOperations.edit, { token, params: { id: mover.id }, body: { customerId: tessera.id }, headers: { 'if-match': String(body.etag) } })).status).toBe(200)
    expect(await read(viewerToken)).toBe(404)
    expect(await read(token)).toBe(200)
    await db().firewall.delete({ where: { id: mover.id } })
  })

  it('goes on from page to page without losing or repeating one, in both orders', async () => {
    const severities = ['critical', 'warning', 'notice'] as const
    await db().alert.createMany({ data: Array.from({ length: 23 }, (_, n) => alertRow(n % 3, { kind: 'gateway-down', subject: `GW${n}`, severity: severities[n % 3] ?? 'notice', openedAt: at(n % 4) })) })
    for (const sort of ['worst', '-opened']) {
      const all = ids(await list({ sort }))
      const seen: string[] = []
      let cursor: string | null = ''
      while (cursor !== null) {
        const { body }: { body: Record<string, unknown> } = await call(alertOperations.list, { token, query: { sort, limit: '5', ...(cursor !== '' && { cursor }) } })
        seen.push(...ids(body.items as AlertDto[]))
        expect(body.total).toBe(23)
        cursor = body.nextCursor as string | null
      }
      expect(seen).toEqual(all)
      expect(new Set(seen).size).toBe(23)
    }
  })

  it('takes conditions, and names the field of a wrong one', async () => {
    const one = await addAlert(0)
    const other = await addAlert(2, { kind: 'disk-full', severity: 'warning', state: 'resolved', resolvedAt: at(90) })
    expect(ids(await list({ state: 'open,acknowledged' }))).toEqual([one.id])
    expect(ids(await list({ state: 'resolved', kind: 'disk-full', severity: 'warning,notice' }))).toEqual([other.id])
    expect(ids(await list({ siteId }))).toEqual([one.id])
    expect(ids(await list({ firewallId: firewalls[2]?.id ?? '' }))).toEqual([])
    expect(ids(await list({ since: at(6).toISOString() }))).toEqual([])
    for (const [field, value] of [['state', 'open,closed'], ['kind', 'unreachable,'], ['severity', 'dire'], ['sort', 'name'], ['cursor', 'x'], ['since', 'yesterday']] as const) {
      const { status, body } = await call(alertOperations.list, { token, query: { [field]: value } })
      expect([status, (body.issues as { field: string }[])[0]?.field]).toEqual([400, field])
    }
  })

  it('finds the newest of many that are over by an index', async () => {
    await db().$executeRaw`
      INSERT INTO "Alert" (id, "firewallId", "customerId", kind, state, severity, facts, since, "openedAt", "resolvedAt", "changedAt")
      SELECT gen_random_uuid(), ${firewalls[0]?.id}::uuid, ${kestrel.id}::uuid, 'cpu-high', 'resolved', 'warning', '{}', now() - n * interval '1 min', now() - n * interval '1 min', now(), now() FROM generate_series(1, 5000) n`
    await db().$executeRaw`ANALYZE "Alert"`
    const question = { customerIds: 'all', states: ['resolved'], severities: undefined, kinds: undefined, siteId: undefined, firewallId: undefined, since: undefined, of: 'folded' } as const
    const plan = JSON.stringify(await db().$queryRaw(Prisma.sql`EXPLAIN ${alertPageStatement(question, { sort: '-opened', after: null, limit: 101 })}`))
    expect(plan).toContain('Alert_state_openedAt_id_idx')
    expect(plan).not.toMatch(/Seq Scan on \\"Alert\\" a/)
    expect((await call(alertOperations.list, { token, query: { state: 'resolved', sort: '-opened' } })).body.total).toBe(5000)
  })

  it('shows nothing of another customer', async () => {
    const own = await addAlert(0)
    const foreign = await addAlert(2)
    expect(ids(await list({}, operatorToken))).toEqual([own.id])
    expect(await list({ customerId: tessera.id }, operatorToken)).toEqual([])
    expect(await counts({}, operatorToken)).toMatchObject({ open: { critical: 1 }, customers: [{ customerId: kestrel.id }] })
    expect((await call(alertOperations.read, { token: operatorToken, params: { id: foreign.id } })).status).toBe(404)
  })
})

describe('looking after an alert', () => {
  const acknowledge = (id: string, note = '', etag = '"1"', as = operatorToken) => call(alertOperations.acknowledge, { token: as, params: { id }, body: { note }, headers: { 'if-match': etag } })

  it('tells who and when, in the timeline, to the channels and in the audit log', async () => {
    const { id } = await addAlert(0)
    const { status, body } = await acknowledge(id, 'called the site')
    expect(status).toBe(200)
    expect(body).toMatchObject({ state: 'acknowledged', note: 'called the site', acknowledged: { by: expect.stringContaining('mira') as string }, etag: '"2"', events: [{ what: 'acknowledged', note: 'called the site' }] })
    const notices = await db().notice.findMany()
    expect(notices).toHaveLength(1)
    expect(notices[0]).toMatchObject({ kind: 'alert-acknowledged', alertId: id, severity: 'critical', facts: { sentence: 'kl-fw1 does not answer.', note: 'called the site' } })
    expect(await db().auditEntry.findFirst({ orderBy: { entry: 'desc' } })).toMatchObject({ action: 'alert.acknowledge', targetId: firewalls[0]?.id, customerId: kestrel.id, result: 'done' })

    const again = await acknowledge(id, '', '"2"')
    expect([again.status, again.body.code]).toEqual([409, 'conflict'])
    const undone = await call(alertOperations.unacknowledge, { token: operatorToken, params: { id }, body: {}, headers: { 'if-match': '"2"' } })
    expect(undone.body).toMatchObject({ state: 'open', acknowledged: null, events: [{ what: 'unacknowledged' }, { what: 'acknowledged' }] })
  })

  it('needs the alert as it was looked at, and the right to answer it', async () => {
    const { id } = await addAlert(0)
    expect((await acknowledge(id, '', '"7"')).status).toBe(412)
    expect((await acknowledge(id, '', '"1"', viewerToken)).status).toBe(403)
    const [first, second] = await Promise.all([acknowledge(id), acknowledge(id)])
    expect([first.status, second.status].filter((status) => status === 200)).toHaveLength(1)
    expect(await db().alertEvent.count()).toBe(1)
    expect(await db().notice.count()).toBe(1)
  })

  it('tells no channel of what is silenced, of a paused firewall, or of what follows from another', async () => {
    const now = new Date()
    const silence = await db().silence.create({ data: { customerId: kestrel.id, startsAt: at(0), endsAt: new Date(now.getTime() + 60_000), note: 'n', createdAt: now, createdByName: 'n' } })
    const { id } = await addAlert(0, { silenceId: silence.id })
    expect((await acknowledge(id)).body).toMatchObject({ state: 'acknowledged', silencedUntil: silence.endsAt.toISOString() })
    expect(await db().notice.count()).toBe(0)
  })

  it('keeps notes, also when it is over', async () => {
    const { id } = await addAlert(0, { state: 'resolved', resolvedAt: at(9) })
    const { body } = await call(alertOperations.annotate, { token: operatorToken, params: { id }, body: { note: 'The fibre was cut.' }, headers: { 'if-match': '"1"' } })
    expect(body).toMatchObject({ note: 'The fibre was cut.', etag: '"2"', events: [{ what: 'noted', note: 'The fibre was cut.' }] })
  })

  it('takes many at once and leaves alone what cannot be, with a reason; all of it can be taken back', async () => {
    await db().alert.createMany({ data: Array.from({ length: 60 }, (_, n) => alertRow(n % 2, { kind: 'gateway-down', subject: `GW${n}`, severity: 'warning' })) })
    const over = await addAlert(0, { state: 'resolved', resolvedAt: at(9) })
    const foreign = await addAlert(2)
    const open = ids(await db().alert.findMany({ where: { state: 'open', customerId: kestrel.id }, select: { id: true } }))
    const startedAt = performance.now()
    const { status, body } = await call(alertOperations.acknowledgeMany, { token: operatorToken, body: { ids: [...open, over.id, foreign.id], note: 'carrier' } })
    process.stdout.write(`60 alerts acknowledged at once in ${Math.round(performance.now() - startedAt)} ms\n`)
    expect(status).toBe(200)
    expect((body.done as string[]).toSorted()).toEqual(open.toSorted())
    expect(body.left).toEqual(expect.arrayContaining([{ id: over.id, reason: 'This alert is over.' }, { id: foreign.id, reason: 'There is no such alert.' }]))
    expect(await db().notice.count()).toBe(60)
    const back = await call(alertOperations.unacknowledgeMany, { token: operatorToken, body: { ids: body.done } })
    expect(back.body.done).toHaveLength(60)
    expect(await db().alert.count({ where: { state: 'acknowledged' } })).toBe(0)
    expect((await call(alertOperations.acknowledgeMany, { token: viewerToken, body: { ids: open.slice(0, 3) } })).status).toBe(403)
    expect((await call(alertOperations.acknowledgeMany, { token, body: { ids: Array.from({ length: 501 }, () => randomUUID()) } })).body).toMatchObject({ status: 400, issues: [{ field: 'ids' }] })
  })
})

describe('silences', () => {
  const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString()
  const create = (body: Record<string, unknown>, as = operatorToken, headers: Record<string, string> = {}) => call(silenceOperations.create, { token: as, body: { endsAt: inHours(4), note: 'works', ...body }, headers })

  it('mark what is open in their place at once, are listed by time, and end early', async () => {
    const here = await addAlert(0)
    const elsewhere = await addAlert(1)
    const { status, body } = await create({ siteId })
    expect(status).toBe(201)
    expect(body).toMatchObject({ customer: { name: 'Kestrel' }, site: { name: 'Rotterdam' }, firewall: null, time: 'now', alerts: 1, endedEarly: false })
    expect((await list({ firewallId: here.firewallId }))[0]?.silencedUntil).toBe(body.endsAt)
    expect((await list({ firewallId: elsewhere.firewallId }))[0]?.silencedUntil).toBeNull()
    expect(await counts()).toMatchObject({ silenced: 1 })
    await create({ customerId: kestrel.id, kind: 'drift', startsAt: inHours(2) })
    const times = async (time: string) => ((await call(silenceOperations.list, { token: operatorToken, query: { time } })).body.items as { id: string }[]).length
    expect([await times('now'), await times('coming'), await times('past')]).toEqual([1, 1, 0])
    const id = String(body.id)
    expect((await call(silenceOperations.end, { token: operatorToken, params: { id }, body: {} })).body).toMatchObject({ time: 'past', endedEarly: true, alerts: 0 })
    expect((await call(silenceOperations.end, { token: operatorToken, params: { id }, body: {} })).status).toBe(409)
    expect((await list({ firewallId: here.firewallId }))[0]?.silencedUntil).toBeNull()
    const log = await db().auditEntry.findMany({ orderBy: { entry: 'desc' }, take: 3, select: { action: true } })
    expect(log.map(({ action }) => action)).toEqual(['silence.end', 'silence.create', 'silence.create'])
  })

  it('end within 30 days, say why, and hold where the caller answers alerts', async () => {
    const fieldOf = async (body: Record<string, unknown>, as?: string) => {
      const reply = await create(body, as)
      return [reply.status, ((reply.body.issues ?? []) as { field: string }[])[0]?.field]
    }
    const of = { customerId: kestrel.id }
    expect(await fieldOf({ ...of, endsAt: inHours(24 * 31) })).toEqual([400, 'endsAt'])
    expect(await fieldOf({ ...of, endsAt: inHours(-1) })).toEqual([400, 'endsAt'])
    expect(await fieldOf({ ...of, startsAt: inHours(-1) })).toEqual([400, 'startsAt'])
    expect(await fieldOf({ ...of, note: ' ' })).toEqual([400, 'note'])
    expect(await fieldOf({ firewallId: firewalls[2]?.id })).toEqual([400, 'firewallId'])
    expect(await fieldOf({ customerId: tessera.id })).toEqual([400, 'customerId'])
    expect(await fieldOf({ customerId: tessera.id, siteId }, token)).toEqual([400, 'siteId'])
    expect(await fieldOf({})).toEqual([403, undefined])
    expect(await fieldOf(of, viewerToken)).toEqual([403, undefined])
    expect(await db().silence.count()).toBe(0)
  })

  it('of the whole installation are seen by who sees all of it; the same key makes no second one', async () => {
    const key = { 'idempotency-key': randomUUID() }
    const body = { endsAt: inHours(1) }
    const [one, again] = [await create(body, token, key), await create(body, token, key)]
    expect([one.status, again.body.id]).toEqual([201, one.body.id])
    expect(await db().silence.count()).toBe(1)
    expect((await call(silenceOperations.read, { token: operatorToken, params: { id: String(one.body.id) } })).status).toBe(404)
  })
})

describe('what is looked for', () => {
  const edit = (kind: string, decision: Record<string, unknown>, etag: string, as = token) => call(alertRuleOperations.edit, { token: as, params: { kind }, body: { enabled: null, severity: null, threshold: null, ...decision }, headers: { 'if-match': etag } })
  const editCustomer = (kind: string, decision: Record<string, unknown>, etag: string) => call(alertRuleOperations.editCustomer, { token, params: { id: kestrel.id, kind }, body: { enabled: null, severity: null, threshold: null, ...decision }, headers: { 'if-match': etag } })

  it('is the default, then the installation, then the customer; a reset takes it back', async () => {
    expect((await edit('disk-full', { threshold: 80, severity: 'critical' }, '"0"')).body).toMatchObject({ default: { threshold: 90, severity: 'warning' }, own: { threshold: 80, severity: 'critical', enabled: null }, effective: { threshold: 80, severity: 'critical', enabled: true }, etag: '"1"' })
    expect((await editCustomer('disk-full', { enabled: false }, '"0"')).body).toMatchObject({ inherited: { threshold: 80 }, own: { enabled: false }, effective: { enabled: false, threshold: 80, severity: 'critical' } })
    const { body } = await call(alertRuleOperations.read, { token })
    expect((body.items as { kind: string; customers: unknown[] }[]).find(({ kind }) => kind === 'disk-full')?.customers).toEqual([{ id: kestrel.id, name: 'Kestrel' }])
    expect((await edit('disk-full', { threshold: 70 }, '"0"')).status).toBe(412)
    expect((await edit('disk-full', {}, '"1"')).body).toMatchObject({ own: { enabled: null, severity: null, threshold: null }, effective: { threshold: 90 }, etag: '"2"' })
    // Who looked before the reset does not undo it.
    expect((await edit('disk-full', { threshold: 70 }, '"1"')).status).toBe(412)
  })

  it('names the field of a threshold that cannot be', async () => {
    for (const [kind, threshold] of [['disk-full', 101], ['disk-full', 0], ['disk-full', 90.5], ['drift', 3]] as const) {
      const { status, body } = await edit(kind, { threshold }, '"0"')
      expect([status, (body.issues as { field: string }[])[0]?.field], `${kind} ${threshold}`).toEqual([400, 'threshold'])
    }
    expect((await edit('no-such-kind', {}, '"0"')).status).toBe(404)
    expect((await edit('drift', { enabled: false }, '"0"', operatorToken)).status).toBe(403)
  })
})
