import 'server-only'
import type { FirewallAdapter } from '@/lib/adapters/adapter'
import type { Fact, FirmwareFacts } from '@/lib/adapters/firmware-port'
import { db } from '@/lib/db/client'
import { offerHash } from '@/lib/plans/offer-hash'
import { offerOf, storedOffer } from './approved'
import { adapterOf, approverOf, inMinutes, inSeconds, move, type Work } from './context'
import { memoryOf, remembering } from './memory'
import { lookAtPair } from './pair'
import { look, unknowable, type Looked, type Refusal } from './preflight-look'
import type { UpdateReason } from './states'
import { takeSnapshot } from './snapshot'

const LOOK_SECONDS = 10
const OTHER_SECONDS = 30
const CHECK_AGAIN_SECONDS = 120
const DISK_FREE_BYTES_MIN = 500_000_000
const DISK_PERCENT_MAX = 92
const DOWNLOAD_TIMES = 3

function boolean(id: string, label: string, fact: Fact<boolean>, words: readonly [yes: string, no: string], refusal: Refusal): Looked {
  if (!fact.known) return unknowable(id, label, fact.reason)
  return look(id, label, fact.source, fact.value ? words[0] : words[1], fact.value ? refusal : null)
}

function lookAtDisk(work: Work, { diskFreeBytes: free, diskUsedPercent: used }: FirmwareFacts): Looked {
  const label = 'Disk space'
  const needed = Math.max(DISK_FREE_BYTES_MIN, DOWNLOAD_TIMES * (storedOffer(work.job.offer)?.downloadBytes ?? 0))
  const full = (message: string): Refusal => ({ event: 'blocked', reason: 'disk', message })
  if (free.known) return look('disk', label, free.source, `${Math.round(free.value / 1_000_000)} MB free`, free.value < needed ? full(`Only ${Math.round(free.value / 1_000_000)} MB are free; ${Math.round(needed / 1_000_000)} MB are needed. Make room on the firewall.`) : null)
  if (used.known) return look('disk', label, used.source, `${used.value} % used`, used.value > DISK_PERCENT_MAX ? full(`The disk is ${used.value} % full. Make room on the firewall.`) : null)
  return unknowable('disk', label, free.reason, { event: 'held', reason: 'not-knowable', message: 'The free disk space is not known, so nothing is installed. Give the credential the privilege to read it.' })
}

function lookAtFacts(work: Work, facts: FirmwareFacts): Looked[] {
  return [
    lookAtDisk(work, facts),
    boolean('other-update', 'No other update running', facts.updateRunning, ['running', 'none'], { event: 'waits', reason: 'other-update', message: 'Another firmware job is running on the firewall. Palisade waits for its end.', seconds: OTHER_SECONDS }),
    boolean('lock', 'No lock left', facts.lockLeft, ['left', 'none'], { event: 'blocked', reason: 'lock-left', message: 'An earlier update left its lock, which lets no other start. Restart the firewall, or remove the lock.' }),
    boolean('booting', 'Started up', facts.booting, ['starting', 'up'], { event: 'waits', reason: 'other-update', message: 'The firewall is still starting.', seconds: OTHER_SECONDS }),
    boolean('pending', 'No unapplied changes', facts.pendingChanges, ['some', 'none'], { event: 'held', reason: 'pending-changes', message: 'Changes were saved on the firewall and not applied; a restart would make them run. Apply or discard them, then release it.' }),
  ]
}

/** Going back to a configuration, here or on the peer: what is stored already would run after the restart of this update, and what is at work restarts by itself. */
async function lookAtReverts({ job: { firewallId } }: Work): Promise<Looked> {
  const ofPair = { OR: [{ id: firewallId }, { haPeerId: firewallId }, { haPeerOf: { some: { id: firewallId } } }] }
  const open = await db().configRevert.findMany({ where: { finishedAt: null, firewall: ofPair }, select: { state: true, firewallId: true } })
  const [label, source] = ['No going back to a configuration', 'Palisade']
  const atWork = open.some(({ state }) => state !== 'stored')
  if (atWork) return look('revert', label, source, 'under way', { event: 'waits', reason: 'other-update', message: 'It, or its peer, is going back to an earlier configuration. Palisade waits for its end.', seconds: OTHER_SECONDS })
  const isStored = open.some((revert) => revert.firewallId === firewallId)
  return look('revert', label, source, isStored ? 'stored' : 'none', isStored ? { event: 'held', reason: 'pending-changes', message: 'An earlier configuration is stored on it and would run after its restart. Restart it for that, or let it be, then release it.' } : null)
}

