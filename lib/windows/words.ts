// Words and limits of windows, for pages that need no schema. Browser-safe.
import type { SkipReason } from './occurrences'

/** Backup, installation and one reboot fit into this, no more. */
export const WINDOW_MINUTES_MIN = 15
/** So many windows of one customer; more could not be overlooked. */
export const WINDOWS_MAX = 500
export const BLACKOUTS_MAX = 500

export const WEEKDAYS = [
  [1, 'Mon', 'Monday'],
  [2, 'Tue', 'Tuesday'],
  [3, 'Wed', 'Wednesday'],
  [4, 'Thu', 'Thursday'],
  [5, 'Fri', 'Friday'],
  [6, 'Sat', 'Saturday'],
  [7, 'Sun', 'Sunday'],
] as const

/** Why an occurrence does not run, as a sentence. */
export const SKIP_REASONS = {
  blackout: 'A blackout: nothing starts on this day.',
  clocks: 'The clocks are put forward over all of it.',
} as const satisfies Record<SkipReason, string>
