import 'server-only'
import { z } from 'zod'
import type { Actor } from '@/lib/auth/actor'
import { AppError } from '@/lib/core/errors'
import { fromCursor, toCursor } from '@/lib/lists/cursor'
import { countChanges, NO_CHANGES } from './difference'
import type { ChangeCounts, Comparison, ItemChange, ItemChanges, RawComparison, RawHunk } from './dto'
import type { CompareInput, CompareItemsInput, CompareRawInput } from './input'
import { findSides } from './sides'
import { changesIn, differingSections, linesIn, problemOf, type StoredPair } from './stored'
import { SECTION_TITLES, type SectionName } from './words'

const place = z.strictObject({ at: z.number().int().min(0) })

const sum = (all: readonly ChangeCounts[]): ChangeCounts =>
  all.reduce((total, { added, removed, changed, moved }) => ({ added: total.added + added, removed: total.removed + removed, changed: total.changed + changed, moved: total.moved + moved }), NO_CHANGES)

/** Which sections are asked about and differ. Throws conflict when the two cannot be compared. */
function asked(pair: StoredPair, section: SectionName | undefined): SectionName[] {
  const problem = problemOf(pair)
  if (problem !== null) throw new AppError('conflict', problem, { nextStep: 'Choose another backup. The configuration itself is kept and can be downloaded.' })
  return differingSections(pair).filter((name) => section === undefined || name === section)
}

/** What differs between two backups, of one firewall or of two: how many things in which section. */
export async function compareBackups(actor: Actor, input: CompareInput): Promise<Comparison> {
  const { sides, pair } = await findSides(actor, input)
  const problem = problemOf(pair)
  if (problem !== null) return { ...sides, problem, same: false, counts: NO_CHANGES, sections: [] }
  const changes = await changesIn(pair, differingSections(pair).filter((name) => name !== 'volatile'))
  const sections = [...changes].map(([section, items]) => ({ section, title: SECTION_TITLES[section], counts: countChanges(items) })).filter(({ counts }) => Object.values(counts).some((count) => count > 0))
  return { ...sides, problem: null, same: sections.length === 0, counts: sum(sections.map(({ counts }) => counts)), sections }
}

function matches({ label, labelBefore, list, values }: ItemChange, search: string): boolean {
  const wanted = search.toLowerCase()
  const holds = (text: string | null) => text !== null && text.toLowerCase().includes(wanted)
  return holds(label) || holds(labelBefore) || holds(list) || values.some(({ path, before, after }) => holds(path) || holds(before) || holds(after))
}

/** The things that differ, with their values; a page at a time. */
export async function compareBackupItems(actor: Actor, { section, search, limit, cursor, ...input }: CompareItemsInput): Promise<ItemChanges> {
  const { pair } = await findSides(actor, input)
  const changes = await changesIn(pair, asked(pair, section).filter((name) => name !== 'volatile'))
  const all = [...changes.values()].flat().filter((change) => search === undefined || search === '' || matches(change, search))
  const from = fromCursor(cursor, place)?.at ?? 0
  const items = all.slice(from, from + limit)
  return { items, nextCursor: from + items.length < all.length ? toCursor({ at: from + items.length }) : null, total: all.length }
}

/** Hunks from one on, as many as fit into so many lines, but at least one. */
function pageOf(hunks: readonly RawHunk[], from: number, limit: number): RawHunk[] {
  const page: RawHunk[] = []
  let lines = 0
  for (const hunk of hunks.slice(from)) {
    if (page.length > 0 && lines + hunk.lines.length > limit) break
    page.push(hunk)
    lines += hunk.lines.length
  }
  return page
}

/** The same as lines of masked XML, by section, with what never counts at the end; a page at a time. */
export async function compareBackupsRaw(actor: Actor, { section, limit, cursor, ...input }: CompareRawInput): Promise<RawComparison> {
  const { pair } = await findSides(actor, input)
  const compared = await linesIn(pair, asked(pair, section))
  const hunks = [...compared.values()].flatMap((one) => one.hunks)
  const from = fromCursor(cursor, place)?.at ?? 0
  const page = pageOf(hunks, from, limit)
  const next = from + page.length
  return { hunks: page, nextCursor: next < hunks.length ? toCursor({ at: next }) : null, coarse: [...compared].flatMap(([name, { coarse }]) => (coarse ? [name] : [])) }
}
