'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { BulkDialogName } from '@/components/bulk/bulk-dialogs'
import { reasonOfTarget, useBulk, useExport, type Target } from '@/components/bulk/use-bulk'
import { useCustomerScope } from '@/components/layout/customer-scope'
import { NAMED_MAX, newPlanHref } from '@/components/plans/new-plan-href'
import { arriving } from '@/components/ui/arriving'
import { toast } from '@/components/ui/toast'
import type { FirewallSummary } from '@/lib/firewalls/dto'
import type { List } from '@/lib/lists/list'
import type { StartBulk } from '@/lib/queries/bulk'
import { useMe } from '@/lib/queries/use-me'
import { reasonWithout } from './detail/permissions'
import { useFleetActs } from './fleet-acts'
import { exportColumns } from './fleet-export'
import { FleetTable } from './fleet-table'
import type { ColumnChoice, FittedColumns } from './use-fleet-columns'
import { useSelection } from './use-fleet-view'

/** What few visits of the page need comes when it is first asked for. */
const BulkBar = arriving(() => import('@/components/bulk/bulk-bar').then((module) => module.BulkBar))
const BulkProgress = arriving(() => import('@/components/bulk/bulk-progress').then((module) => module.BulkProgress))
const BulkDialog = arriving(() => import('@/components/bulk/bulk-dialogs').then((module) => module.BulkDialog), { leave: ({ onClose }) => onClose() })

type FleetRowsProps = {
  query: string
  head: List<FirewallSummary>
  matching: number
  fitted: FittedColumns
  choice: ColumnChoice
  sort: string
  onSort: (sort: string) => void
}

/** The rows with what can be done with several of them. */
export function FleetRows({ query, head, matching, fitted, choice, sort, onSort }: FleetRowsProps) {
  const me = useMe()
  const router = useRouter()
  const { within } = useCustomerScope()
  const acts = useFleetActs()
  const selection = useSelection(query)
  const bulk = useBulk()
  const { save } = useExport()
  const [dialog, setDialog] = useState<BulkDialogName | null>(null)
  const chosen = selection.all ? matching : selection.ids.size
  const target: Target = selection.all ? { query } : { firewallIds: [...selection.ids] }
  const reasons = { ask: me ? reasonWithout(me.role, 'firewall:ask') : null, manage: me ? reasonWithout(me.role, 'firewall:manage') : null, plan: me ? reasonWithout(me.role, 'update:plan') : null }

  const start = (act: Pick<StartBulk, 'act' | 'input'>): void => {
    const reason = reasonOfTarget(target)
    if (reason !== null) return toast.bad(reason)
    bulk.begin({ ...act, ...target }, () => {
      setDialog(null)
      selection.clear()
    })
  }
  const plan = (): void => {
    const href = newPlanHref(target)
    if (href === null) toast.bad(`At most ${NAMED_MAX} are named one by one in a plan. Select all that match, or give them a tag first.`)
    else router.push(within(href))
  }
  const byKey = (act: 'refresh' | 'check'): void => (reasons.ask === null ? start({ act }) : toast.bad(reasons.ask))
  return (
    <>
      <FleetTable key={query} query={query} head={head} columns={fitted.columns} density={choice.density} sort={sort} onSort={onSort} acts={acts} selection={selection} onBulk={byKey} />
      {/* So that the last rows can be scrolled out from under the bar. */}
      <div className="h-20" />
      {chosen > 0 ? (
        <BulkBar
          chosen={chosen}
          matching={matching}
          all={selection.all}
          onChooseAll={selection.chooseAll}
          onClear={selection.clear}
          onAct={(act) => start({ act })}
          onDialog={setDialog}
          onPlan={plan}
          onExport={(format) => save(format, exportColumns(choice.chosen), target)}
          reasons={reasons}
          busy={bulk.busy}
        />
      ) : (
        bulk.open && <BulkProgress bulk={bulk.open} busy={bulk.busy} onStart={(act) => bulk.begin(act)} onPutAway={() => bulk.open && bulk.putAway(bulk.open)} />
      )}
      {dialog !== null && <BulkDialog name={dialog} count={chosen} busy={bulk.busy} onStart={start} onClose={() => setDialog(null)} />}
    </>
  )
}
