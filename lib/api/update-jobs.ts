import { operation } from '@/lib/http/operation'
import { lookAgain, overrideBackup, releaseUpdate, verifyByHand } from '@/lib/updates/by-hand'
import { updateJobDetail, updateJobDto, updateJobList } from '@/lib/updates/dto'
import { decideInput, listUpdateJobsInput, updateJobId } from '@/lib/updates/input'
import { listUpdateJobs, readUpdateJob } from '@/lib/updates/read'

const tag = 'update-jobs'

/** The update of one firewall each. */
export const updateJobOperations = {
  list: operation({ id: 'listUpdateJobs', method: 'get', path: '/update-jobs', tag, summary: 'Update jobs, those whose state moved last first', input: listUpdateJobsInput, output: updateJobList, run: listUpdateJobs }),
  read: operation({ id: 'readUpdateJob', method: 'get', path: '/update-jobs/{id}', tag, summary: 'One job with its timeline, its checks before and after, and the firewall’s log', input: updateJobId, output: updateJobDetail, run: readUpdateJob }),
  release: operation({ id: 'releaseUpdateJob', method: 'post', path: '/update-jobs/{id}/release', tag, summary: 'Let a held or blocked job take its turn again', input: decideInput, output: updateJobDto, run: releaseUpdate }),
  withoutBackup: operation({ id: 'updateWithoutBackup', method: 'post', path: '/update-jobs/{id}/without-backup', tag, summary: 'Install without a backup, where none can be taken', input: decideInput, output: updateJobDto, run: overrideBackup }),
  lookAgain: operation({ id: 'lookAtUpdateAgain', method: 'post', path: '/update-jobs/{id}/look-again', tag, summary: 'Verify a job whose end is not known; nothing is started', input: decideInput, output: updateJobDto, run: lookAgain }),
  verifyByHand: operation({ id: 'verifyUpdateByHand', method: 'post', path: '/update-jobs/{id}/verify-by-hand', tag, summary: 'Say that a person looked at the firewall and it is well', input: decideInput, output: updateJobDto, run: verifyByHand }),
}
