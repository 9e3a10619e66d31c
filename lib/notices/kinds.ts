// Browser-safe: the closed list of what channels are told, and what each is made from.
import { z } from 'zod'

/** Worst first. */
export const SEVERITIES = ['critical', 'warning', 'notice'] as const
export type Severity = (typeof SEVERITIES)[number]

/**
 * What happened, and the words before the title of the text. `alert-escalated`: it got worse while it was open.
 * `test`: somebody tries a channel.
 */
export const NOTICE_KINDS = {
  'alert-opened': 'Opened',
  'alert-escalated': 'Got worse',
  'alert-flapping': 'Comes and goes',
  'alert-acknowledged': 'Acknowledged',
  'alert-resolved': 'Resolved',
  'revert-ended': 'Went back',
  'plan-announced': 'Planned',
  'plan-started': 'Started',
  'plan-halted': 'Halted',
  'plan-ended': 'Ended',
  'update-failed': 'Update failed',
  'update-unclear': 'Update needs a person',
  test: 'Test',
} as const satisfies Record<string, string>
export type NoticeKind = keyof typeof NOTICE_KINDS
export const isNoticeKind = (text: string): text is NoticeKind => Object.hasOwn(NOTICE_KINDS, text)

/**
 * What a text is made from; stored as it is, so never a secret and never a whole reply. Names come from firewalls and
 * people: they are cut to length here and shown as text alone.
 */
export const noticeFacts = z.object({
  /** What is wrong in two or three words: "Gateway down". */
  title: z.string().max(120),
  /** What was seen, as one English sentence with a full stop. */
  sentence: z.string().max(1_000),
  firewallName: z.string().nullable().default(null),
  customerName: z.string().nullable().default(null),
  siteName: z.string().nullable().default(null),
  /** ISO; since when it holds. */
  since: z.string().nullable().default(null),
  /** ISO; when it ended. */
  until: z.string().nullable().default(null),
  /** Alerts that follow from this one and tell nobody. */
  effects: z.number().int().min(0).default(0),
  /** Who did it (acknowledged, tried), and what they wrote. */
  by: z.string().nullable().default(null),
  note: z.string().max(1_000).nullable().default(null),
  /** Of a plan of updates; its page shows more. */
  planId: z.uuid().nullable().default(null),
})
export type NoticeFacts = z.output<typeof noticeFacts>
