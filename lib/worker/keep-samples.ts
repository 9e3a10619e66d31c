import 'server-only'
import { LOCKS } from '@/lib/db/locks'
import { keepSampleDays } from '@/lib/db/samples-days'
import { rollUp } from '@/lib/db/samples-sql'
import { unlessRunning } from '@/lib/db/statements'

/** Makes and drops the tables of days and rolls up what is complete; one worker at a time, the others skip it. */
export function keepSamples(now: Date, signal: AbortSignal): Promise<boolean> {
  return unlessRunning(LOCKS.samples, async () => {
    await keepSampleDays(now)
    while (!signal.aborted && (await rollUp('five_minutes', now)));
    while (!signal.aborted && (await rollUp('hour', now)));
  })
}
