'use client'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { usePathname, useSearchParams } from 'next/navigation'
import { useMemo, useState } from 'react'
import { checkConditions } from '@/components/filter/check-conditions'
import { FilterBar } from '@/components/filter/filter-bar'
import { toggled } from '@/components/firewalls/detail/toggled'
import { useCustomerScope } from '@/components/layout/customer-scope'
import { LoadMore } from '@/components/ui/load-more'
import { ProblemNotice } from '@/components/ui/problem'
import { SkeletonRows } from '@/components/ui/skeleton'
import { VirtualTable } from '@/components/ui/virtual-table'
import { ApiError } from '@/lib/core/api-error'
import { FACT_SORTS } from '@/lib/fleet-lists/input'
import { factExportHref, factQueries, type FactItems, type FactListName, type FactView } from '@/lib/queries/fleet-lists'
import type { Pair } from '@/lib/query-language/parse'
import { FactDetails } from './fact-details'
import { FactEmpty } from './fact-empty'
import type { FactLook } from './fact-look'
import { FactSummary } from './fact-summary'
import { DEFAULT_SORT, readFactView, writeFactView } from './fact-view'
import { columnsOf, FirewallLink, firewallHref, ReadAge } from './where-columns'

/** The address is the view: every change is written there, and nothing else keeps it. */
function useFactView(): [view: FactView, change: (change: Partial<FactView>) => void] {
  const path = usePathname()
  const view = readFactView(new URLSearchParams(useSearchParams()))
  const change = (part: Partial<FactView>): void => {
    const now = new URLSearchParams(window.location.search)
    window.history.replaceState(null, '', path + writeFactView({ ...readFactView(now), ...part }, now))
  }
  return [view, change]
}

/** What is wrong with the question, where the server said so of a field; null for every other failure. */
const faultsOf = (error: Error | null) => (error instanceof ApiError && error.status === 400 && error.issues.length > 0 ? error.issues : null)

/** The list; where the server refuses a condition, the list without it, and what is wrong with it. */
function useFacts<L extends FactListName>(list: L, view: FactView) {
  const whole = useInfiniteQuery({ ...factQueries.list(list, view), placeholderData: keepPreviousData })
  const faults = faultsOf(whole.error)
  const rest = view.conditions.filter(([name]) => faults?.every(({ field }) => field !== name) !== false)
  const partial = faults !== null && rest.length < view.conditions.length
  const without = useInfiniteQuery({ ...factQueries.list(list, { ...view, conditions: rest }), placeholderData: keepPreviousData, enabled: partial })
  return partial ? { facts: without, faults } : { facts: whole, faults: null }
}

/** Everything of one kind that stands on firewalls, found by the query language. */
export function FactList<L extends FactListName>({ look }: { look: FactLook<L> }) {
  const { list, keyOf, line, one, many } = look
  const { customerId, within } = useCustomerScope()
  const [view, change] = useFactView()
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const { valid } = checkConditions(list, view.conditions)
  const asked: FactView = { ...view, conditions: [...valid, ...(customerId === null ? [] : [['customer__id', customerId] as const])] }
  const { facts, faults } = useFacts(list, asked)
  const first = facts.data?.pages[0]
  const rows = useMemo(() => facts.data?.pages.flatMap((page) => page.items) ?? [], [facts.data])
  const columns = columnsOf(look, within)
  const rowKey = (item: FactItems[L]): string => `${item.firewall.id} ${keyOf(item)} ${item.goneAt ?? ''}`
  const add = (pair: Pair): void => change({ conditions: [...view.conditions.filter(([name, value]) => name !== pair[0] || value !== pair[1]), pair] })

  return (
    <section aria-label={look.caption}>
      <h2 className="sr-only">{look.caption}</h2>
      <FilterBar
        list={list}
        conditions={view.conditions}
        onChange={(conditions) => change({ conditions })}
        customerId={customerId}
        {...(faults && { faults })}
        className="mx-5 my-3 max-md:mx-4"
      />
      {facts.error && <ProblemNotice error={facts.error} retry={() => void facts.refetch()} className="mx-5 my-3" />}
      {first === undefined ? (
        facts.isPending && <SkeletonRows rows={14} columns={8} />
      ) : (
        <>
          <FactSummary
            one={one}
            many={many}
            total={first.total}
            atLeast={first.totalIsAtLeast === true}
            truncated={first.truncated === true}
            loaded={rows.length}
            gone={view.gone}
            onGone={(gone) => change({ gone })}
            sort={view.sort}
            onSort={(text) => change({ sort: FACT_SORTS.find((sort) => sort === text) ?? DEFAULT_SORT })}
            copied={() => rows.map((item) => `${item.firewall.name}\t${item.customer.name}\t${line(item).replace(/\s+/g, ' ')}\n`).join('')}
            exportHref={factExportHref(list, asked)}
          />
          {rows.length === 0 ? (
            <FactEmpty
              many={many}
              conditions={valid}
              scoped={customerId !== null}
              gone={view.gone}
              onChange={(conditions) => change({ conditions })}
              onGone={() => change({ gone: true })}
            />
          ) : (
            <VirtualTable
              caption={look.caption}
              rows={rows}
              total={first.total}
              columns={columns}
              rowKey={rowKey}
              expanded={open}
              renderExpanded={(item) => <FactDetails list={list} item={item} href={within(firewallHref(item, look.pageOf(item)))} onAdd={add} />}
              onOpen={(item) => setOpen(toggled(rowKey(item)))}
              activeKey={null}
              sort={view.sort}
              onSort={(text) => change({ sort: FACT_SORTS.find((sort) => sort === text) ?? DEFAULT_SORT })}
              card={(item) => <FactCard item={item} look={look} within={within} />}
            />
          )}
          <LoadMore more={facts.hasNextPage} busy={facts.isFetchingNextPage} onMore={() => void facts.fetchNextPage()} what={many} />
        </>
      )}
    </section>
  )
}

/** Two lines for 390 px. */
function FactCard<L extends FactListName>({ item, look, within }: { item: FactItems[L]; look: FactLook<L>; within: (href: string) => string }) {
  const { first, second } = look.card(item)
  const struck = item.goneAt === null ? '' : 'line-through text-text-3'
  return (
    <>
      <span className="flex items-center justify-between gap-3">
        <span className={`min-w-0 truncate ${struck}`}>{first}</span>
        <span className="shrink-0 text-xs">
          <ReadAge list={look.list} item={item} />
        </span>
      </span>
      <span className="flex items-center justify-between gap-3 text-xs">
        <FirewallLink item={item} page={look.pageOf(item)} within={within} className="-my-2 max-w-[45%] shrink-0 truncate py-2" />
        <span className={`min-w-0 truncate text-text-2 ${struck}`}>{second}</span>
      </span>
    </>
  )
}
