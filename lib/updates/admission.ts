import 'server-only'
import type { Tx } from '@/lib/db/client'
import type { UpdateJob } from '@/lib/db/generated/client'
import type { UpdateReason } from './states'

/**
 * Whether a job may begin, or start its update, beside all others: window, ring, concurrency, pair, pause and emergency stop.
 * `waits`: look again at `until`; the others end what was begun.
 */
export type Admission =
  | { go: true; /** Kept in UpdateJob.activePair while it is under way; null = no pair. */ activePair: string | null }
  | { go: false; event: 'waits'; until: Date; reason: UpdateReason | null; message: string }
  | { go: false; event: 'held' | 'skipped' | 'cancelled'; reason: UpdateReason; message: string }

/**
 * Asked twice for each job, inside the transaction that acts on the answer: at `begin`, before the firewall is looked at, and at
 * `start`, with the intent to update. Takes its own locks where it counts others.
 */
export type Admit = (tx: Tx, job: UpdateJob, moment: 'begin' | 'start', now: Date) => Promise<Admission>
