import 'server-only'
import type { CheckStep } from '@/lib/adapters/adapter'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { actorOfJob } from '@/lib/auth/actor-of-job'
import { authorise } from '@/lib/auth/authorise'
import { AppError, firewallError } from '@/lib/core/errors'
import { db } from '@/lib/db/client'
import type { FirmwareCheck } from '@/lib/db/generated/client'
import { findConnection, type ConnectionRow } from '@/lib/db/sql'
import { connectTo } from '@/lib/firewalls/connect'
import { noteFailedCall, problemOf } from '@/lib/firewalls/note-failure'
import { keepingCheck, storeColumns } from '@/lib/firewalls/store-reading'
import { storeReadings } from '@/lib/firewalls/store-readings'
import { send } from '@/lib/jobs/boss'
import { CHECK_MINUTES_MAX, CHECK_STEP_SECONDS, isCheckState, nextCheckState, type CheckEvent } from './machine'

const STEP_LEASE_SECONDS = 200
const OVERDUE_SECONDS = 5

/** Claims the due step of a check: its time moves on, so that a doubled wake-up or another worker does not take it as well. */
async function claim(checkId: string): Promise<FirmwareCheck | null> {
  const rows = await db().$queryRaw<FirmwareCheck[]>`
    UPDATE "FirmwareCheck" SET "nextStepAt" = now() + make_interval(secs => ${STEP_LEASE_SECONDS}::double precision)
    WHERE id = ${checkId}::uuid AND "finishedAt" IS NULL AND "nextStepAt" <= now() RETURNING *`
  return rows[0] ?? null
}

/** Open checks whose time came and whose wake-up got lost, for instance with a killed process. */
export async function overdueChecks(now: Date): Promise<string[]> {
  const rows = await db().firmwareCheck.findMany({ where: { finishedAt: null, nextStepAt: { lt: new Date(now.getTime() - OVERDUE_SECONDS * 1000) } }, select: { id: true }, take: 100 })
  return rows.map(({ id }) => id)
}

/** Compare-and-set; the outcome entry of the audit log commits with the final state. */
async function advance(check: FirmwareCheck, event: CheckEvent, row: ConnectionRow, actor: Actor, message: string | null, details: Record<string, unknown> = {}): Promise<void> {
  const state = isCheckState(check.state) ? nextCheckState(check.state, event) : null
  if (state === null) return
  const now = new Date()
  const final = state === 'done' || state === 'failed'
  let moved = false
  await db().$transaction(async (tx) => {
    const { count } = await tx.firmwareCheck.updateMany({
      where: { id: check.id, state: check.state, finishedAt: null },
      data: { state, message, startedAt: check.startedAt ?? now, finishedAt: final ? now : null, nextStepAt: new Date(now.getTime() + CHECK_STEP_SECONDS * 1000) },
    })
    if (count === 0) return
    moved = true
    if (!final) return
    await record(tx, actor, { action: 'firewall.check', target: { kind: 'firewall', id: row.id, name: row.name }, customer: { id: row.customerId, name: row.customerName }, details: { ...details, ...(message !== null && { message }) } }, state, check.intentEntry)
  })
  if (moved && !final) await send('check-step', { checkId: check.id }, CHECK_STEP_SECONDS)
}

async function ask(check: FirmwareCheck, row: ConnectionRow, signal: AbortSignal): Promise<CheckStep> {
  const adapter = await connectTo(row, signal)
  if (!adapter.check) throw firewallError('firewall-command-permission-needed', { message: adapter.checkReason ?? 'This firewall cannot be asked to look for updates.' })
  // Looking again is harmless, so a step that died in the middle simply begins again.
  return check.state === 'queued' ? adapter.check.begin(signal) : adapter.check.progress(signal)
}

/** One step of a check, at most one call of the firewall; a step that is not due does nothing. Never throws for a firewall's fault. */
export async function stepCheck(checkId: string, workerId: string, now: Date): Promise<void> {
  const check = await claim(checkId)
  if (!check) return
  const row = await findConnection(check.firewallId, 'all')
  if (!row) return
  const actor = await actorOfJob(check.actor, workerId)
  const by = actor ?? (await actorOfJob({ kind: 'worker', id: null, name: 'worker' }, workerId))
  if (!by) return
  const refuse = (error: unknown) => advance(check, 'refused', row, by, problemOf(error, now).message, { code: error instanceof AppError ? error.code : 'internal' })
  if (!actor) return refuse(new AppError('forbidden', 'Who asked for it may not do so any more.'))
  if (check.startedAt && now.getTime() - check.startedAt.getTime() > CHECK_MINUTES_MAX * 60_000) {
    return advance(check, 'timedOut', row, by, `The firewall did not finish looking within ${CHECK_MINUTES_MAX} min. Try again.`)
  }
  try {
    authorise(actor, 'firewall:ask', { customerId: row.customerId })
    const step = await ask(check, row, AbortSignal.timeout(STEP_LEASE_SECONDS * 1000 - 5_000))
    if (step.phase === 'running') return await advance(check, check.state === 'queued' ? 'began' : 'waits', row, by, null)
    if (step.phase === 'failed') return await advance(check, 'refused', row, by, step.reason)
    const firmware = await keepingCheck(row.id, 'firmware', step.firmware)
    await storeReadings(row.id, [{ kind: 'firmware', reading: firmware, observedAt: new Date() }])
    await storeColumns(row.id, { firmware })
    await advance(check, 'finished', row, by, firmware.firewallMessage, { state: firmware.state, offeredVersion: firmware.offeredVersion })
  } catch (error) {
    await noteFailedCall(row, by, error)
    // While packages are replaced the web interface restarts; a running check waits that out until its time is over.
    if (check.state === 'running' && error instanceof AppError && (error.code === 'firewall-unreachable' || error.code === 'firewall-timed-out' || error.code === 'firewall-busy')) return advance(check, 'waits', row, by, null)
    await refuse(error)
  }
}
