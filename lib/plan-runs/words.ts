// What the run of a plan is told in, without a schema. Browser-safe.
import type { UpdateState } from '@/lib/updates/states'

/** Jobs of each ring that are told unless more are asked for. */
export const RUN_ROWS = 40
export const RUN_ROWS_MAX = 1_000
/** Firewalls in a report of a plan; it says how many more there are. */
export const REPORT_FIREWALLS_MAX = 1_000
/** The way of a job, as a person follows it. */
export const UPDATE_WAY = ['preflight', 'backing-up', 'starting', 'installing', 'rebooting', 'verifying', 'soaking'] as const satisfies readonly UpdateState[]
