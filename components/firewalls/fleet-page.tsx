'use client'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { CircleQuestionMark, Plus } from 'lucide-react'
import { useRouter, useSearchParams } from 'next/navigation'
import { useRef, useState } from 'react'
import { PageHeader } from '@/components/layout/page-header'
import { Button, ButtonLink } from '@/components/ui/button'
import { LoadMore } from '@/components/ui/load-more'
import { ProblemNotice } from '@/components/ui/problem'
import { SkeletonRows } from '@/components/ui/skeleton'
import { useSettled } from '@/components/ui/use-settled'
import { roleMay } from '@/lib/auth/roles'
import { firewallQueries } from '@/lib/queries/firewalls'
import { useMe } from '@/lib/queries/use-me'
import { useSingleKey } from './detail/use-single-key'
import { useFleetActs } from './fleet-acts'
import { FleetEmpty, FleetNoMatch } from './fleet-empty'
import { activeConditions, DEFAULT_SORT, readView, toQuery, writeView, type FleetView } from './fleet-filter'
import { FleetFilterBar } from './fleet-filter-bar'
import { FleetKeysDialog } from './fleet-keys'
import { FleetSummary } from './fleet-summary'
import { FleetTable } from './fleet-table'

/** The address is the view: every change is written there, and nothing else keeps it. */
function useView(): [view: FleetView, change: (change: Partial<FleetView>) => void] {
  const view = readView(useSearchParams())
  const change = (part: Partial<FleetView>): void =>
    window.history.replaceState(null, '', `/firewalls${writeView({ ...readView(new URLSearchParams(window.location.search)), ...part })}`)
  return [view, change]
}

export function FleetPage() {
  const router = useRouter()
  const me = useMe()
  const mayEnrol = me !== undefined && roleMay(me.role, 'firewall:manage')
  const [view, change] = useView()
  const [keysOpen, setKeysOpen] = useState(false)
  const searchRef = useRef<HTMLInputElement>(null)
  const asked = useSettled(writeView(view))
  const fleet = useInfiniteQuery({ ...firewallQueries.list(toQuery(readView(new URLSearchParams(asked)))), placeholderData: keepPreviousData })
  const acts = useFleetActs()

  useSingleKey('e', () => mayEnrol && router.push('/firewalls/new'))
  useSingleKey('?', () => setKeysOpen(true))
  useSingleKey('/', () => searchRef.current?.focus())

  const rows = fleet.data?.pages.flatMap((page) => page.items) ?? []
  const first = fleet.data?.pages[0]
  const conditions = activeConditions(view)
  const enrolledNone = first !== undefined && first.total === 0 && conditions.length === 0

  return (
    <>
      <PageHeader title="Firewalls">
        <Button variant="quiet" icon={CircleQuestionMark} aria-label="Keys" onClick={() => setKeysOpen(true)} className="px-2 text-text-2 max-md:hidden" />
        {mayEnrol ? (
          <ButtonLink href="/firewalls/new" variant={enrolledNone ? 'primary' : 'secondary'} icon={Plus}>
            Enrol a firewall
          </ButtonLink>
        ) : (
          <Button icon={Plus} disabledReason="Enrolling needs an admin.">
            Enrol a firewall
          </Button>
        )}
      </PageHeader>
      {!enrolledNone && <FleetFilterBar view={view} onChange={change} tags={[...new Set(rows.flatMap((row) => row.tags))].sort()} searchRef={searchRef} />}
      {fleet.error && <ProblemNotice error={fleet.error} retry={() => void fleet.refetch()} className="mx-5 my-3" />}
      {first === undefined ? (
        fleet.isPending && <SkeletonRows rows={14} columns={7} />
      ) : enrolledNone ? (
        <FleetEmpty mayEnrol={mayEnrol} />
      ) : (
        <>
          <FleetSummary
            rows={rows}
            total={first.total}
            totalIsAtLeast={first.totalIsAtLeast === true}
            filtered={conditions.length > 0}
            worstFirst={view.sort === DEFAULT_SORT}
            allLoaded={!fleet.hasNextPage}
          />
          {rows.length === 0 ? (
            <FleetNoMatch conditions={conditions} onChange={change} />
          ) : (
            <FleetTable key={asked} rows={rows} total={first.total} sort={view.sort} onSort={(sort) => change({ sort })} acts={acts} />
          )}
          <LoadMore more={fleet.hasNextPage} busy={fleet.isFetchingNextPage} onMore={() => void fleet.fetchNextPage()} what="firewalls" />
        </>
      )}
      <FleetKeysDialog open={keysOpen} onOpenChange={setKeysOpen} />
    </>
  )
}
