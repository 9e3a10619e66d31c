// When what is shown is asked for again. Names of queries stand here as words, so that following changes does not load
// the questions of every page (lib/queries/live.test.ts compares them).
import type { QueryKey } from '@tanstack/react-query'

/** These ask a firewall each time, or never change while a page is open: they are asked for by a person alone. */
const NEVER_TOLD: readonly QueryKey[] = [['families'], ['fields']]
const NEVER_TOLD_OF_ONE = ['raw', 'changelog']
export const isNeverTold = (key: QueryKey): boolean =>
  NEVER_TOLD.some(([name]) => name === key[0]) || (key[0] === 'firewalls' && key[1] === 'one' && NEVER_TOLD_OF_ONE.some((name) => name === key[3]))

const GAP_MS = 1_000
/** Somewhere in a large fleet a lease changes every moment, and 90 days of charts are not drawn anew for one more point; versions of a whole fleet are counted anew. */
const SLOW_GAP_MS = 15_000
const SLOW: readonly QueryKey[] = [['facts'], ['history'], ['firmware']]
/** How long what is shown stays as it is at least. */
export const minGapMs = (key: QueryKey): number => (SLOW.some(([name]) => name === key[0]) ? SLOW_GAP_MS : GAP_MS)
