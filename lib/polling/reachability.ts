// When a firewall counts as unreachable, as one table for server, pages and tests alike. Browser-safe.

/**
 * answering: the last visit was answered. missed: one was not, which happens to every line; the state stays.
 * silent: two in a row were not, so it is unreachable. returning: it answered once since, what it said is stored, and the
 * state stays until it answers again, so that a line that comes and goes does not ring twice a minute.
 */
export const CONTACTS = ['answering', 'missed', 'silent', 'returning'] as const
export type Contact = (typeof CONTACTS)[number]
export type VisitEvent = 'answer' | 'miss'

type ContactRule = { answer: Contact; miss: Contact; isUnreachable: boolean }
export const CONTACT_RULES = {
  answering: { answer: 'answering', miss: 'missed', isUnreachable: false },
  missed: { answer: 'answering', miss: 'silent', isUnreachable: false },
  silent: { answer: 'returning', miss: 'silent', isUnreachable: true },
  returning: { answer: 'answering', miss: 'silent', isUnreachable: true },
} as const satisfies Record<Contact, ContactRule>

/** As it is stored: visits in a row without an answer, and answers in a row since. */
export type ContactCounts = { misses: number; returns: number }

export const MISSES_UNTIL_SILENT = 2
const MISSES_COUNTED_MAX = 1_000

export function contactOf({ misses, returns }: ContactCounts): Contact {
  if (misses === 0) return 'answering'
  if (misses < MISSES_UNTIL_SILENT) return 'missed'
  return returns === 0 ? 'silent' : 'returning'
}

/** The counts after one more visit, as the table says. */
export function afterVisit(before: ContactCounts, event: VisitEvent): ContactCounts & { contact: Contact; isUnreachable: boolean } {
  const contact = CONTACT_RULES[contactOf(before)][event]
  const misses = contact === 'answering' ? 0 : event === 'miss' ? Math.min(before.misses + 1, MISSES_COUNTED_MAX) : before.misses
  const returns = contact === 'returning' ? before.returns + 1 : 0
  return { misses, returns, contact, isUnreachable: CONTACT_RULES[contact].isUnreachable }
}

/** A silent firewall is left alone for at most this long, or for its own interval where that is longer. */
export const BACK_OFF_SECONDS_MAX = 300
/** What is in doubt is looked at again after this share of the interval. */
const DOUBT_SHARE = 0.25

/**
 * Seconds until the next visit, without jitter: the interval; a quarter of it after a first miss or a first answer, to be
 * sure soon; then twice as long after each further miss, up to the bound.
 */
export function nextVisitSeconds(counts: ContactCounts, paceSeconds: number): number {
  const contact = contactOf(counts)
  if (contact === 'answering') return paceSeconds
  if (contact === 'missed' || contact === 'returning') return paceSeconds * DOUBT_SHARE
  const doubled = paceSeconds * 2 ** Math.min(counts.misses - MISSES_UNTIL_SILENT, 20)
  return Math.min(doubled, Math.max(BACK_OFF_SECONDS_MAX, paceSeconds))
}
