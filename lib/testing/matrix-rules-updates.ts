// The part of the table about update jobs.
import { db } from '@/lib/db/client'
import { toJson } from '@/lib/db/json'
import { NIGHTLY } from './a-plan'
import { ofCustomer, type Rule, type Situation } from './matrix-rule'

const standing = (state: string, reason: string | null = null) => async ({ at }: Situation): Promise<void> => void (await db().updateJob.updateMany({ where: { id: at.jobId }, data: { state, reason, finishedAt: null } }))

/** One that failed, whose firewall has no other job that is open. */
async function failed({ at }: Situation): Promise<void> {
  const now = new Date()
  const job = await db().updateJob.findUnique({ where: { id: at.jobId } })
  if (!job) return
  await db().updateJob.updateMany({ where: { firewallId: job.firewallId, finishedAt: null }, data: { state: 'cancelled', finishedAt: now } })
  await db().updatePlan.update({ where: { id: job.planId }, data: { state: 'running', design: toJson(NIGHTLY) } })
  await db().updateJob.update({ where: { id: job.id }, data: { state: 'failed', finishedAt: now } })
}
const plan = (state: string) => async ({ at }: Situation): Promise<void> => void (await db().updatePlan.updateMany({ where: { id: at.planId }, data: { state, approvedAt: new Date(), finishedAt: null } }))
const stopped = async (): Promise<void> => {
  if ((await db().emergencyStop.count({ where: { liftedAt: null } })) === 0) await db().emergencyStop.create({ data: { at: new Date(), by: 'N', reason: 'breaks' } })
}

export const UPDATES: Record<string, Rule[]> = {
  listUpdateJobs: [{ names: 'filter', least: 'viewer', query: ofCustomer }],
  readUpdateJob: [{ names: 'jobId', least: 'viewer' }],
  pausePlan: [{ names: 'planId', least: 'operator', finds: 'operator', prepare: plan('running') }],
  resumePlan: [{ names: 'planId', least: 'admin', finds: 'operator', prepare: plan('paused') }],
  cancelPlan: [{ names: 'planId', least: 'operator', finds: 'operator', prepare: plan('running') }],
  skipUpdateJob: [{ names: 'jobId', least: 'operator', prepare: standing('scheduled') }],
  cancelUpdateJob: [{ names: 'jobId', least: 'operator', prepare: standing('scheduled') }],
  retryUpdateJob: [{ names: 'jobId', least: 'admin', prepare: failed }],
  readVersions: [{ names: 'filter', least: 'viewer', query: ofCustomer }],
  listAdvisories: [{ names: 'nothing', least: 'viewer' }],
  readFirewallAdvisories: [{ names: 'firewallId', least: 'viewer' }],
  readEmergencyStop: [{ names: 'nothing', least: 'viewer' }],
  stopFirmware: [{ names: 'nothing', least: 'operator', everywhere: true }],
  liftStop: [{ names: 'nothing', least: 'admin', everywhere: true, stepUp: true, prepare: stopped }],
  releaseUpdateJob: [{ names: 'jobId', least: 'admin', prepare: standing('held') }],
  updateWithoutBackup: [{ names: 'jobId', least: 'admin', stepUp: true, prepare: standing('blocked', 'backup') }],
  lookAtUpdateAgain: [{ names: 'jobId', least: 'operator', prepare: standing('unknown') }],
  verifyUpdateByHand: [{ names: 'jobId', least: 'admin', prepare: standing('unknown') }],
}
