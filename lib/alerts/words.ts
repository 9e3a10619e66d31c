// What alerts can be about, and what is kept of what was seen. Browser-safe.
import { z } from 'zod'

/** Causes before what follows from them: in this order they are looked at. */
export const ALERT_KINDS = [
  'unreachable',
  'certificate-changed',
  'credential-rejected',
  'api-package-missing',
  'ha-both-masters',
  'gateway-down',
  'tunnel-down',
  'gateway-lossy',
  'disk-full',
  'cpu-high',
  'memory-high',
  'states-high',
  'clock-off',
  'certificate-ends',
  'no-backup',
  'updates-waiting',
  'drift',
] as const
export type AlertKind = (typeof ALERT_KINDS)[number]
export const isAlertKind = (text: string): text is AlertKind => ALERT_KINDS.some((kind) => kind === text)

/**
 * Subjects of an alert that stands for several firewalls at once: all of a site, or both of a pair. It belongs to the one
 * that fell first; those of the others are what follows from it.
 */
export const GROUP_SUBJECTS = ['site', 'pair'] as const
export type GroupSubject = (typeof GROUP_SUBJECTS)[number]

/** Firewalls named in the text; of more the number is told. */
export const NAMES_MAX = 10

/** What was seen when the alert opened or got worse. Never a secret; names are as the firewall wrote them. */
export const alertFacts = z.object({
  /** Percent, seconds or days, as the kind says. */
  value: z.number().nullable().default(null),
  threshold: z.number().nullable().default(null),
  /** Of a tunnel, whose subject is its key. */
  name: z.string().nullable().default(null),
  /** In the firewall's or Palisade's words. */
  reason: z.string().nullable().default(null),
  /** The site, or the other member of a pair. */
  place: z.string().nullable().default(null),
  /** Firewalls of a site or pair, at most ten, and how many there are. */
  names: z.array(z.string()).default([]),
  count: z.number().int().default(0),
  /** A gateway without which none is up. */
  isLast: z.boolean().default(false),
})
export type AlertFacts = z.output<typeof alertFacts>
export const factsWith = (facts: z.input<typeof alertFacts>): AlertFacts => alertFacts.parse(facts)

/** What the text of an alert is made from. */
export type AlertAbout = { firewallName: string; subject: string; facts: AlertFacts }
