// What a plan would do, from stored rows: groups, findings, rings, starts, and how fast.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { planOperations } from '@/lib/api/plans'
import { db } from '@/lib/db/client'
import { aPlan, aReadyFirewall, NIGHTLY, PACKAGES } from '@/lib/testing/a-plan'
import { call, tokenOf } from '@/lib/testing/api-client'
import { aCustomer, owner, startInstallation, type Installation } from '@/lib/testing/installation'
import type { PlanPreview } from './dto'
import { workOut } from './work-out'
import { DEFAULT_DESIGN, type PlanDesign } from './words'

let installation: Installation
let token: string
let customerId: string
beforeAll(async () => {
  installation = await startInstallation()
  token = await tokenOf(await owner(), 'owner')
})
beforeEach(async () => {
  customerId = (await aCustomer()).id
})
afterAll(() => installation.end())

const preview = async (more: Record<string, unknown> = {}, design: PlanDesign = NIGHTLY): Promise<PlanPreview> => {
  const { status, body } = await call(planOperations.previewDesign, { token, body: { kind: 'minor', query: `customer__id=${customerId}`, design, ...more } })
  expect(status).toBe(200)
  return body as PlanPreview
}
const codeOf = async (id: string, more: Record<string, unknown> = {}, design: PlanDesign = NIGHTLY) => (await preview(more, design)).rows.find(({ firewall }) => firewall.id === id)?.findings[0]?.code
const PFSENSE = { family: 'pfsense-v2', version: '2.8.0-RELEASE', offeredVersion: '2.8.1', rebootRequired: null, commandsAllowed: true }

