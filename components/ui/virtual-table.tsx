'use client'
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { useLayoutEffect } from 'react'
import type { VirtualTableProps } from './columns'
import { useMedia, usePhone } from './use-media'
import { keyAt, useScrollMargin } from './scroll-margin'
import { useRange } from './use-range'
import { CardList } from './virtual-cards'
import { ColumnHeads, TableItem } from './virtual-rows'

export type { Column } from './columns'

/** Fewer rows than this are simply there. */
const VIRTUAL_FROM = 100
/** Where columns marked `lg` appear: the breakpoint of the styles. */
const LARGE = '(min-width: 70rem)'

/** A real table whose rows exist only near the window. Height 0 of layout shift: rows have a fixed height, opened ones are measured. */
export function VirtualTable<T>(props: VirtualTableProps<T>) {
  const phone = usePhone()
  return phone ? <CardList {...props} /> : <WideTable {...props} />
}

function WideTable<T>(props: VirtualTableProps<T>) {
  const { rows, columns, rowKey, caption, rowHeight = 32, total, activeKey, sort, onSort } = props
  const { ref, scrollMargin } = useScrollMargin<HTMLTableElement>()
  const large = useMedia(LARGE)
  const span = columns.filter(({ hideBelow }) => large || hideBelow !== 'lg').length
  const all = rows.length < VIRTUAL_FROM
  const virtualizer = useWindowVirtualizer({
    count: all ? 0 : rows.length,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollMargin,
    getItemKey: (index) => keyAt(rows, index, rowKey),
  })
  const items = all ? rows.map((_, index) => ({ index, start: 0, end: 0 })) : virtualizer.getVirtualItems()
  const before = all ? 0 : (items[0]?.start ?? scrollMargin) - scrollMargin
  const after = all ? 0 : virtualizer.getTotalSize() - ((items.at(-1)?.end ?? scrollMargin) - scrollMargin)

  useRange(items[0]?.index, items.at(-1)?.index, props.onRange)

  const tabStop = rows.find((row) => rowKey(row) === activeKey) ?? rows.find((row) => (props.heading?.(row) ?? null) === null)

  useLayoutEffect(() => {
    const index = activeKey === undefined || activeKey === null ? -1 : rows.findIndex((row) => rowKey(row) === activeKey)
    if (index >= 0 && !all) virtualizer.scrollToIndex(index, { align: 'auto' })
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only a move of the active row scrolls; new data must not
  }, [activeKey])

  return (
    <table ref={ref} aria-rowcount={(total ?? rows.length) + 1} className="w-full table-fixed border-collapse text-left">
      <caption className="sr-only">{caption}</caption>
      <ColumnHeads columns={columns} sort={sort} onSort={onSort} />
      {before > 0 && <Spacer height={before} />}
      {items.map(({ index }) => {
        const row = rows[index]
        return row === undefined ? null : (
          <TableItem key={rowKey(row)} {...props} row={row} index={index} span={span} tabStop={row === tabStop} measure={all ? undefined : virtualizer.measureElement} />
        )
      })}
      {after > 0 && <Spacer height={after} />}
    </table>
  )
}

function Spacer({ height }: { height: number }) {
  return (
    // Nothing is drawn here, so nothing of it can move before the eyes.
    <tbody aria-hidden className="invisible">
      <tr style={{ height }} />
    </tbody>
  )
}
