import 'server-only'
import { overdueFiles, stepFile } from '@/lib/enrolment/step'
import { send, work } from '@/lib/jobs/boss'

/** One file at a time in each worker; eight of its rows. */
const AT_ONCE_MAX = 1

/** Carries out the steps of enrolment files; a worker that stops begins no further row. */
export const startEnrolments = (worker: string, stopping: AbortSignal): Promise<void> => work('enrolment-step', AT_ONCE_MAX, ({ fileId }) => stepFile(fileId, worker, stopping))

/** Wakes files again whose wake-up got lost; the row decides, so one too many harms nothing. */
export async function wakeOverdueEnrolments(now: Date): Promise<void> {
  for (const fileId of await overdueFiles(now)) await send('enrolment-step', { fileId })
}
