'use client'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { UserPlus } from 'lucide-react'
import { useRouter, useSearchParams } from 'next/navigation'
import { useRef, useState } from 'react'
import { useSingleKey } from '@/components/firewalls/detail/use-single-key'
import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { LoadMore } from '@/components/ui/load-more'
import { ProblemNotice } from '@/components/ui/problem'
import { SkeletonRows } from '@/components/ui/skeleton'
import { useNow } from '@/components/ui/use-now'
import { useSettled } from '@/components/ui/use-settled'
import { VirtualTable } from '@/components/ui/virtual-table'
import type { OperatorDto } from '@/lib/team/input'
import { operatorQueries } from '@/lib/queries/operators'
import { InviteDialog } from './invite-dialog'
import {
  activeOperatorConditions,
  invitationEnded,
  lacksFactor,
  readOperatorView,
  toOperatorQuery,
  worstFirst,
  writeOperatorView,
  type OperatorView,
} from './operator-filter'
import { OPERATOR_COLUMNS, OperatorCard, operatorHref } from './operators-columns'
import { OperatorsFilterBar, OperatorsNoMatch, OperatorsSummary } from './operators-filter-bar'

/** The address is the view: every change is written there, and nothing else keeps it. */
function useView(): [view: OperatorView, change: (change: Partial<OperatorView>) => void] {
  const view = readOperatorView(useSearchParams())
  const change = (part: Partial<OperatorView>): void =>
    window.history.replaceState(
      null,
      '',
      `/settings/operators${writeOperatorView({ ...readOperatorView(new URLSearchParams(window.location.search)), ...part })}`,
    )
  return [view, change]
}

/** Who may sign in, and what they may do where. */
export function OperatorsPage() {
  const [view, change] = useView()
  const [inviting, setInviting] = useState(false)
  const searchRef = useRef<HTMLInputElement>(null)
  const asked = useSettled(writeOperatorView(view))
  const list = useInfiniteQuery({ ...operatorQueries.list(toOperatorQuery(readOperatorView(new URLSearchParams(asked)))), placeholderData: keepPreviousData })
  const first = list.data?.pages[0]
  const rows = list.data?.pages.flatMap((page) => page.items) ?? []
  const conditions = activeOperatorConditions(view)
  const alone = first?.total === 1 && rows[0]?.isYou === true && conditions.length === 0
  useSingleKey('/', () => searchRef.current?.focus())
  const invite = (
    <Button icon={UserPlus} variant={alone ? 'primary' : 'secondary'} onClick={() => setInviting(true)}>
      Invite an operator
    </Button>
  )
  return (
    <>
      <h2 className="sr-only">Operators</h2>
      <OperatorsFilterBar view={view} onChange={change} searchRef={searchRef}>
        {!alone && invite}
      </OperatorsFilterBar>
      <ProblemNotice error={list.error} retry={() => void list.refetch()} className="mx-5 mb-3 max-md:mx-4" />
      {first === undefined ? (
        list.isPending && (
          <>
            <div className="h-9" />
            <SkeletonRows rows={10} columns={6} />
          </>
        )
      ) : (
        <>
          <OperatorsSummary rows={rows} total={first.total} filtered={conditions.length > 0} />
          {rows.length === 0 ? (
            <OperatorsNoMatch conditions={conditions} onChange={change} />
          ) : (
            <Rows key={asked} rows={rows} total={first.total} sorted={!list.hasNextPage} />
          )}
          {alone && (
            <Empty title="Nobody else works here yet" action={invite}>
              An invitation is a link that you hand over yourself. Each operator gets a role for all customers, or for chosen ones.
            </Empty>
          )}
          <LoadMore more={list.hasNextPage} busy={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()} what="operators" />
        </>
      )}
      {inviting && <InviteDialog onClose={() => setInviting(false)} />}
    </>
  )
}

const keyOf = (row: OperatorDto): string => row.id

/** Worst first once all are there; a page at a time they keep the order of the server, so that none is shown twice. */
function Rows({ rows, total, sorted }: { rows: readonly OperatorDto[]; total: number; sorted: boolean }) {
  const router = useRouter()
  const nowMs = useNow() ?? 0
  const [activeKey, setActiveKey] = useState<string | null>(null)
  const shown = sorted ? worstFirst(rows, nowMs) : rows
  const move = (step: number): void => {
    const at = shown.findIndex((row) => row.id === activeKey)
    const next = shown[at < 0 ? 0 : Math.min(Math.max(at + step, 0), shown.length - 1)]
    if (!next) return
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    setActiveKey(next.id)
  }
  useSingleKey('j', () => move(1))
  useSingleKey('k', () => move(-1))
  useSingleKey('Escape', () => {
    setActiveKey(null)
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
  })
  return (
    <VirtualTable
      caption="Operators"
      rows={shown}
      total={total}
      columns={OPERATOR_COLUMNS}
      rowKey={keyOf}
      rail={(row) => ((row.state === 'active' && lacksFactor(row)) || invitationEnded(row, nowMs) ? 'warn' : null)}
      card={(row) => <OperatorCard operator={row} />}
      onOpen={(row) => router.push(operatorHref(row.id))}
      activeKey={activeKey}
      onActive={setActiveKey}
    />
  )
}
