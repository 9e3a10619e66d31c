'use client'
import { Ellipsis, ListChecks, RefreshCw, SquareArrowOutUpRight } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { Column } from '@/components/ui/columns'
import { Menu } from '@/components/ui/menu'
import { VirtualTable } from '@/components/ui/virtual-table'
import type { FirewallSummary } from '@/lib/firewalls/dto'
import { useSingleKey } from './detail/use-single-key'
import type { FleetActs } from './fleet-acts'
import { FLEET_COLUMNS, FleetCard } from './fleet-columns'
import { keepOrder } from './fleet-order'
import { firewallRail } from './state-word'

type FleetTableProps = { rows: readonly FirewallSummary[]; total: number; sort: string; onSort: (sort: string) => void; acts: FleetActs }
const keyOf = (row: FirewallSummary): string => row.id

/** The rows, worst first. Fresh data changes rows in place; they change places only while nobody is on one. */
export function FleetTable({ rows, total, sort, onSort, acts }: FleetTableProps) {
  const router = useRouter()
  const [activeKey, setActiveKey] = useState<string | null>(null)
  const [heldOrder, setHeldOrder] = useState<readonly string[] | null>(null)
  const shown = heldOrder ? keepOrder(rows, heldOrder, keyOf) : rows
  const active = shown.find((row) => row.id === activeKey)
  const hold = (): void => setHeldOrder((held) => held ?? rows.map(keyOf))
  const open = (row: FirewallSummary): void => router.push(`/firewalls/${row.id}`)

  const move = (step: number): void => {
    const at = shown.findIndex((row) => row.id === activeKey)
    const next = shown[at < 0 ? 0 : Math.min(Math.max(at + step, 0), shown.length - 1)]
    if (!next) return
    hold()
    // The focus follows to the row; it would stay on a control outside of the table.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    setActiveKey(next.id)
  }
  useSingleKey('j', () => move(1))
  useSingleKey('k', () => move(-1))
  useSingleKey('r', () => active && acts.refresh(active))
  useSingleKey('c', () => active && acts.check(active))
  useSingleKey('Escape', () => {
    setActiveKey(null)
    setHeldOrder(null)
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
  })

  const columns: readonly Column<FirewallSummary>[] = [
    ...FLEET_COLUMNS,
    { id: 'acts', head: <span className="sr-only">Acts</span>, width: '52px', align: 'right', cell: (row) => <RowMenu row={row} acts={acts} onOpen={open} /> },
  ]
  return (
    <div
      onPointerEnter={hold}
      onPointerLeave={(event) => !event.currentTarget.contains(document.activeElement) && setHeldOrder(null)}
      onFocus={hold}
      onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && !event.currentTarget.matches(':hover') && setHeldOrder(null)}
    >
      <VirtualTable
        caption="Firewalls"
        rows={shown}
        total={total}
        columns={columns}
        rowKey={keyOf}
        rail={(row) => firewallRail(row.state)}
        card={(row) => <FleetCard row={row} />}
        onOpen={open}
        activeKey={activeKey}
        onActive={setActiveKey}
        sort={sort}
        onSort={onSort}
      />
    </div>
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
