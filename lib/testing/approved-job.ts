// Approved plans with one job each, as if people had planned and approved them.
import type { FirmwareOffer } from '@/lib/adapters/firmware-port'
import type { UpdateKind } from '@/lib/adapters/model'
import { isFamily } from '@/lib/adapters/registry'
import type { Actor } from '@/lib/auth/actor'
import { db } from '@/lib/db/client'
import { findConnection, type ConnectionRow } from '@/lib/db/sql'
import { connectTo } from '@/lib/firewalls/connect'
import { offerHash } from '@/lib/plans/offer-hash'
import type { Admit } from '@/lib/updates/admission'
import { offerOf } from '@/lib/updates/approved'

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
export async function approvedJob(approver: Pick<Actor, 'kind' | 'id' | 'name'>, firewallId: string, now: Date, { kind = 'minor', soakHours = 0, holdIfReboot = false, minutes = 240, startsAt = now, toVersion }: JobOptions = {}): Promise<string> {
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