describe('a preview', () => {
  it('says of each firewall what it installs, in which ring, when, and what is to be known of it', async () => {
    const id = await aReadyFirewall(customerId)
    const { rows, sentence, counts, setHash, reboots } = await preview()
    expect(sentence).toBe('1 of 1 can run on its own.')
    expect(counts).toEqual({ 'cannot-run': 0, 'needs-person': 0, 'on-its-own': 1 })
    expect(setHash).toMatch(/^[0-9a-f]{64}$/)
    expect(reboots).toBe(1)
    expect(rows).toMatchObject([{ firewall: { id }, ring: { position: 0, name: 'Broad' }, from: '26.7', to: '26.7.1', packageCount: 2, reboot: true, minutesAway: { least: 2, most: 20 }, findings: [{ code: 'nothing' }] }])
    const starts = new Date(rows[0]?.startsAt ?? '')
    const hour = Number(new Intl.DateTimeFormat('en', { timeZone: 'Europe/Oslo', hour: 'numeric', hourCycle: 'h23' }).format(starts))
    expect([1, 2, 3, 4]).toContain(hour)
    expect(new Date(rows[0]?.endsAt ?? '').getTime() - starts.getTime()).toBeGreaterThanOrEqual(45 * 60_000)
  })

  it.each([
    ['paused', { pausedAt: new Date(), pausedReason: 'works' }],
    ['certificate-changed', { state: 'certificate-changed' }],
    ['credential', { state: 'credential-rejected' }],
    ['api-package-missing', { state: 'api-package-missing' }],
    ['unreachable', { state: 'unreachable' }],
    ['unreachable', { visitedAt: new Date(0) }],
    ['no-offer', { firmwareState: 'up-to-date', offeredVersion: null }],
    ['no-offer', { firmwareState: 'never-checked', offeredVersion: null }],
    ['commands-off', { ...PFSENSE, commandsAllowed: false }],
    ['no-package-build', { family: 'pfsense-v1', version: '2.7.2-RELEASE', offeredVersion: '9.9.9', commandsAllowed: true }],
    ['no-backup', { backupError: 'The reply was cut.' }],
    ['package-lost', PFSENSE],
    ['old-check', { firmwareCheckedAt: new Date(Date.now() - 5 * 86_400_000) }],
    ['peer-not-linked', { haRole: 'master' }],
  ])('%s of %o', async (code, more) => expect(await codeOf(await aReadyFirewall(customerId, more))).toBe(code))

  it('finds what stands in rows beside it: a hold, an open job, a missing privilege, its peer', async () => {
    const [held, busy, poor, one, two] = [await aReadyFirewall(customerId, { offeredVersion: '26.9.9' }), await aReadyFirewall(customerId), await aReadyFirewall(customerId), await aReadyFirewall(customerId, { haRole: 'master' }), await aReadyFirewall(customerId, { haRole: 'backup', state: 'unreachable' })]
    await db().versionHold.create({ data: { family: 'opnsense', version: '26.9.9', customerId, note: 'breaks', createdAt: new Date(), createdBy: 'N' } })
    const planId = await aPlan(customerId, 'Other')
    const ring = await db().planRing.create({ data: { planId, position: 0, name: 'R', gate: {} } })
    await db().updateJob.create({ data: { planId, ringId: ring.id, firewallId: busy, customerId, state: 'scheduled', stateSince: new Date(), kind: 'minor', offer: {}, offerHash: '', nextStepAt: new Date() } })
    await db().firewallCredential.create({ data: { firewallId: poor, method: 'key-secret', credentialSealed: '', storedAt: new Date(), lastTest: { features: [{ feature: 'firmware-update', result: 'missing' }] } } })
    await db().firewall.update({ where: { id: one }, data: { haPeerId: two } })
    await db().firewall.update({ where: { id: two }, data: { haPeerId: one } })
    const { rows } = await preview()
    const codes = Object.fromEntries(rows.map(({ firewall, findings }) => [firewall.id, findings[0]?.code]))
    expect(codes).toEqual({ [held]: 'version-held', [busy]: 'other-job', [poor]: 'privilege-missing', [one]: 'peer-missing', [two]: 'unreachable' })
  })

  it('leaves nothing to a kind that a family has not, and to a window that is too short or is not there', async () => {
    const id = await aReadyFirewall(customerId)
    expect(await codeOf(id, {}, { ...NIGHTLY, windows: { by: 'own' } })).toBe('no-window')
    const short: PlanDesign = { ...NIGHTLY, windows: { by: 'plan', window: { timeZone: 'Europe/Oslo', weekdays: [1], dates: [], earliestStart: '01:00', latestStart: '01:10', hardEnd: '01:20' } }, latestStartMarginMinutes: 0 }
    const { rows } = await preview({}, short)
    expect(rows[0]?.findings[0]).toMatchObject({ code: 'window-too-short', word: 'Window 20, needs 35 min' })
    const other = await aReadyFirewall(customerId, PFSENSE)
    expect(await codeOf(other, { kind: 'major' })).toBe('kind-not-offered')
    expect(await codeOf(id, { kind: 'major' })).toBe('no-offer')
  })

  it('starts a pair one after the other, the backup first, and rings one after the other', async () => {
    const [master, backup] = [await aReadyFirewall(customerId, { haRole: 'master' }), await aReadyFirewall(customerId, { haRole: 'backup' })]
    await db().firewall.update({ where: { id: master }, data: { haPeerId: backup } })
    await db().firewall.update({ where: { id: backup }, data: { haPeerId: master } })
    await aReadyFirewall(customerId, { tags: ['canary'] })
    const design: PlanDesign = { ...NIGHTLY, rings: DEFAULT_DESIGN.rings.filter((_, at) => at !== 1) }
    const { rows, haPairs, rings } = await preview({}, design)
    const startOf = (id: string) => new Date(rows.find(({ firewall }) => firewall.id === id)?.startsAt ?? '').getTime()
    expect(haPairs).toBe(1)
    expect(startOf(master) - startOf(backup)).toBeGreaterThanOrEqual((35 + NIGHTLY.haGapMinutes) * 60_000)
    expect(rows.find(({ firewall }) => firewall.id === master)).toMatchObject({ minutesAway: { least: 0, most: 0 }, findings: [{ code: 'after-peer' }] })
    const [canary, broad] = rings
    expect(new Date(broad?.firstStartAt ?? '').getTime() - new Date(canary?.lastStartAt ?? '').getTime()).toBeGreaterThan(24 * 3_600_000)
  })

  it('names the ring of a query that cannot be used, and refuses a rest that is not last', async () => {
    const [ring] = NIGHTLY.rings
    if (!ring) throw new Error('There is a ring.')
    const send = (rings: PlanDesign['rings']) => call(planOperations.previewDesign, { token, body: { kind: 'minor', query: `customer__id=${customerId}`, design: { ...NIGHTLY, rings } } })
    await aReadyFirewall(customerId)
    expect(await send([{ ...ring, name: 'A', who: { by: 'query', query: 'colour=red' } }])).toMatchObject({ status: 400, body: { issues: [{ field: 'design.rings.0.who.query' }] } })
    expect(await send([ring, { ...ring, name: 'B' }])).toMatchObject({ status: 400, body: { issues: [{ field: 'design.rings.0.who' }] } })
  })

  it('tells what one firewall would install, package by package where its family reports them', async () => {
    const [one, two] = [await aReadyFirewall(customerId), await aReadyFirewall(customerId, PFSENSE)]
    const offer = async (id: string) => (await call(planOperations.offer, { token, params: { id } })).body
    expect(await offer(one)).toMatchObject({ from: '26.7', offer: { version: '26.7.1', packages: PACKAGES }, packagesReason: null, losesApiPackage: false })
    expect(await offer(two)).toMatchObject({ offer: { version: '2.8.1', packages: null }, losesApiPackage: true, packagesReason: expect.stringContaining('does not report packages') as unknown })
  })

  // A second on a quiet machine; the bound is for what grows with the square.
  it('of a thousand firewalls is worked out in one go', async () => {
    const ids = await db().firewall.createManyAndReturn({
      data: Array.from({ length: 1000 }, (_, at) => ({ customerId, name: `many-${at}`, family: 'opnsense', origin: `https://198.51.100.1:${10_000 + at}`, trustMode: 'public-ca', trustConfirmedAt: new Date(), state: 'reachable', visitedAt: new Date(), version: '26.7', firmwareState: 'offered', offeredVersion: '26.7.1', rebootRequired: true, firmwareCheckedAt: new Date() })),
      select: { id: true },
    })
    const packages = Array.from({ length: 40 }, (_, at) => ({ ...PACKAGES[1], name: `package-${at}` }))
    await db().reading.createMany({ data: ids.map(({ id }) => ({ firewallId: id, kind: 'firmware', observedAt: new Date(), digest: 'd', body: { packages } })) })
    const plan = { id: null, kind: 'minor' as const, query: `customer__id=${customerId}`, holdIfReboot: false, design: { ...NIGHTLY, concurrency: { perSite: 1, perCustomer: 50, fleet: 50 } } }
    const times: number[] = []
    for (let round = 0; round < 3; round += 1) {
      const from = performance.now()
      const { rows } = await workOut(plan, 'all', new Date())
      times.push(performance.now() - from)
      expect(rows.filter(({ group }) => group === 'on-its-own').length).toBe(1000)
    }
    process.stdout.write(`preview of 1,000 firewalls: ${times.map((time) => Math.round(time)).join(', ')} ms\n`)
    expect(Math.min(...times)).toBeLessThan(4000)
  })
})
