// The part of the table about update jobs.
import { db } from '@/lib/db/client'
import { ofCustomer, type Rule, type Situation } from './matrix-rule'

const standing = (state: string, reason: string | null = null) => async ({ at }: Situation): Promise<void> => void (await db().updateJob.updateMany({ where: { id: at.jobId }, data: { state, reason, finishedAt: null } }))

export const UPDATES: Record<string, Rule[]> = {
  listUpdateJobs: [{ names: 'filter', least: 'viewer', query: ofCustomer }],
  readUpdateJob: [{ names: 'jobId', least: 'viewer' }],
  releaseUpdateJob: [{ names: 'jobId', least: 'admin', prepare: standing('held') }],
  updateWithoutBackup: [{ names: 'jobId', least: 'admin', stepUp: true, prepare: standing('blocked', 'backup') }],
  lookAtUpdateAgain: [{ names: 'jobId', least: 'operator', prepare: standing('unknown') }],
  verifyUpdateByHand: [{ names: 'jobId', least: 'admin', prepare: standing('unknown') }],
}
