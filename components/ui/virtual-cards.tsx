'use client'
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import type { KeyboardEvent, MouseEvent } from 'react'
import { cn } from '@/lib/core/cn'
import type { VirtualTableProps } from './columns'
import { keyAt, useScrollMargin } from './scroll-margin'
import { TONE_RAIL } from './tone'
import { useRange } from './use-range'

/** The same rows at 390 px: a list of two lines each. */
export function CardList<T>({
  rows,
  rowKey,
  caption,
  rail,
  heading,
  expanded,
  renderExpanded,
  card,
  cardHeight = 60,
  onOpen,
  total,
  selected,
  onRange,
}: VirtualTableProps<T>) {
  const { ref, scrollMargin } = useScrollMargin<HTMLDivElement>()
  const virtualizer = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => cardHeight,
    overscan: 8,
    scrollMargin,
    getItemKey: (index) => keyAt(rows, index, rowKey),
  })
  const items = virtualizer.getVirtualItems()
  useRange(items[0]?.index, items.at(-1)?.index, onRange)
  const open =
    (row: T) =>
    ({ target, currentTarget }: MouseEvent) => {
      // What a menu of the card chose comes from beside the card.
      const onCard = target instanceof Element && currentTarget.contains(target)
      if (onCard && target.closest('a,button,input,select,summary,label') === null) onOpen?.(row)
    }
  const openByKey = (row: T) => (event: KeyboardEvent) => {
    if (event.key === 'Enter' && event.target === event.currentTarget) onOpen?.(row)
  }
  return (
    <div ref={ref} role="list" aria-label={caption} className="relative" style={{ height: virtualizer.getTotalSize() }}>
      {items.map((item) => {
        const row = rows[item.index]
        if (row === undefined) return null
        const tone = rail?.(row) ?? null
        const title = heading?.(row) ?? null
        return (
          <div
            key={item.key}
            ref={virtualizer.measureElement}
            data-index={item.index}
            role="listitem"
            aria-setsize={total ?? rows.length}
            aria-posinset={item.index + 1}
            className="absolute inset-x-0 top-0"
            style={{ transform: `translateY(${item.start - scrollMargin}px)` }}
          >
            {title !== null ? (
              <div className="flex min-h-9 items-center border-b border-line-2 bg-sunken px-4 text-xs text-text-2">{title}</div>
            ) : (
              <div
                tabIndex={onOpen && 0}
                onClick={onOpen && open(row)}
                onKeyDown={onOpen && openByKey(row)}
                className={cn(
                  'flex min-h-11 flex-col justify-center gap-0.5 border-b border-line px-4 py-2 -outline-offset-2',
                  tone && TONE_RAIL[tone],
                  onOpen && 'cursor-pointer',
                  selected?.has(rowKey(row)) === true && 'bg-act-soft',
                )}
              >
                {card(row)}
                {expanded?.has(rowKey(row)) === true && renderExpanded && <div className="pt-2 pb-1">{renderExpanded(row)}</div>}
              </div>
            )}
          </div>
        )
      })}
    </div>
  )
}
