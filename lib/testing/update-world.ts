// Approved plans with jobs, and an engine that carries them on in simulated time together with the simulated firewalls.
import type { Fleet, FleetFirewall } from '@/e2e/fake-firewalls/fleet'
import type { FirmwareOffer } from '@/lib/adapters/firmware-port'
import type { UpdateKind } from '@/lib/adapters/model'
import { familyModule, isFamily } from '@/lib/adapters/registry'
import type { Actor } from '@/lib/auth/actor'
import { stepBackup } from '@/lib/backups/step'
import { db } from '@/lib/db/client'
import { findConnection, type ConnectionRow } from '@/lib/db/sql'
import { connectTo } from '@/lib/firewalls/connect'
import { offerHash } from '@/lib/plans/offer-hash'
import type { Admit } from '@/lib/updates/admission'
import { offerOf } from '@/lib/updates/approved'
import { isFinalUpdate, updateStateOf, type UpdateState } from '@/lib/updates/states'
import { updateRunner } from '@/lib/worker/run-updates'
import { enrolledId } from './backed-up'

export const letAll: Admit = () => Promise.resolve({ go: true, activePair: null })
const HASH = 'a'.repeat(64)
const NOTHING = { version: null, packages: null, downloadBytes: null, rebootRequired: true }

export type JobOptions = { kind?: UpdateKind; soakHours?: number; holdIfReboot?: boolean; minutes?: number; startsAt?: Date; toVersion?: string }

/** What it offers after a look for updates, as the nightly one makes it. */
async function offeredBy(row: ConnectionRow): Promise<FirmwareOffer> {
  const signal = AbortSignal.timeout(60_000)
  const adapter = await connectTo(row, signal)
  let step = await adapter.check?.begin(signal)
  while (step?.phase === 'running') step = await adapter.check?.progress(signal)
  return adapter.firmware.offer(signal)
}

/** A plan that is running, with one ring and one job for each firewall; the offer is what the firewall shows now. */
export async function approvedJob(approver: Actor, firewallId: string, now: Date, { kind = 'minor', soakHours = 0, holdIfReboot = false, minutes = 240, startsAt = now, toVersion }: JobOptions = {}): Promise<string> {
  const row = await findConnection(firewallId, 'all')
  if (!row || !isFamily(row.family)) throw new Error('There is no such firewall.')
  const offer = kind === 'reboot' ? null : offerOf(kind, await offeredBy(row))
  const actor = { kind: approver.kind, id: approver.id, name: approver.name }
  const plan = await db().updatePlan.create({
    data: {
      name: `Plan of ${row.name}`, state: 'running', kind, query: '', holdIfReboot, design: {}, customerIds: [row.customerId], setHash: HASH, createdAt: now, createdByName: approver.name, actor, approvedAt: new Date(), nextStepAt: now,
      approvals: { create: { operatorId: approver.id ?? '', name: approver.name, actor, at: now, setHash: HASH } },
      rings: { create: { position: 0, name: 'Canary', state: 'open', gate: { successPercent: 100, minimumCount: 1, soakHours, noNewCriticalAlert: true } } },
    },
    include: { rings: true },
  })
  const job = await db().updateJob.create({
    data: {
      planId: plan.id, ringId: plan.rings[0]?.id ?? '', firewallId, customerId: row.customerId, state: 'scheduled', stateSince: now, kind, toVersion: toVersion ?? offer?.version ?? null, offer: offer ?? NOTHING, offerHash: offerHash(kind, offer ?? NOTHING),
      startsAt, endsAt: new Date(startsAt.getTime() + minutes * 60_000), nextStepAt: startsAt,
    },
  })
  return job.id
}

export const jobOf = (id: string) => db().updateJob.findUniqueOrThrow({ where: { id } })

/** Backups have workers of their own; theirs go by the real clock. */
async function takeBackups(): Promise<void> {
  for (const { id } of await db().backupTask.findMany({ where: { finishedAt: null } })) {
    await db().backupTask.updateMany({ where: { id, finishedAt: null }, data: { nextStepAt: new Date(0) } })
    await stepBackup(id, 'backups', new Date())
  }
}

export type Engine = {
  now(): Date
  /** Moves both clocks. */
  pass(minutes: number): void
  /** One step of everything that is due. */
  step(): Promise<number>
  /** Until the job is in one of these states or final; throws after so many steps. */
  until(id: string, ...states: UpdateState[]): Promise<UpdateState>
  stop(): void
}

export function updateEngine(fleet: Fleet, admit: Admit = letAll, worker = 'engine'): Engine {
  let nowMs = fleet.clock.nowMs()
  const runner = updateRunner({ worker, admit, now: () => new Date(nowMs) })
  const moveTo = (ms: number) => {
    if (ms <= nowMs) return
    nowMs = ms
    fleet.clock.set(ms)
  }
  const step = async () => {
    const taken = await runner.run()
    await runner.ended()
    await takeBackups()
    return taken
  }
  return {
    now: () => new Date(nowMs),
    pass: (minutes) => moveTo(nowMs + minutes * 60_000),
    step,
    async until(id, ...states) {
      for (let steps = 0; steps < 600; steps += 1) {
        const job = await jobOf(id)
        const state = updateStateOf(job.state)
        if (state === null) throw new Error(`There is no state ${job.state}.`)
        if (states.includes(state) || isFinalUpdate(state)) return state
        moveTo(job.nextStepAt.getTime())
        await step()
      }
      const { state, message } = await jobOf(id)
      throw new Error(`The job is still ${state}: ${message ?? ''}`)
    },
    stop: () => runner.stop(),
  }
}

const OFFERS = { opnsense: { version: '26.7.2', needsReboot: true }, 'pfsense-v2': { version: '2.8.2' }, 'pfsense-v1': { version: '2.8.2' } } as const
export const FAMILY_VERSIONS = { opnsense: '26.7', 'pfsense-v2': '2.10', 'pfsense-v1': '1.9' } as const

/** An enrolled firewall that offers an update. */
export async function updatable(fleet: Fleet, token: string, customerId: string, name: string, family: keyof typeof OFFERS, more: Parameters<Fleet['add']>[0] | object = {}): Promise<{ firewall: FleetFirewall; id: string }> {
  const firewall = await fleet.add({ name, family, version: FAMILY_VERSIONS[family], offer: OFFERS[family], checked: true, durationsMs: { check: 0, install: 15_000, reboot: 30_000 }, ...more })
  return { firewall, id: await enrolledId(firewall, token, customerId, familyModule(family).commandPermission !== null) }
}
