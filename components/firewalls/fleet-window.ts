// Pages of the fleet that the browser keeps while someone scrolls through them. Pure, so that it can be tested.
import type { FirewallSummary } from '@/lib/firewalls/dto'
import type { List } from '@/lib/lists/list'
import { FLEET_PAGE_ROWS } from '@/lib/queries/firewalls'

/** A row that has a place but is not here: not loaded yet, or forgotten because it is far away. */
export type AbsentRow = { id: string; absent: true }
export type FleetRow = FirewallSummary | AbsentRow
export const isThere = (row: FleetRow): row is FirewallSummary => !('absent' in row)

type FleetList = List<FirewallSummary>
/** `cursor` is where it begins; `rows` is null when it is not here; `count` is how much place it takes. */
export type KeptPage = { cursor: string | null; list: FleetList | null; rows: readonly FirewallSummary[] | null; count: number }
export type Kept = readonly KeptPage[]
/** The first and last page near the window. */
export type PageRange = { first: number; last: number }

/** Pages further away than this are forgotten. */
const KEPT_AROUND = 8

export const NOTHING_KEPT: Kept = [{ cursor: null, list: null, rows: null, count: 0 }]

/** The rows in the order they had, with what is new about each; none comes and none goes. */
function inOrderSeen(rows: readonly FirewallSummary[], items: readonly FirewallSummary[]): FirewallSummary[] {
  const news = new Map(items.map((row) => [row.id, row]))
  return rows.map((row) => news.get(row.id) ?? row)
}

function keepPage(page: KeptPage, list: FleetList, held: boolean): KeptPage {
  if (held && page.rows !== null) return page.list === list ? page : { ...page, list, rows: inOrderSeen(page.rows, list.items) }
  return page.list === list && page.rows === list.items ? page : { cursor: page.cursor, list, rows: list.items, count: list.items.length }
}

/** The page after this one: known by its cursor, and in the place of what stood there until it is loaded. */
function following(before: KeptPage | undefined, cursor: string, left: number): KeptPage {
  if (before?.cursor === cursor) return before
  return { cursor, list: null, rows: before?.rows ?? null, count: before?.count ?? Math.max(1, Math.min(FLEET_PAGE_ROWS, left)) }
}

/**
 * What is kept once these lists have arrived; the same object when nothing is new. `held`: while rows are chosen or focused
 * no row changes its place, comes or goes; only what is told about it changes.
 */
export function keepPages(kept: Kept, lists: ReadonlyMap<number, FleetList>, held: boolean, near: PageRange): Kept {
  let pages = [...kept]
  for (const [index, list] of [...lists].sort(([one], [other]) => one - other)) {
    const page = pages[index]
    if (!page) continue
    pages[index] = keepPage(page, list, held)
    const after = pages[index + 1]
    if (held && after !== undefined) continue
    const before = pages.slice(0, index + 1).reduce((sum, { count }) => sum + count, 0)
    if (list.nextCursor === null) pages = pages.slice(0, index + 1)
    else pages[index + 1] = following(after, list.nextCursor, list.total - before)
  }
  pages = pages.map((page, index) => (page.rows !== null && (index < near.first - KEPT_AROUND || index > near.last + KEPT_AROUND) ? { ...page, list: null, rows: null } : page))
  return pages.length === kept.length && pages.every((page, index) => page === kept[index]) ? kept : pages
}

/** All rows that have a place, each once: a firewall that moved from one page to another is where it was seen first. */
export function rowsOf(kept: Kept): FleetRow[] {
  const seen = new Set<string>()
  return kept.flatMap(({ rows, count }, index) => {
    if (rows === null) return Array.from({ length: count }, (_, place): FleetRow => ({ id: `page ${index} row ${place}`, absent: true }))
    return rows.filter(({ id }) => !seen.has(id) && seen.add(id))
  })
}

/** The page that a row is on. */
export function pageAt(kept: Kept, row: number): number {
  let before = 0
  const index = kept.findIndex(({ count }) => (before += count) > row)
  return index < 0 ? Math.max(0, kept.length - 1) : index
}
