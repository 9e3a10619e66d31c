// Going back on a simulated firewall that keeps its contract: it replaces its configuration, reloads nothing, and a restart
// takes a while. Killed between any two steps, neither call is ever made twice.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startFleet, type Fleet, type FleetFirewall } from '@/e2e/fake-firewalls/fleet'
import { revertOperations } from '@/lib/api/reverts'
import type { Actor } from '@/lib/auth/actor'
import { forgetEnvironment } from '@/lib/core/env'
import { db } from '@/lib/db/client'
import { stepBackup } from '@/lib/backups/step'
import { approvedJob } from '@/lib/testing/approved-job'
import { call, tokenOf } from '@/lib/testing/api-client'
import { enrolled, must } from '@/lib/testing/enrolled'
import { aCustomer, owner, person, startInstallation, type Installation } from '@/lib/testing/installation'
import { sha256Of } from '@/lib/backups/sha256'
import { findConnection } from '@/lib/db/sql'
import { ACTIVE_UPDATE_STATES } from '@/lib/updates/states'
import { askRestart } from './ask-restart'
import { seeContent } from './content'
import { listHistoryEntries } from './list-entries'
import { listReverts } from './list'
import { familyOf, revertPortOf } from './port'
import { previewRevert } from './preview'
import { startRevert } from './start'
import { stepRevert } from './step'

let installation: Installation
let fleet: Fleet
let admin: Extract<Actor, { kind: 'operator' }>
let token: string
let customerId: string
const signal = AbortSignal.timeout(120_000)

beforeAll(async () => {
  installation = await startInstallation()
  process.env.PALISADE_ALLOWED_NETWORKS = '127.0.0.0/8'
  forgetEnvironment()
  fleet = await startFleet()
  admin = await owner()
  token = await tokenOf(admin, 'owner')
  customerId = (await aCustomer('Loxley Councils')).id
})
afterAll(async () => {
  await fleet.stop()
  await installation.end()
})

type Site = { firewall: FleetFirewall; id: string; name: string }
const REVERT = '/api/core/backup/revert_backup'
const calls = ({ firewall }: Site, path: string) => Object.entries(firewall.counts().byPath).reduce((sum, [key, count]) => sum + (key.startsWith(`POST ${path}`) ? count : 0), 0)
const reverts = (site: Site) => calls(site, REVERT)
const restarts = (site: Site) => calls(site, '/api/core/system/reboot')
const row = ({ id }: Site) => db().configRevert.findFirstOrThrow({ where: { firewallId: id }, orderBy: { createdAt: 'desc' } })
const due = ({ id }: Site) => db().configRevert.updateMany({ where: { firewallId: id, finishedAt: null }, data: { nextStepAt: new Date(0) } })

/** A firewall with a change to go back from. */
async function aFirewall(name: string): Promise<Site> {
  const firewall = await fleet.add({ name, family: 'opnsense', version: '26.7', durationsMs: { reboot: 0 } })
  const id = String((await enrolled(firewall, token, customerId)).body.id)
  await firewall.patch({ configuration: { edits: [{ path: 'system.timezone', value: 'Europe/Vienna' }], note: 'changed the zone' } })
  return { firewall, id, name }
}

async function ask(site: Site, actor: Actor = admin) {
  const { items } = await listHistoryEntries(actor, { id: site.id }, signal)
  const preview = await previewRevert(actor, { id: site.id, revision: items[1]?.id ?? '' }, signal)
  return { preview, input: { id: site.id, revision: preview.revision, sha256: preview.sha256, runningSha256: preview.runningSha256, confirmName: site.name } }
}
const start = async (site: Site) => startRevert(admin, (await ask(site)).input)

/** A row as it stands after the steps before `state`, so that a test of one step need not take the others. */
async function inState(site: Site, state: string, more: { targetDigest?: string } = {}): Promise<Site> {
  const connection = await findConnection(site.id, 'all')
  if (!connection) throw new Error('There is no such firewall.')
  const port = await revertPortOf(connection, signal)
  const revision = (await port.entries(signal))[1]?.id ?? ''
  const [entry, running] = [await port.content(revision, signal), await port.content(null, signal)]
  if (!entry || !running) throw new Error('The firewall has no history.')
  const now = new Date()
  const by = { kind: admin.kind, id: admin.id, name: admin.name }
  const data = { firewallId: site.id, revision, entry: { id: revision, at: null, by: null, description: null, bytes: null }, sha256: sha256Of(entry), runningSha256: sha256Of(running), state, stateAt: now, actor: by, createdAt: now, nextStepAt: now, ...more }
  await db().configRevert.create({ data })
  site.firewall.resetCounts()
  return site
}
const checking = async (name: string) => inState(await aFirewall(name), 'checking')
const digestOfRunning = async (site: Site): Promise<string> => {
  const connection = await findConnection(site.id, 'all')
  const bytes = connection && (await (await revertPortOf(connection, signal)).content(null, signal))
  if (!connection || !bytes) throw new Error('The firewall has no configuration.')
  return (await seeContent(bytes, familyOf(connection), signal)).digest
}

