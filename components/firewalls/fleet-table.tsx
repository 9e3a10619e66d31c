'use client'
import { Ellipsis, ListChecks, RefreshCw, SquareArrowOutUpRight } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { HaBadge } from '@/components/ha/ha-badge'
import { useCustomerScope } from '@/components/layout/customer-scope'
import type { Column } from '@/components/ui/columns'
import { Menu } from '@/components/ui/menu'
import { VirtualTable } from '@/components/ui/virtual-table'
import type { FirewallSummary } from '@/lib/firewalls/dto'
import type { List } from '@/lib/lists/list'
import { useSingleKey } from './detail/use-single-key'
import type { FleetActs } from './fleet-acts'
import { AbsentCard, AbsentCell, FleetCard, SelectBox } from './fleet-card'
import { NameCell } from './fleet-cells'
import { isThere, type FleetRow } from './fleet-window'
import { firewallRail } from './state-word'
import { ACTS_PX, SELECT_PX, type Density, type FittedColumns } from './use-fleet-columns'
import { useFleetPages } from './use-fleet-pages'
import type { Selection } from './use-fleet-view'

type FleetTableProps = {
  query: string
  head: List<FirewallSummary>
  columns: FittedColumns['columns']
  density: Density
  sort: string
  onSort: (sort: string) => void
  acts: FleetActs
  selection: Selection
  /** `r` and `c` while rows are chosen. */
  onBulk: (act: 'refresh' | 'check') => void
}
const keyOf = (row: FleetRow): string => row.id

/** The rows, worst first. Fresh data changes rows in place; they change places only while nobody is on one and none is chosen. */
export function FleetTable({ query, head, columns, density, sort, onSort, acts, selection, onBulk }: FleetTableProps) {
  const router = useRouter()
  const { within } = useCustomerScope()
  const [activeKey, setActiveKey] = useState<string | null>(null)
  const [near, setNear] = useState(false)
  const chosen = selection.all || selection.ids.size > 0
  const { rows, onRange } = useFleetPages(query, head, near || chosen)
  const here = rows.filter(isThere)
  const active = here.find((row) => row.id === activeKey)
  const selected = selection.all ? new Set(here.map(keyOf)) : selection.ids
  const hrefOf = (row: FirewallSummary): string => within(`/firewalls/${row.id}`)
  const open = (row: FleetRow): void => {
    if (isThere(row)) router.push(hrefOf(row))
  }

  const move = (step: number): void => {
    const at = rows.findIndex((row) => row.id === activeKey)
    const next = rows[at < 0 ? 0 : Math.min(Math.max(at + step, 0), rows.length - 1)]
    if (!next || !isThere(next)) return
    setNear(true)
    // The focus follows to the row; it would stay on a control outside of the table.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    setActiveKey(next.id)
  }
  useSingleKey('j', () => move(1))
  useSingleKey('k', () => move(-1))
  useSingleKey('x', () => active && selection.toggle(active.id))
  useSingleKey('r', () => (chosen ? onBulk('refresh') : active && acts.refresh(active)))
  useSingleKey('c', () => (chosen ? onBulk('check') : active && acts.check(active)))
  useSingleKey('Escape', () => {
    if (chosen) return selection.clear()
    setActiveKey(null)
    setNear(false)
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
  })

  const box = (row: FirewallSummary) => ({ name: row.name, checked: selected.has(row.id), onChange: () => selection.toggle(row.id) })
  const cell = (row: FleetRow, { id, cell: usual }: FittedColumns['columns'][number]) => {
    if (!isThere(row)) return <AbsentCell />
    if (id !== 'name') return usual(row)
    return (
      <NameCell row={row} href={hrefOf(row)}>
        <HaBadge row={row} />
      </NameCell>
    )
  }
  const all: readonly Column<FleetRow>[] = [
    {
      id: 'select',
      head: <SelectPage here={here} selection={selection} />,
      width: `${SELECT_PX}px`,
      cell: (row) => (isThere(row) ? <SelectBox {...box(row)} /> : null),
    },
    ...columns.map((column) => ({
      id: column.id,
      head: column.head,
      width: `${column.px}px`,
      cell: (row: FleetRow) => cell(row, column),
      ...(column.align && { align: column.align }),
      ...(column.mono && { mono: column.mono }),
      ...(column.sort && { sort: column.sort }),
    })),
    {
      id: 'acts',
      head: <span className="sr-only">Acts</span>,
      width: `${ACTS_PX}px`,
      align: 'right',
      cell: (row) => (isThere(row) ? <RowMenu row={row} acts={acts} onOpen={open} /> : null),
    },
  ]
  return (
    <div
      onPointerEnter={() => setNear(true)}
      onPointerLeave={(event) => !event.currentTarget.contains(document.activeElement) && setNear(false)}
      onFocus={() => setNear(true)}
      onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && !event.currentTarget.matches(':hover') && setNear(false)}
    >
      <VirtualTable
        caption="Firewalls"
        rows={rows}
        total={head.total}
        columns={all}
        rowKey={keyOf}
        rowHeight={density}
        rail={(row) => (isThere(row) ? firewallRail(row.state) : null)}
        card={(row) => (isThere(row) ? <FleetCard row={row} href={hrefOf(row)} select={box(row)} /> : <AbsentCard />)}
        onOpen={open}
        activeKey={activeKey}
        onActive={setActiveKey}
        sort={sort}
        onSort={onSort}
        selected={selected}
        onRange={onRange}
      />
    </div>
  )
}

/** Chooses what is loaded; the bar below then offers all that match. */
function SelectPage({ here, selection }: { here: readonly FirewallSummary[]; selection: Selection }) {
  const count = selection.all ? here.length : here.filter(({ id }) => selection.ids.has(id)).length
  const whole = here.length > 0 && count === here.length
  return (
    <label className="inline-grid size-7 place-items-center align-middle">
      <input
        type="checkbox"
        aria-label="Choose all that are loaded"
        checked={whole}
        ref={(element) => {
          if (element) element.indeterminate = count > 0 && !whole
        }}
        onChange={() => (whole ? selection.clear() : selection.choose(here.map(({ id }) => id)))}
        className="size-4 rounded-xs accent-act-fill"
      />
    </label>
  )
}

function RowMenu({ row, acts, onOpen }: { row: FirewallSummary; acts: FleetActs; onOpen: (row: FirewallSummary) => void }) {
  const disabledReason = acts.reason(row)
  const asking = acts.asking.has(row.id)
  return (
    <Menu
      label={`Acts on ${row.name}`}
      trigger={
        <button
          type="button"
          aria-label={asking ? `${row.name} is being asked` : `Acts on ${row.name}`}
          className="inline-grid size-6 place-items-center rounded-md align-middle text-text-3 hover:bg-line hover:text-text"
        >
          {asking ? <RefreshCw aria-hidden size={14} className="animate-spin" /> : <Ellipsis aria-hidden size={16} />}
        </button>
      }
      items={[
        { label: 'Open', icon: SquareArrowOutUpRight, keyHint: '↵', onSelect: () => onOpen(row) },
        { label: 'Refresh now', icon: RefreshCw, keyHint: 'r', disabledReason, onSelect: () => acts.refresh(row) },
        { label: 'Check for updates', icon: ListChecks, keyHint: 'c', disabledReason, onSelect: () => acts.check(row) },
      ]}
    />
  )
}
