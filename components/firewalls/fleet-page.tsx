'use client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { ChevronDown, CircleQuestionMark, FileSpreadsheet, Plus } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useRef, useState } from 'react'
import { FilterBar } from '@/components/filter/filter-bar'
import { useCustomerScope } from '@/components/layout/customer-scope'
import { PageHeader } from '@/components/layout/page-header'
import { arriving } from '@/components/ui/arriving'
import { Button } from '@/components/ui/button'
import { ButtonLink } from '@/components/ui/button-link'
import { Menu } from '@/components/ui/menu'
import { ProblemNotice } from '@/components/ui/problem'
import { SkeletonRows } from '@/components/ui/skeleton'
import { ViewsMenu } from '@/components/views/views-menu'
import { roleMay } from '@/lib/auth/roles'
import { ApiError } from '@/lib/core/api-error'
import { firewallQueries } from '@/lib/queries/firewalls'
import { useMe } from '@/lib/queries/use-me'
import { useSingleKey } from './detail/use-single-key'
import { ColumnsMenu } from './fleet-columns-menu'
import { DEFAULT_SORT, writeView } from './fleet-filter'
import { FleetRows } from './fleet-rows'
import { FleetSummary } from './fleet-summary'
import { useColumnChoice, useFittedColumns } from './use-fleet-columns'
import { useFleetView } from './use-fleet-view'

/** What few visits of the page need comes when it is shown. */
const FleetEmpty = arriving(() => import('./fleet-empty').then((module) => module.FleetEmpty))
const FleetNoMatch = arriving(() => import('./fleet-empty').then((module) => module.FleetNoMatch))
const FleetKeysDialog = arriving(() => import('./fleet-keys').then((module) => module.FleetKeysDialog), { leave: ({ onOpenChange }) => onOpenChange(false) })

/** What is wrong with the question, where the server said so of a field; null for every other failure. */
const faultsOf = (error: unknown) => (error instanceof ApiError && error.status === 400 && error.issues.length > 0 ? error.issues : null)

export function FleetPage() {
  const { customerId } = useCustomerScope()
  const me = useMe()
  const { view, change, query, counts: countsQuery, ready } = useFleetView()
  const [keysOpen, setKeysOpen] = useState(false)
  const frame = useRef<HTMLDivElement>(null)
  const choice = useColumnChoice()
  const fitted = useFittedColumns(frame, choice.chosen)
  const head = useQuery({ ...firewallQueries.page(query, null), placeholderData: keepPreviousData, enabled: ready })
  const { data: counts } = useQuery({ ...firewallQueries.counts(countsQuery), placeholderData: keepPreviousData, enabled: ready })
  // While the next question is on its way the rows of the last one stay, under the last one's name.
  const [shown, setShown] = useState(query)
  if (!head.isPlaceholderData && head.data !== undefined && shown !== query) setShown(query)
  useSingleKey('?', () => setKeysOpen(true))

  const faults = faultsOf(head.error)
  const enrolledNone = head.data?.total === 0 && view.conditions.length === 0 && customerId === null
  return (
    <>
      <PageHeader title="Firewalls">
        <Button variant="quiet" shape="icon" icon={CircleQuestionMark} aria-label="Keys" onClick={() => setKeysOpen(true)} className="text-text-2 max-md:hidden" />
        <EnrolButton primary={enrolledNone} />
      </PageHeader>
      {!enrolledNone && (
        <div className="flex items-start gap-2 px-5 pt-3 pb-2 max-md:px-4">
          <FilterBar
            list="firewalls"
            conditions={view.conditions}
            onChange={(conditions) => change({ conditions })}
            customerId={customerId}
            {...(faults && { faults })}
            className="flex-1"
          />
          <ViewsMenu list="firewalls" path="/firewalls" query={writeView(view)} columns={choice.chosen} onColumns={choice.choose} />
          <ColumnsMenu choice={choice} leftOut={fitted?.leftOut ?? NONE} />
        </div>
      )}
      {head.error && !faults && <ProblemNotice error={head.error} retry={() => void head.refetch()} className="mx-5 my-3" />}
      {!enrolledNone && <FleetSummary counts={counts} filtered={view.conditions.length > 0} worstFirst={view.sort === DEFAULT_SORT} />}
      <div ref={frame} className="min-h-px">
        {head.data === undefined || !choice.ready || fitted === null ? (
          !head.error && <SkeletonRows rows={14} columns={7} rowHeight={choice.density} />
        ) : enrolledNone ? (
          <FleetEmpty mayEnrol={me !== undefined && roleMay(me.role, 'firewall:manage')} />
        ) : head.data.items.length === 0 ? (
          <FleetNoMatch conditions={view.conditions} onChange={(conditions) => change({ conditions })} />
        ) : (
          <FleetRows
            query={shown}
            head={head.data}
            matching={counts?.matching ?? head.data.total}
            fitted={fitted}
            choice={choice}
            sort={view.sort}
            onSort={(sort) => change({ sort })}
          />
        )}
      </div>
      {keysOpen && <FleetKeysDialog open onOpenChange={setKeysOpen} />}
    </>
  )
}

const NONE: ReadonlySet<string> = new Set()

function EnrolButton({ primary }: { primary: boolean }) {
  const router = useRouter()
  const me = useMe()
  const { within } = useCustomerScope()
  const mayEnrol = me !== undefined && roleMay(me.role, 'firewall:manage')
  useSingleKey('e', () => mayEnrol && router.push(within('/firewalls/new')))
  const enrol = (
    <ButtonLink href={within('/firewalls/new')} variant={primary && mayEnrol ? 'primary' : 'secondary'} icon={Plus} disabledReason={mayEnrol ? null : 'Enrolling needs an admin.'}>
      Enrol a firewall
    </ButtonLink>
  )
  if (!mayEnrol) return enrol
  return (
    <>
      {enrol}
      <Menu
        label="More ways to enrol"
        items={[{ label: 'Enrol from a file', icon: FileSpreadsheet, onSelect: () => router.push(within('/firewalls/import')) }]}
        trigger={<Button variant="quiet" icon={ChevronDown} aria-label="More ways to enrol" className="-ml-1 px-1 text-text-2 max-md:hidden" />}
      />
    </>
  )
}
