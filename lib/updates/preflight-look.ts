// One check of a preflight, and what becomes of the job where it did not pass. What is found may hold words of the firewall, as of
// an error that it answered with, and is kept with the job.
import { hideSecrets } from '@/lib/core/log-text'
import type { UpdateCheck } from './dto'
import type { UpdateReason } from './states'

/** How a preflight ends: `later` looks again, `postponed` gives the turn back. */
export type Refusal = { event: 'held' | 'blocked' | 'skipped' | 'waits' | 'postponed'; reason: UpdateReason; message: string; seconds?: number }
/** A check with what becomes of the job where it did not pass. */
export type Looked = { check: UpdateCheck; refusal: Refusal | null }

export const look = (id: string, label: string, source: string, now: string | null, refusal: Refusal | null): Looked => ({ check: { id, label, result: refusal ? 'fail' : 'pass', before: null, now, source, finding: refusal ? hideSecrets(refusal.message) : null }, refusal })
/** Listed as what it is. It never counts as passed; where the family can never tell, nothing waits for it. */
export const unknowable = (id: string, label: string, reason: string, refusal: Refusal | null = null): Looked => ({ check: { id, label, result: 'not-knowable', before: null, now: null, source: 'not reported', finding: hideSecrets(reason) }, refusal })
