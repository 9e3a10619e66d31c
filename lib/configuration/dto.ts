// What the API tells about two configurations beside each other. Browser-safe. Secrets are never in it: where one stood,
// text says "[secret]" and `secret` is true, so that a page can say "secret, changed".
import { z } from 'zod'
import { CONFIGURATION_SECTIONS, FAMILIES } from '@/lib/adapters/words'

const instant = z.string().describe('ISO 8601, UTC')
const named = z.object({ id: z.string(), name: z.string() })
const section = z.enum(CONFIGURATION_SECTIONS)

/** One value of an item that differs. */
export const valueChange = z.object({
  path: z.string().describe('from the item down: source/network; attributes begin with @'),
  /** null = it was not there. */
  before: z.string().nullable(),
  after: z.string().nullable(),
  /** A secret is (part of) one of them. */
  secret: z.boolean(),
  /** For values that are lists, such as the addresses of an alias: the entries that came and went, at most 200 of each. */
  added: z.array(z.string()).optional(),
  removed: z.array(z.string()).optional(),
  /** Text or entries were cut because they are very long. */
  shortened: z.boolean().optional(),
})
export type ValueChange = z.infer<typeof valueChange>

export const ITEM_CHANGES = ['added', 'removed', 'changed', 'moved'] as const
export const itemChange = z.object({
  /** Names it among the differences of these two configurations. */
  id: z.string(),
  section,
  /** Path of the element in the configuration: filter/rule. */
  list: z.string(),
  label: z.string(),
  /** What it was called before, where that differs. */
  labelBefore: z.string().nullable(),
  what: z.enum(ITEM_CHANGES),
  /** Its place among the others of its list, from 1, where places count; a changed item may also have moved. */
  placeBefore: z.number().nullable(),
  placeAfter: z.number().nullable(),
  moved: z.boolean(),
  /** Of an added or removed item, all its values. At most 200. */
  values: z.array(valueChange),
  valuesShortened: z.boolean(),
  /** Who changed it last and when, where the firewall notes that in the item. */
  changedBy: z.string().nullable(),
  changedAt: instant.nullable(),
})
export type ItemChange = z.infer<typeof itemChange>

export const changeCounts = z.object({ added: z.number(), removed: z.number(), changed: z.number(), moved: z.number() })
export type ChangeCounts = z.infer<typeof changeCounts>

const side = z.object({
  backupId: z.string(),
  firewall: named,
  customer: named,
  family: z.enum(FAMILIES),
  format: z.enum(['xml', 'json']),
  takenAt: instant,
  version: z.string().nullable(),
  revision: z.string().nullable(),
  revisedAt: instant.nullable(),
  revisedBy: z.string().nullable(),
  revisionNote: z.string().nullable(),
  /** How many things stand in it; null when it could not be read. */
  itemCount: z.number().nullable(),
})
export type CompareSide = z.infer<typeof side>

export const comparison = z.object({
  before: side,
  after: side,
  /** Why they cannot be compared, with what to do; null when they can. */
  problem: z.string().nullable(),
  /** Nothing that counts differs. */
  same: z.boolean(),
  counts: changeCounts,
  /** Only sections that differ, in the order in which pages show them. */
  sections: z.array(z.object({ section, title: z.string(), counts: changeCounts })),
})
export type Comparison = z.infer<typeof comparison>

export const itemChanges = z.object({ items: z.array(itemChange), nextCursor: z.string().nullable(), total: z.number() })
export type ItemChanges = z.infer<typeof itemChanges>

/** A stretch of text that differs, with three equal lines around it. */
export const rawHunk = z.object({
  section,
  /** Line numbers of the first line, from 1 within the section as it is shown. */
  beforeStart: z.number(),
  afterStart: z.number(),
  lines: z.array(z.object({ what: z.enum(['same', 'removed', 'added']), text: z.string() })),
})
export type RawHunk = z.infer<typeof rawHunk>
export const rawComparison = z.object({
  hunks: z.array(rawHunk),
  nextCursor: z.string().nullable(),
  /** Sections that are so large, or differ so much, that only what differs inside of items is shown, and not what was moved. */
  coarse: z.array(section),
})
export type RawComparison = z.infer<typeof rawComparison>
