import type { ReactNode } from 'react'
import type { Tone } from './tone'

export type Column<T> = {
  id: string
  head: ReactNode
  align?: 'left' | 'right'
  /** CSS width: `120px`, `18%`. Columns without one share the rest. */
  width?: string
  cell: (row: T) => ReactNode
  /** Gone below 768 px (`md`) or 1120 px (`lg`). */
  hideBelow?: 'md' | 'lg'
  mono?: boolean
  /** Name of the order this head asks for. */
  sort?: string
}

export type VirtualTableProps<T> = {
  rows: readonly T[]
  columns: readonly Column<T>[]
  rowKey: (row: T) => string
  /** Read aloud, not shown. */
  caption: string
  rowHeight?: number
  rail?: (row: T) => Tone | null
  /** A row for which this gives something is one heading over all columns. */
  heading?: (row: T) => ReactNode | null
  /** Keys of opened rows. */
  expanded?: ReadonlySet<string>
  renderExpanded?: (row: T) => ReactNode
  /** Two lines for 390 px. */
  card: (row: T) => ReactNode
  cardHeight?: number
  /** Click or Enter on a row. */
  onOpen?: (row: T) => void
  /** The row under `j` and `k`. */
  activeKey?: string | null
  onActive?: (key: string) => void
  /** `name` or `-name`. */
  sort?: string
  onSort?: (sort: string) => void
  /** All rows there are, when not all are loaded. */
  total?: number
  /** Keys of chosen rows. */
  selected?: ReadonlySet<string>
  /** The first and the last row near the window, for who loads what comes into view. */
  onRange?: (first: number, last: number) => void
}
