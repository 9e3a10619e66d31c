// How fine a chart is: at most 300 steps, from the finest table that has them all.
import { SAMPLE_DAYS } from '@/lib/db/samples-days'
import type { SampleSource } from '@/lib/db/history-sql'

export const STEPS_MAX = 300
const DAY_MS = 86_400_000
const HOUR = 3_600

/** Steps in seconds that make whole hours or days, and the table whose rows are no longer than a step. */
const STEPS: readonly { seconds: number; source: SampleSource }[] = [
  ...[60, 120, 180].map((seconds) => ({ seconds, source: 'visit' as const })),
  ...[300, 600, 900, 1_800].map((seconds) => ({ seconds, source: 'five_minutes' as const })),
  ...[1, 2, 3, 4, 6, 8, 12, 24, 48].map((hours) => ({ seconds: hours * HOUR, source: 'hour' as const })),
]
const COARSEST = { seconds: 48 * HOUR, source: 'hour' } as const

export type Resolution = { source: SampleSource; stepSeconds: number; startMs: number; steps: number }

/** The finest steps for a time up to 400 days long. What finer tables have dropped is taken from coarser ones. */
export function resolutionOf({ fromMs, toMs }: { fromMs: number; toMs: number }, nowMs: number): Resolution {
  const oldest = (source: SampleSource) => nowMs - SAMPLE_DAYS[source] * DAY_MS
  const { seconds, source } = STEPS.find((step) => (toMs - fromMs) / 1000 / step.seconds <= STEPS_MAX && fromMs >= oldest(step.source)) ?? COARSEST
  const startMs = Math.floor(fromMs / 1000 / seconds) * seconds * 1000
  return { source, stepSeconds: seconds, startMs, steps: Math.ceil((toMs - startMs) / 1000 / seconds) }
}
