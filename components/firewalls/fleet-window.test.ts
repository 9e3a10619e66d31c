import { describe, expect, it } from 'vitest'
import type { FirewallSummary } from '@/lib/firewalls/dto'
import type { List } from '@/lib/lists/list'
import { isThere, keepPages, NOTHING_KEPT, pageAt, rowsOf, type Kept } from './fleet-window'

const row = (id: string, name = id) => ({ id, name }) as FirewallSummary
const list = (ids: readonly string[], nextCursor: string | null, total = 1_000): List<FirewallSummary> => ({ items: ids.map((id) => row(id)), nextCursor, total })
const ids = (kept: Kept) => rowsOf(kept).filter(isThere).map(({ id }) => id)
const near = { first: 0, last: 0 }
const page = (index: number) => Array.from({ length: 100 }, (_, place) => `${index}-${place}`)
/** A fleet scrolled through to the end. */
function scrolled(pages: number): Kept {
  let kept = NOTHING_KEPT
  for (let index = 0; index < pages; index++) kept = keepPages(kept, new Map([[index, list(page(index), index === pages - 1 ? null : `c${index + 1}`, pages * 100)]]), false, { first: index, last: index })
  return kept
}

describe('pages of the fleet', () => {
  it('grow as they are reached, with place for the next one', () => {
    const kept = keepPages(NOTHING_KEPT, new Map([[0, list(page(0), 'c1', 130)]]), false, near)
    expect(rowsOf(kept)).toHaveLength(130)
    expect(ids(kept)).toHaveLength(100)
    expect(pageAt(kept, 99)).toBe(0)
    expect(pageAt(kept, 100)).toBe(1)
  })
  it('are the same object when nothing is new', () => {
    const lists = new Map([[0, list(page(0), 'c1')]])
    const kept = keepPages(NOTHING_KEPT, lists, false, near)
    expect(keepPages(kept, lists, false, near)).toBe(kept)
  })
  it('are forgotten when they are far away, and keep their place', () => {
    const kept = scrolled(30)
    expect(rowsOf(kept)).toHaveLength(3_000)
    expect(ids(kept)).toHaveLength(900)
    expect(kept[3]).toMatchObject({ cursor: 'c3', rows: null, list: null, count: 100 })
  })
  it('show a firewall once, when it moved to another page', () => {
    let kept = keepPages(NOTHING_KEPT, new Map([[0, list(['a', 'b'], 'c1')]]), false, near)
    kept = keepPages(kept, new Map([[1, list(['b', 'c'], null)]]), false, near)
    expect(ids(kept)).toEqual(['a', 'b', 'c'])
  })
  it('end where the server says, also when they were longer before', () => {
    let kept = keepPages(NOTHING_KEPT, new Map([[0, list(['a'], 'c1')]]), false, near)
    kept = keepPages(kept, new Map([[0, list(['a'], null, 1)]]), false, near)
    expect(rowsOf(kept)).toHaveLength(1)
  })
})

describe('while rows are chosen or focused', () => {
  const before = keepPages(NOTHING_KEPT, new Map([[0, list(['a', 'b', 'c'], 'c1')]]), false, near)
  const news = new Map([[0, { ...list(['c', 'd', 'a'], 'other'), items: [row('c', 'new'), row('d'), row('a', 'new')] }]])
  it('no row changes its place, comes or goes, but each tells what is new', () => {
    const kept = keepPages(before, news, true, near)
    expect(ids(kept)).toEqual(['a', 'b', 'c'])
    expect(rowsOf(kept).filter(isThere).map(({ name }) => name)).toEqual(['new', 'b', 'new'])
    expect(kept[1]?.cursor).toBe('c1')
  })
  it('and afterwards they are as the server has them', () => {
    const kept = keepPages(keepPages(before, news, true, near), news, false, near)
    expect(ids(kept)).toEqual(['c', 'd', 'a'])
    expect(kept[1]?.cursor).toBe('other')
  })
})