/** One step of it, as a worker does it; the backup it waits for is taken in between. */
async function step(site: Site, now = new Date()): Promise<string> {
  const { id, taskId } = await row(site)
  if (taskId !== null) {
    await db().backupTask.updateMany({ where: { id: taskId, finishedAt: null }, data: { nextStepAt: new Date(0) } })
    await stepBackup(taskId, 'worker', now)
  }
  await due(site)
  await stepRevert(id, 'worker', now)
  return (await row(site)).state
}
async function stepTo(site: Site, state: string, now?: Date): Promise<void> {
  for (let steps = 0; steps < 30; steps += 1) {
    if ((await row(site)).state === state) return
    await step(site, now)
  }
  throw new Error(`It is ${(await row(site)).state} instead of ${state}: ${(await row(site)).message}`)
}
const audit = ({ id }: Site, action: string) => db().auditEntry.findMany({ where: { targetId: id, action }, orderBy: { entry: 'asc' }, select: { result: true, actorName: true } })

describe('looking', () => {
  it('lists the entries of the firewall and compares one with what is there now; nothing is kept, and both are on record', async () => {
    const site = await aFirewall('looks')
    const contents = await db().backupContent.count()
    const { preview } = await ask(site)
    expect(preview).toMatchObject({ same: false, counts: { changed: 1, added: 0, removed: 0 } })
    expect(JSON.stringify(preview.changes)).toContain('Europe/Vienna')
    expect(await db().backupContent.count()).toBe(contents)
    expect((await audit(site, 'firewall.history.read')).map(({ result }) => result)).toEqual(['intent', 'done', 'intent', 'done'])
  })

  it('says why a family has no way back, and asks nothing', async () => {
    const firewall = await fleet.add({ name: 'no-way', family: 'pfsense-v2', version: '2.10' })
    const id = String((await enrolled(firewall, token, customerId)).body.id)
    firewall.resetCounts()
    const reply = await call(revertOperations.entries, { token, params: { id } })
    expect(reply).toMatchObject({ status: 404, body: { code: 'firewall-not-reported', title: expect.stringContaining('no way back') as unknown } })
    expect(firewall.counts().requests).toBe(0)
  })

  it('an entry that is gone is said to be gone', async () => {
    const site = await aFirewall('gone')
    await expect(previewRevert(admin, { id: site.id, revision: 'config-1.xml' }, signal)).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('going back', () => {
  it('backs up, checks, stores once, waits for a person, restarts once, and is done only when it was read back', async () => {
    const site = await aFirewall('back')
    await start(site)
    await stepTo(site, 'stored')
    expect(reverts(site)).toBe(1)
    expect(restarts(site)).toBe(0)
    const stored = await row(site)
    expect(await db().backup.findUnique({ where: { id: stored.backupId ?? '' } })).toMatchObject({ reason: 'before-change' })
    await askRestart(admin, { id: site.id, revertId: stored.id })
    await stepTo(site, 'done')
    expect([reverts(site), restarts(site)]).toEqual([1, 1])
    expect((await ask(site)).preview.counts).toMatchObject({ changed: 1 })
    for (const action of ['firewall.revert', 'firewall.restart']) expect(await audit(site, action)).toMatchObject([{ result: 'intent', actorName: admin.name }, { result: 'done' }])
    expect((await listReverts(admin, { id: site.id, limit: 20 })).items[0]).toMatchObject({ state: 'done', askedBy: admin.name, restartAskedBy: admin.name, entry: { by: 'root@127.0.0.1' } })
    expect(await db().notice.findFirst({ where: { firewallId: site.id, kind: 'revert-ended' } })).toMatchObject({ severity: 'notice' })
  })

  it('stops before anything is changed when the configuration moved since it was looked at', async () => {
    const site = await checking('moved')
    await site.firewall.patch({ configuration: { edits: [{ path: 'system.domain', value: 'elsewhere.example' }] } })
    await stepTo(site, 'stopped')
    expect((await row(site)).message).toContain('changed since you looked')
    expect(reverts(site)).toBe(0)
    expect((await audit(site, 'firewall.revert')).map(({ result }) => result)).toEqual(['failed'])
  })

  it('stops when the backup is not of what was looked at', async () => {
    const site = await aFirewall('moved-before-backup')
    await start(site)
    expect(await step(site)).toBe('backing-up')
    await site.firewall.patch({ configuration: { edits: [{ path: 'system.domain', value: 'elsewhere.example' }] } })
    await stepTo(site, 'stopped')
    expect(await row(site)).toMatchObject({ backupId: null, message: expect.stringContaining('The backup is not of what you saw') as unknown })
    expect(await db().backup.count({ where: { firewallId: site.id } })).toBe(1)
    expect(reverts(site)).toBe(0)
  }, 120_000)

  it('stops when no backup can be taken', async () => {
    const site = await aFirewall('bare')
    const { input } = await ask(site)
    await startRevert(admin, input)
    await site.firewall.patch({ privileges: { palisade: ['System: Firmware'] } })
    await stepTo(site, 'stopped')
    expect(reverts(site)).toBe(0)
  })

  it.each([
    ['not_found', 'does not have this entry'],
    ['failed', 'refused to go back'],
  ])('answered with %s nothing was changed, and it is said so', async (status, message) => {
    const site = await checking(`answers-${status}`)
    await site.firewall.patch({ replies: { [REVERT]: { status } } })
    await stepTo(site, 'stopped')
    expect((await row(site)).message).toContain(message)
    expect(reverts(site)).toBe(1)
  })

  it.each([
    ['truncated', 'stored'],
    ['reset', 'stopped'],
  ] as const)('a call that is cut off (%s) is not made again: what the firewall holds tells (%s)', async (scenario, end) => {
    const site = await checking(`cut-${scenario}`)
    await site.firewall.patch({ scenario, scenarioPath: REVERT })
    await stepTo(site, 'storing')
    await site.firewall.patch({ scenario: 'none' })
    await stepTo(site, end, new Date(Date.now() + 90_000))
    expect(reverts(site)).toBe(1)
  })

  it('killed at any line between the note and the call, or after it, no call is made again', async () => {
    const site = await aFirewall('killed')
    // The process died right after it noted that it is about to call.
    await inState(site, 'storing', { targetDigest: 'another' })
    await db().configRevert.updateMany({ where: { firewallId: site.id }, data: { runningDigest: await digestOfRunning(site) } })
    await stepTo(site, 'stopped', new Date(Date.now() + 90_000))
    expect(reverts(site)).toBe(0)
    expect((await row(site)).message).toContain('still holds what was there before')
  })

  it('two workers that are woken for one step do it once', async () => {
    const site = await checking('doubled')
    const { id } = await row(site)
    await due(site)
    await Promise.all([stepRevert(id, 'one', new Date()), stepRevert(id, 'two', new Date())])
    await stepTo(site, 'stored')
    expect(reverts(site)).toBe(1)
  })

  it('is not known when somebody changed the firewall while the answer was lost', async () => {
    const site = await checking('raced')
    await site.firewall.patch({ scenario: 'truncated', scenarioPath: REVERT })
    await stepTo(site, 'storing')
    await site.firewall.patch({ scenario: 'none', configuration: { edits: [{ path: 'system.hostname', value: 'third' }] } })
    await stepTo(site, 'unknown')
    expect(await db().notice.findFirst({ where: { firewallId: site.id, kind: 'revert-ended' } })).toMatchObject({ severity: 'critical' })
  })
})

describe('the restart', () => {
  const stored = async (name: string) => inState(await aFirewall(name), 'stored', { targetDigest: 'of the entry' })
  const askFor = async (site: Site) => askRestart(admin, { id: site.id, revertId: (await row(site)).id })

  it('refused by the firewall it waits for a person again', async () => {
    const site = await stored('refuses')
    await site.firewall.patch({ privileges: { palisade: ['Diagnostics: Configuration History', 'Lobby: Dashboard', 'System: Firmware'] } })
    await askFor(site)
    await step(site)
    expect(await row(site)).toMatchObject({ state: 'stored', message: expect.stringContaining('Diagnostics: Reboot System') as unknown })
    expect((await audit(site, 'firewall.restart')).map(({ result }) => result)).toEqual(['intent', 'failed'])
  })

  it('is not sent while firmware work runs on the firewall, whoever started it', async () => {
    const site = await stored('works')
    await askFor(site)
    await site.firewall.patch({ replies: { '/api/core/firmware/running': { status: 'busy' } } })
    await step(site)
    expect(await row(site)).toMatchObject({ state: 'stored', message: expect.stringContaining('A firmware job is running') as unknown })
    expect(restarts(site)).toBe(0)
    expect((await audit(site, 'firewall.restart')).map(({ result }) => result)).toEqual(['intent', 'failed'])
  })

  it('killed after the note, it is not sent again; a firewall that never went down is told', async () => {
    const site = await stored('kept-up')
    await askFor(site)
    await db().configRevert.updateMany({ where: { firewallId: site.id }, data: { state: 'restarting', stateAt: new Date(), restartedAt: new Date() } })
    await stepTo(site, 'restarting')
    await step(site, new Date(Date.now() + 6 * 60_000))
    expect(await row(site)).toMatchObject({ state: 'stored', message: expect.stringContaining('has not restarted') as unknown })
    expect(restarts(site)).toBe(0)
  })

  it('a firewall that stays away is not known after half an hour', async () => {
    const site = await stored('away')
    await askFor(site)
    await step(site)
    await site.firewall.patch({ scenario: 'dead' })
    await step(site)
    expect((await row(site)).state).toBe('restarting')
    await step(site, new Date(Date.now() + 31 * 60_000))
    expect(await row(site)).toMatchObject({ state: 'unknown' })
    expect(restarts(site)).toBe(1)
  })

  it('has failed when what is read back is another configuration', async () => {
    const site = await stored('other')
    await askFor(site)
    await step(site)
    await stepTo(site, 'failed')
    expect(await db().notice.findFirst({ where: { firewallId: site.id, kind: 'revert-ended' } })).toMatchObject({ severity: 'critical' })
  })

  it('nobody asked for it within a week: left as it is', async () => {
    const site = await stored('left')
    await step(site, new Date(Date.now() + 8 * 86_400_000))
    expect((await row(site)).state).toBe('left')
    expect(restarts(site)).toBe(0)
    await expect(askFor(site)).rejects.toMatchObject({ code: 'conflict' })
  })

  it('another entry may be asked for while one waits; that one is left', async () => {
    const site = await stored('again')
    const { input } = await ask(site)
    await startRevert(admin, input)
    expect((await listReverts(admin, { id: site.id, limit: 20 })).items.map(({ state }) => state)).toEqual(['asked', 'left'])
    await expect(startRevert(admin, input)).rejects.toMatchObject({ code: 'conflict' })
  })

  it('one that is refused does not open the one again whose place it took', async () => {
    const site = await stored('displaced')
    const { id: displaced } = await row(site)
    await startRevert(admin, (await ask(site)).input)
    await site.firewall.patch({ privileges: { palisade: ['System: Firmware'] } })
    await stepTo(site, 'stopped')
    expect((await listReverts(admin, { id: site.id, limit: 20 })).items.map(({ state }) => state)).toEqual(['stopped', 'left'])
    await expect(askRestart(admin, { id: site.id, revertId: displaced })).rejects.toMatchObject({ code: 'conflict' })
    expect([reverts(site), restarts(site)]).toEqual([0, 0])
  }, 120_000)
})

describe('while an update is under way', () => {
  /** A job at this firewall, in a state in which it is being worked at. */
  async function updating(site: Site, state = 'installing'): Promise<string> {
    const id = await approvedJob(admin, site.id, new Date(), { kind: 'reboot' })
    await db().updateJob.update({ where: { id }, data: { state } })
    return id
  }
  const over = (id: string) => db().updateJob.update({ where: { id }, data: { state: 'succeeded', finishedAt: new Date() } })
  const refused = (name: string) => ({ code: 'conflict', message: expect.stringContaining(`An update is under way on ${name}`) as unknown, nextStep: expect.stringContaining('Wait until its job has ended') as unknown })

  it.each(ACTIVE_UPDATE_STATES)('%s: nothing goes back and nothing restarts, until the job has ended', async (state) => {
    const [idle, stored] = [await aFirewall(`starts-${state}`), await inState(await aFirewall(`restarts-${state}`), 'stored', { targetDigest: 'of the entry' })]
    const { input } = await ask(idle)
    const jobs = [await updating(idle, state), await updating(stored, state)]
    await expect(startRevert(admin, input)).rejects.toMatchObject(refused(idle.name))
    await expect(askRestart(admin, { id: stored.id, revertId: (await row(stored)).id })).rejects.toMatchObject(refused(stored.name))
    expect([await db().configRevert.count({ where: { firewallId: idle.id } }), (await row(stored)).state]).toEqual([0, 'stored'])
    for (const id of jobs) await over(id)
    await startRevert(admin, input)
    expect(await askRestart(admin, { id: stored.id, revertId: (await row(stored)).id })).toMatchObject({ state: 'restart-asked' })
  })

  it.each([['this one names its peer', true], ['its peer names this one', false]])('the other one of a pair counts as well: %s', async (what, own) => {
    const [site, peer] = [await inState(await aFirewall(`pair ${what}`), 'stored', { targetDigest: 'of the entry' }), await aFirewall(`peer ${what}`)]
    await db().firewall.update({ where: { id: own ? site.id : peer.id }, data: { haPeerId: own ? peer.id : site.id } })
    const { input } = await ask(site)
    await updating(peer)
    await expect(askRestart(admin, { id: site.id, revertId: (await row(site)).id })).rejects.toMatchObject(refused(peer.name))
    await expect(startRevert(admin, input)).rejects.toMatchObject(refused(peer.name))
  })

  it('asks again right before each call: one that began since then is not disturbed', async () => {
    const [storing, restarting] = [await checking('began-before-storing'), await inState(await aFirewall('began-before-restart'), 'stored', { targetDigest: 'of the entry' })]
    await askRestart(admin, { id: restarting.id, revertId: (await row(restarting)).id })
    for (const site of [storing, restarting]) await updating(site)
    expect([await step(storing), await step(restarting)]).toEqual(['stopped', 'stored'])
    expect((await row(storing)).message).toBe(`An update is under way on ${storing.name}. Nothing was changed on the firewall. Wait until its job has ended, then try again.`)
    expect((await row(restarting)).message).toBe(`An update is under way on ${restarting.name}. The firewall was not restarted. Wait until its job has ended, then ask again.`)
    expect([reverts(storing), restarts(restarting)]).toEqual([0, 0])
    expect((await audit(restarting, 'firewall.restart')).map(({ result }) => result)).toEqual(['intent', 'failed'])
  })
})

describe('who may', () => {
  it('an admin who proved who they are, who typed the name, and no token', async () => {
    const site = await aFirewall('guarded')
    const { input } = await ask(site)
    const { id, ...body } = input
    expect((await call(revertOperations.start, { token, params: { id }, body })).status).toBe(403)
    const stale = { ...admin, proof: { ...admin.proof, at: new Date(0) } }
    await expect(startRevert(stale, input)).rejects.toMatchObject({ code: 'step-up-required' })
    await expect(startRevert(admin, { ...input, confirmName: 'another' })).rejects.toMatchObject({ code: 'invalid-input' })
    const operator = await person([{ role: 'operator', customerId }])
    await expect(startRevert(operator, input)).rejects.toMatchObject({ code: 'forbidden' })
    expect((await ask(site, operator)).preview.same).toBe(false)
    await expect(ask(site, await person([{ role: 'viewer', customerId }]))).rejects.toMatchObject({ code: 'forbidden' })
    expect(await db().configRevert.count({ where: { firewallId: id } })).toBe(0)
  })

  it('has their rights at that moment: disabled meanwhile, nothing is sent', async () => {
    const site = await aFirewall('disabled')
    const someone = await person([{ role: 'admin', customerId }])
    await startRevert(someone, (await ask(site, someone)).input)
    await db().operator.update({ where: { id: someone.id }, data: { disabledAt: new Date() } })
    site.firewall.resetCounts()
    expect(await step(site)).toBe('stopped')
    expect(site.firewall.counts().requests).toBe(0)
    expect((await row(site)).message).toContain('may not do so any more')
  })

  it('what was asked for long ago is not done any more', async () => {
    const site = await aFirewall('late')
    await start(site)
    expect(await step(site, new Date(Date.now() + 3_600_000))).toBe('stopped')
    must(await call(revertOperations.list, { token, params: { id: site.id } }), 200)
    expect(reverts(site)).toBe(0)
  })
})
