'use client'
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, type ReactNode } from 'react'
import { keyAt, useScrollMargin } from './scroll-margin'
import { useRange } from './use-range'

type VirtualListProps<T> = {
  rows: readonly T[]
  rowKey: (row: T) => string
  /** Read aloud, not shown. */ label: string
  /** What a row is high before it is measured, in pixels. */ estimate: (row: T) => number
  render: (row: T) => ReactNode
  /** The row that is gone to whenever this changes. */ activeKey?: string | null
  /** Kept free above it: what sticks to the top of the page. */ paddingTop?: number
  onRange?: (first: number, last: number) => void
  className?: string
}

/** Fewer rows than this are simply there, so that the browser's own search finds them. */
const VIRTUAL_FROM = 150

/** A list whose rows have heights of their own and exist only near the window. */
export function VirtualList<T>(props: VirtualListProps<T>) {
  const { rows, rowKey, label, estimate, render, activeKey = null, paddingTop = 0, onRange, className } = props
  const { ref, scrollMargin } = useScrollMargin<HTMLDivElement>()
  const all = rows.length < VIRTUAL_FROM
  const virtualizer = useWindowVirtualizer({
    count: all ? 0 : rows.length,
    estimateSize: (index) => {
      const row = rows[index]
      return row === undefined ? 0 : estimate(row)
    },
    overscan: 10,
    scrollMargin,
    scrollPaddingStart: paddingTop,
    getItemKey: (index) => keyAt(rows, index, rowKey),
  })
  const shown = all ? rows.map((_, index) => ({ index, start: 0 })) : virtualizer.getVirtualItems()
  useRange(shown[0]?.index, shown.at(-1)?.index, onRange)
  const index = activeKey === null ? -1 : rows.findIndex((row) => rowKey(row) === activeKey)
  const went = useRef<string | null>(null)
  useEffect(() => {
    // Only a move of the active row scrolls, also when it is loaded a moment later; new data must not.
    if (index < 0 || went.current === activeKey) return
    went.current = activeKey
    if (!all) return virtualizer.scrollToIndex(index, { align: 'start' })
    const row = ref.current?.children[index]
    if (row instanceof HTMLElement) window.scrollTo({ top: row.getBoundingClientRect().top + window.scrollY - paddingTop })
  }, [activeKey, index, all, paddingTop, ref, virtualizer])
  return (
    <div ref={ref} role="list" aria-label={label} className={className} style={all ? undefined : { position: 'relative', height: virtualizer.getTotalSize() }}>
      {shown.map((item) => {
        const row = rows[item.index]
        if (row === undefined) return null
        return (
          <div
            key={rowKey(row)}
            ref={all ? undefined : virtualizer.measureElement}
            data-index={item.index}
            role="listitem"
            aria-setsize={all ? undefined : rows.length}
            aria-posinset={all ? undefined : item.index + 1}
            style={all ? undefined : { position: 'absolute', insetInline: 0, top: 0, transform: `translateY(${item.start - scrollMargin}px)` }}
          >
            {render(row)}
          </div>
        )
      })}
    </div>
  )
}