/** What is known without asking the firewall. */
export async function lookAtOurs(work: Work): Promise<Looked[]> {
  const { job, row } = work
  const firewall = await db().firewall.findUniqueOrThrow({ where: { id: job.firewallId }, select: { trustConfirmedAt: true } })
  const plan = await db().updatePlan.findUniqueOrThrow({ where: { id: job.planId }, select: { approvedAt: true } })
  const approver = await approverOf(work)
  const repinned = plan.approvedAt !== null && firewall.trustConfirmedAt > plan.approvedAt
  const ours = 'Palisade'
  return [
    look('approver', 'Approval holds', ours, approver?.name ?? null, approver ? null : { event: 'held', reason: 'approver-gone', message: 'Who approved the plan may not do so any more. Someone who may has to approve it anew.' }),
    look('place', 'Same customer', ours, row.customerName, row.customerId === job.customerId ? null : { event: 'held', reason: 'firewall-moved', message: 'The firewall was moved to another customer since the plan was approved.' }),
    look('trust', 'Same certificate', ours, null, repinned ? { event: 'held', reason: 'certificate-changed', message: 'Another certificate was accepted for the firewall since the plan was approved. Make sure that it is the same firewall, then plan it anew.' } : null),
    look('paused', 'Not paused', ours, null, row.pausedAt === null ? null : { event: 'held', reason: 'paused-firewall', message: 'The firewall is paused. End the pause, then release it.' }),
    await lookAtReverts(work),
  ]
}

async function lookAtRights(adapter: FirewallAdapter, work: Work): Promise<Looked[]> {
  const { startReason } = adapter.firmware
  const commands = look('start', 'May start updates', 'settings of the firewall', null, startReason === null || work.job.kind === 'reboot' ? null : { event: 'blocked', reason: 'command-permission', message: startReason })
  if (commands.refusal) return [commands]
  const { test } = await adapter.test(work.signal)
  const feature = test.features.find((one) => one.feature === 'firmware-update')
  if (!feature) return [commands, unknowable('privileges', 'Privileges', 'The family names no privilege for it.')]
  if (feature.result === 'not-knowable') return [commands, unknowable('privileges', 'Privileges', feature.seen)]
  return [commands, look('privileges', 'Privileges', feature.privilege, feature.seen, feature.result === 'missing' ? { event: 'blocked', reason: 'privileges', message: `The credential lacks the privilege ${feature.privilege}.` } : null)]
}

const held = (reason: UpdateReason, message: string): Refusal => ({ event: 'held', reason, message })

/** Whether it would still install what was approved. Nothing on offer counts only after a check of this job. */
export async function lookAtOffer(adapter: FirewallAdapter, work: Work): Promise<Looked[]> {
  const { job, ability, signal } = work
  if (job.kind === 'reboot') return []
  const [approved, offer] = [storedOffer(job.offer), await adapter.firmware.offer(signal)]
  const current = offerOf(job.kind, offer)
  const source = 'what the firewall offers'
  if (current === null || approved === null) {
    const isThere = offer.installedVersion !== null && job.toVersion !== null && ability.isSameVersion(offer.installedVersion, job.toVersion)
    if (isThere) return [look('offer', 'Offer as approved', source, offer.installedVersion, { event: 'skipped', reason: 'nothing-offered', message: `It already runs ${offer.installedVersion ?? ''}.` })]
    return [look('offer', 'Offer as approved', source, null, held('offer-changed', offer.reason ?? 'The firewall offers nothing any more. Look at it, then plan it anew.'))]
  }
  const same = look('offer', 'Offer as approved', source, current.version, offerHash(job.kind === 'major' ? 'major' : 'minor', current) === job.offerHash ? null : held('offer-changed', `It would install ${current.version ?? 'another set'} now, and ${approved.version ?? 'another set'} was approved. Plan it anew to approve what it offers now.`))
  const { holdIfReboot } = await db().updatePlan.findUniqueOrThrow({ where: { id: job.planId }, select: { holdIfReboot: true } })
  const reboot = holdIfReboot && current.rebootRequired !== false ? [look('reboot', 'No restart needed', source, current.rebootRequired === null ? 'not reported' : 'needed', held('reboot-needed', current.rebootRequired === null ? 'Whether it would restart is not reported, and the plan holds firewalls that would.' : 'It would restart, and the plan holds firewalls that would.'))] : []
  return [same, ...reboot]
}

