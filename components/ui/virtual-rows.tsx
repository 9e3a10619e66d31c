'use client'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { useEffect, useRef, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react'
import { cn } from '@/lib/core/cn'
import type { Column, VirtualTableProps } from './columns'
import { TONE_RAIL } from './tone'

const HIDE = { md: 'max-md:hidden', lg: 'max-lg:hidden' } as const
const edge = 'px-2 first:pl-5 last:pr-5'
const cellClass = <T,>({ align, hideBelow, mono }: Column<T>): string =>
  cn(edge, align === 'right' && 'text-right', hideBelow && HIDE[hideBelow], mono && 'font-mono text-xs')

export function ColumnHeads<T>({
  columns,
  sort,
  onSort,
}: {
  columns: readonly Column<T>[]
  sort: string | undefined
  onSort: ((sort: string) => void) | undefined
}) {
  return (
    <thead className="sticky top-(--head-top,3rem) z-10 bg-sunken shadow-[inset_0_-1px_0_var(--line-2)]">
      <tr aria-rowindex={1}>
        {columns.map((column) => (
          <th
            key={column.id}
            scope="col"
            aria-sort={ariaSort(column.sort, sort)}
            style={column.width === undefined ? undefined : { width: column.width }}
            className={cn('h-8 truncate text-xs font-medium text-text-2', cellClass(column), 'font-sans')}
          >
            {column.sort !== undefined && onSort ? <SortButton name={column.sort} sort={sort} onSort={onSort} head={column.head} /> : column.head}
          </th>
        ))}
      </tr>
    </thead>
  )
}

const ariaSort = (name: string | undefined, sort: string | undefined): 'ascending' | 'descending' | undefined =>
  name === undefined || sort === undefined ? undefined : sort === name ? 'ascending' : sort === `-${name}` ? 'descending' : undefined

function SortButton({ name, sort, onSort, head }: { name: string; sort: string | undefined; onSort: (sort: string) => void; head: ReactNode }) {
  const Icon = sort === `-${name}` ? ArrowDown : ArrowUp
  return (
    <button
      type="button"
      onClick={() => onSort(sort === name ? `-${name}` : name)}
      className="inline-flex h-7 max-w-full items-center gap-1 rounded-sm hover:text-text"
    >
      <span className="truncate">{head}</span>
      {ariaSort(name, sort) && <Icon aria-hidden size={12} className="shrink-0" />}
    </button>
  )
}

type TableItemProps<T> = VirtualTableProps<T> & {
  row: T
  index: number
  /** The one row that Tab reaches. */ tabStop: boolean
  measure: ((element: Element | null) => void) | undefined
  /** Columns that are there at this width: more would make room for columns that nobody sees. */ span: number
}

/** One row with what it opens to. It is a row group of its own, so that both are measured together. */
export function TableItem<T>(props: TableItemProps<T>) {
  const { row, index, measure, span, rowKey, heading, expanded, renderExpanded, rowHeight = 32 } = props
  const title = heading?.(row) ?? null
  const open = expanded?.has(rowKey(row)) === true && renderExpanded !== undefined
  return (
    <tbody ref={measure} data-index={index}>
      {title !== null ? (
        <tr aria-rowindex={index + 2} className="border-b border-line-2 bg-sunken" style={{ height: rowHeight }}>
          <th scope="colgroup" colSpan={span} className="px-5 text-xs font-normal text-text-2">
            {title}
          </th>
        </tr>
      ) : (
        <Row {...props} open={open} />
      )}
      {open && (
        <tr className="border-b border-line bg-hover">
          <td colSpan={span} className="px-5 pt-1 pb-4">
            {renderExpanded(row)}
          </td>
        </tr>
      )}
    </tbody>
  )
}

/** Up and down move the focus from row to row. */
function moveFocus(event: KeyboardEvent<HTMLTableRowElement>): void {
  const step = event.key === 'ArrowDown' ? 'nextElementSibling' : event.key === 'ArrowUp' ? 'previousElementSibling' : null
  if (step === null || event.target !== event.currentTarget) return
  event.preventDefault()
  let group = event.currentTarget.parentElement?.[step]
  while (group) {
    const row = group.querySelector<HTMLElement>('tr[tabindex]')
    if (row) return row.focus()
    group = group[step]
  }
}

/** Clicks on a control inside a row belong to the control. */
const onControl = ({ target, currentTarget }: MouseEvent | KeyboardEvent): boolean =>
  // What a menu of the row chose comes from beside the row.
  target instanceof Element && (!currentTarget.contains(target) || target.closest('a,button,input,select,summary,label') !== null)

function Row<T>({
  row,
  index,
  rowKey,
  columns,
  rail,
  onOpen,
  activeKey,
  onActive,
  rowHeight = 32,
  tabStop,
  open,
  selected,
}: TableItemProps<T> & { open: boolean }) {
  const key = rowKey(row)
  const tone = rail?.(row) ?? null
  const active = activeKey === key
  const roving = activeKey !== undefined
  const ref = useRef<HTMLTableRowElement>(null)
  useEffect(() => {
    const row = ref.current
    const focused = document.activeElement
    // A row that scrolls back into being must not take the focus from a field elsewhere.
    const free = focused === null || focused === document.body || (row?.closest('table')?.contains(focused) === true && !row.contains(focused))
    if (active && free) row?.focus()
  }, [active])
  const openRow = (event: MouseEvent | KeyboardEvent): void => {
    if (!onControl(event) && window.getSelection()?.isCollapsed !== false) onOpen?.(row)
  }
  return (
    <tr
      ref={ref}
      aria-rowindex={index + 2}
      tabIndex={roving ? (tabStop ? 0 : -1) : undefined}
      onFocus={roving ? () => onActive?.(key) : undefined}
      onClick={onOpen && openRow}
      onKeyDown={(event) => (event.key === 'Enter' ? openRow(event) : roving && moveFocus(event))}
      style={{ height: rowHeight }}
      className={cn(
        'scroll-mt-24 border-b border-line -outline-offset-2 hover:bg-hover',
        tone && TONE_RAIL[tone],
        onOpen && 'cursor-pointer',
        open && 'border-transparent bg-hover',
        active && 'bg-hover shadow-[inset_3px_0_0_var(--act)]',
        selected?.has(key) === true && 'bg-act-soft hover:bg-act-soft',
      )}
    >
      {columns.map((column) => (
        <td key={column.id} className={cn('truncate', cellClass(column))}>
          {column.cell(row)}
        </td>
      ))}
    </tr>
  )
}
