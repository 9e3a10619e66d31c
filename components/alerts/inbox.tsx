'use client'
import { useRef } from 'react'
import { useCustomerScope } from '@/components/layout/customer-scope'
import { LoadMore } from '@/components/ui/load-more'
import { ProblemNotice } from '@/components/ui/problem'
import { SkeletonRows } from '@/components/ui/skeleton'
import { useMedia } from '@/components/ui/use-media'
import { roleMay } from '@/lib/auth/roles'
import type { AlertCounts } from '@/lib/alerts/dto'
import { useMe } from '@/lib/queries/use-me'
import { ActDialogs } from './act-dialogs'
import { AlertList } from './alert-list'
import { rowId } from './alert-row'
import { AlertPane } from './alert-pane'
import { hasConditions } from './alert-view'
import { ChosenBar } from './chosen-bar'
import { InboxEmpty } from './inbox-empty'
import { InboxHead } from './inbox-head'
import { NewCritical } from './new-critical'
import { useAlertActs } from './use-alert-acts'
import { useInbox } from './use-inbox'
import { useTriageKeys } from './use-triage-keys'

const WIDE = '(min-width: 80rem)'

/** The list, and beside it the alert under the focus where there is room. */
export function Inbox({ counts, onKeys }: { counts: AlertCounts | undefined; onKeys: () => void }) {
  const me = useMe()
  const wide = useMedia(WIDE)
  const { within } = useCustomerScope()
  const filter = useRef<HTMLDivElement>(null)
  const inbox = useInbox()
  const acts = useAlertActs(inbox.clear)
  const { rows, query, view, selected } = inbox
  const alerts = rows.map(({ alert }) => alert)
  const activeId = inbox.openId ?? (wide ? (alerts[0]?.id ?? null) : null)
  const active = alerts.find(({ id }) => id === activeId) ?? null
  const chosen = alerts.filter(({ id }) => selected.has(id))

  const move = (step: number): void => {
    const at = alerts.findIndex(({ id }) => id === activeId)
    const next = alerts[at < 0 ? 0 : Math.min(Math.max(at + step, 0), alerts.length - 1)]
    if (!next) return
    inbox.open(next.id)
    document.getElementById(rowId(next.id))?.focus()
  }
  const hrefOf = (id: string): string => within(`/alerts/${id}`)
  useTriageKeys({
    inbox,
    acts,
    active,
    chosen,
    move,
    may: me !== undefined && roleMay(me.role, 'alert:act'),
    onKeys,
    onFilter: () => filter.current?.querySelector<HTMLElement>('select')?.focus(),
  })
  const openHere = (id: string): boolean => {
    if (wide) inbox.open(id)
    return wide
  }
  return (
    <div
      className="xl:grid xl:grid-cols-[25.5rem_minmax(0,1fr)]"
      onFocus={() => inbox.setFocused(true)}
      // A dialog takes the focus and gives it back.
      onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && acts.open === null && inbox.setFocused(false)}
    >
      <div className="min-w-0 xl:sticky xl:top-12 xl:flex xl:h-[calc(100dvh-3rem)] xl:flex-col xl:border-r xl:border-line">
        <div ref={filter}>
          <InboxHead view={view} counts={counts} onChange={inbox.change} firewallName={alerts.find(({ firewall }) => firewall.id === view.firewall)?.firewall.name ?? null} />
        </div>
        {/* Rows of the last question say nothing about the next one. */}
        <NewCritical question={inbox.question} alerts={query.isPlaceholderData ? undefined : query.data?.pages[0]?.items} />
        <div className="min-h-0 flex-1 xl:overflow-y-auto">
          {query.error !== null && <ProblemNotice error={query.error} retry={() => void query.refetch()} className="mx-4 my-3" />}
          {query.data === undefined ? (
            query.isPending && <SkeletonRows rows={8} columns={1} rowHeight={60} />
          ) : rows.length === 0 ? (
            <InboxEmpty view={view} counts={counts} filtered={hasConditions(view)} onClear={() => inbox.change({ severity: '', kind: '', firewall: '' })} />
          ) : (
            <AlertList
              rows={rows}
              waiting={inbox.waiting}
              onShowWaiting={inbox.showWaiting}
              grouped={view.tab !== 'resolved'}
              activeId={activeId}
              selected={selected}
              hrefOf={hrefOf}
              onActive={(id) => wide && inbox.open(id)}
              onToggle={inbox.toggle}
              onOpen={openHere}
            />
          )}
          <LoadMore more={query.hasNextPage} busy={query.isFetchingNextPage} onMore={() => void query.fetchNextPage()} what="alerts" />
        </div>
      </div>
      {wide && activeId !== null && <AlertPane id={activeId} acts={acts} />}
      <ChosenBar chosen={chosen} acts={acts} onClear={inbox.clear} />
      <ActDialogs acts={acts} />
    </div>
  )
}