/** Enough of the window must be left for a restart of the longest expected time. */
export function lookAtWindow({ job, ability, now }: Work): Looked[] {
  if (job.endsAt === null) return []
  const over = inMinutes(now, ability.minutesAway.most) > job.endsAt
  return [look('window', 'Enough window left', 'window', `until ${job.endsAt.toISOString()}`, over ? { event: 'postponed', reason: 'window', message: `Too little of its window is left: it may be away for ${ability.minutesAway.most} min. It waits for the next one.`, seconds: 0 } : null)]
}

/** Makes the firewall look for updates once for this job; true when it has. What it offers is as old as its last look. */
async function hasChecked(adapter: FirewallAdapter, work: Work): Promise<boolean> {
  const memory = memoryOf(work.job)
  if (work.job.kind === 'reboot' || memory.checked || !adapter.check) return true
  const begun = memory.checkBegunAt !== undefined
  const step = begun ? await adapter.check.progress(work.signal) : await adapter.check.begin(work.signal)
  if (step.phase === 'failed') {
    // What it offers is then as old as the check before, and not what it would install: it is asked to look again until the time is over.
    await move(work, 'waits', { at: inSeconds(work.now, CHECK_AGAIN_SECONDS), reason: 'not-knowable', message: `The firewall could not look for updates: ${step.reason}`, data: remembering(work.job, { checkBegunAt: undefined }) })
    return false
  }
  const isOver = step.phase === 'done'
  const isMine = await move(work, 'waits', { at: isOver ? work.now : inSeconds(work.now, LOOK_SECONDS), message: isOver ? null : 'The firewall looks for updates.', data: remembering(work.job, { checkBegunAt: memory.checkBegunAt ?? work.now.toISOString(), ...(isOver && { checked: true }) }) })
  return isMine && isOver
}

/** One look at everything; goes on to the backup only when nothing speaks against it. Throws when the firewall does not answer. */
export async function preflight(work: Work): Promise<void> {
  const ours = [...(await lookAtOurs(work)), ...lookAtWindow(work)]
  if (await refuse(work, ours)) return
  const adapter = await adapterOf(work)
  const facts = await adapter.firmware.facts(work.signal)
  const seen = [...ours, ...lookAtFacts(work, facts)]
  if (await refuse(work, seen)) return
  if (!(await hasChecked(adapter, work))) return
  seen.push(...(await lookAtRights(adapter, work)), ...(await lookAtOffer(adapter, work)), ...(await lookAtPair(adapter, work)))
  if (await refuse(work, seen)) return
  const before = await takeSnapshot(adapter, facts, work.signal)
  const apiPackageVersion = facts.apiPackageVersion.known ? facts.apiPackageVersion.value : null
  await move(work, 'passed', { data: { before, checks: { preflight: seen.map(({ check }) => check), verification: [] }, fromVersion: before.version.known ? before.version.value : work.job.fromVersion, ...remembering(work.job, { apiPackageVersion }) } })
}

/** Ends it by the first thing that speaks against it, and stores what was seen until there. */
export async function refuse(work: Work, seen: readonly Looked[]): Promise<boolean> {
  const refusal = seen.find((one) => one.refusal)?.refusal
  if (!refusal) return false
  const { event, reason, message, seconds = 0 } = refusal
  const back = event === 'postponed' ? remembering(work.job, { checked: undefined, checkBegunAt: undefined, backupTaskId: undefined }) : {}
  await move(work, event, { reason, message, at: inSeconds(work.now, seconds), data: { checks: { preflight: seen.map(({ check }) => check), verification: [] }, ...back } })
  return true
}
