'use client'
import { useQueries } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import type { FirewallSummary } from '@/lib/firewalls/dto'
import type { List } from '@/lib/lists/list'
import { firewallQueries } from '@/lib/queries/firewalls'
import { keepPages, NOTHING_KEPT, pageAt, rowsOf, type FleetRow, type PageRange } from './fleet-window'

/** Rows beyond the window that are loaded before they come into view. */
const AHEAD_ROWS = 40

/**
 * The rows of a question. Only the pages near the window are asked for and kept fresh, so a change somewhere in ten
 * thousand firewalls costs a few requests however far someone has scrolled.
 */
export function useFleetPages(query: string, head: List<FirewallSummary>, held: boolean): { rows: readonly FleetRow[]; onRange: (first: number, last: number) => void } {
  const [kept, setKept] = useState(NOTHING_KEPT)
  const [near, setNear] = useState<PageRange>({ first: 0, last: 0 })
  // The first page is the head's own, which also tells how many there are.
  const wanted = kept.flatMap(({ cursor }, index) => (index > 0 && index >= near.first && index <= near.last ? [{ index, cursor }] : []))
  const results = useQueries({ queries: wanted.map(({ cursor }) => firewallQueries.page(query, cursor)) })
  const lists = new Map([[0, head]])
  results.forEach(({ data }, place) => {
    const index = wanted[place]?.index
    if (data !== undefined && index !== undefined) lists.set(index, data)
  })
  const next = keepPages(kept, lists, held, near)
  if (next !== kept) setKept(next)
  const rows = useMemo(() => rowsOf(next), [next])
  const onRange = (first: number, last: number): void => {
    const range = { first: pageAt(next, Math.max(0, first - AHEAD_ROWS)), last: pageAt(next, last + AHEAD_ROWS) }
    setNear((before) => (before.first === range.first && before.last === range.last ? before : range))
  }
  return { rows, onRange }
}
