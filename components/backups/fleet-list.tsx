'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { BulkProgress } from '@/components/bulk/bulk-progress'
import { reasonOfTarget, useBulk } from '@/components/bulk/use-bulk'
import { reasonWithout } from '@/components/firewalls/detail/permissions'
import { useSingleKey } from '@/components/firewalls/detail/use-single-key'
import { useSelection } from '@/components/firewalls/use-fleet-view'
import { useCustomerScope } from '@/components/layout/customer-scope'
import { toast } from '@/components/ui/toast'
import { VirtualTable } from '@/components/ui/virtual-table'
import type { BackupStateDto } from '@/lib/backups/dto'
import { useMe } from '@/lib/queries/use-me'
import { backupRail } from './backup-looks'
import { FleetBar } from './fleet-bar'
import { BackupCard, backupColumns, type FleetSelect } from './fleet-columns'

const keyOf = ({ firewall }: BackupStateDto): string => firewall.id

/** The rows, worst first, with what can be done with several of them. `query` names the question: another one begins with no choice. */
export function FleetList({ rows, total, query }: { rows: readonly BackupStateDto[]; total: number; query: string }) {
  const router = useRouter()
  const me = useMe()
  const { within } = useCustomerScope()
  const bulk = useBulk()
  const selection = useSelection(query)
  const [activeKey, setActiveKey] = useState<string | null>(null)
  const chosen = selection.ids.size
  const reason = me ? reasonWithout(me.role, 'firewall:ask') : null

  const take = (ids: readonly string[]): void => {
    const target = { firewallIds: [...ids] }
    const tooMany = reason ?? reasonOfTarget(target)
    if (tooMany !== null) return toast.bad(tooMany)
    bulk.begin({ act: 'backup', ...target }, selection.clear)
  }
  const move = (step: number): void => {
    const at = rows.findIndex((row) => keyOf(row) === activeKey)
    const next = rows[at < 0 ? 0 : Math.min(Math.max(at + step, 0), rows.length - 1)]
    if (!next) return
    // The focus follows to the row; it would stay on a control outside of the table.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    setActiveKey(keyOf(next))
  }
  useSingleKey('j', () => move(1))
  useSingleKey('k', () => move(-1))
  useSingleKey('x', () => activeKey !== null && selection.toggle(activeKey))
  useSingleKey('b', () => (chosen > 0 ? take([...selection.ids]) : activeKey !== null && take([activeKey])))
  useSingleKey('Escape', () => (chosen > 0 ? selection.clear() : setActiveKey(null)))

  const select: FleetSelect = {
    checked: (id) => selection.ids.has(id),
    toggle: selection.toggle,
    head: (
      <SelectPage
        whole={chosen === rows.length}
        some={chosen > 0}
        onChange={() => (chosen === rows.length ? selection.clear() : selection.choose(rows.map(keyOf)))}
      />
    ),
  }
  return (
    <>
      <VirtualTable
        caption="Backups of firewalls"
        rows={rows}
        total={total}
        columns={backupColumns(select, within)}
        rowKey={keyOf}
        rail={backupRail}
        card={(row) => <BackupCard row={row} select={select} within={within} />}
        onOpen={(row) => router.push(within(`/firewalls/${row.firewall.id}/backups`))}
        activeKey={activeKey}
        onActive={setActiveKey}
        selected={selection.ids}
      />
      {/* So that the last rows can be scrolled out from under the bar. */}
      <div className="h-20" />
      {chosen > 0 ? (
        <FleetBar chosen={chosen} busy={bulk.busy} reason={reason} onTake={() => take([...selection.ids])} onClear={selection.clear} />
      ) : (
        bulk.open && (
          <BulkProgress bulk={bulk.open} busy={bulk.busy} onStart={(act) => bulk.begin(act)} onPutAway={() => bulk.open && bulk.putAway(bulk.open)} />
        )
      )}
    </>
  )
}

/** Chooses what is loaded. */
function SelectPage({ whole, some, onChange }: { whole: boolean; some: boolean; onChange: () => void }) {
  return (
    <label className="inline-grid size-7 place-items-center align-middle">
      <input
        type="checkbox"
        aria-label="Choose all that are loaded"
        checked={whole}
        ref={(element) => {
          if (element) element.indeterminate = some && !whole
        }}
        onChange={onChange}
        className="size-4 rounded-xs accent-act-fill"
      />
    </label>
  )
}
