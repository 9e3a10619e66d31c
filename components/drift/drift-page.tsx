'use client'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useMemo, useRef, useState } from 'react'
import { BackupsTabs } from '@/components/backups/backups-tabs'
import { compareHref } from '@/components/configuration-diff/compare-href'
import { reasonWithout, roleAt } from '@/components/firewalls/detail/permissions'
import { useSingleKey } from '@/components/firewalls/detail/use-single-key'
import { useUrlParam } from '@/components/firewalls/detail/use-url-param'
import { useCustomerScope } from '@/components/layout/customer-scope'
import { PageHeader } from '@/components/layout/page-header'
import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { FilterSelect } from '@/components/ui/filter-select'
import { Kbd } from '@/components/ui/kbd'
import { ProblemNotice } from '@/components/ui/problem'
import { SearchInput } from '@/components/ui/search-input'
import { SkeletonRows } from '@/components/ui/skeleton'
import { useMedia } from '@/components/ui/use-media'
import { useSettled } from '@/components/ui/use-settled'
import type { DriftDto } from '@/lib/drift/dto'
import { DRIFT_SORTS } from '@/lib/drift/input'
import { driftQueries } from '@/lib/queries/drift'
import { useMe } from '@/lib/queries/use-me'
import { AcceptDialog } from './accept-dialog'
import { DriftList } from './drift-list'
import { DriftPanel } from './drift-panel'
import { driftSentence, itemWords, nextAfter } from './drift-words'

/** Beside each other from here on; below it the list alone, whose rows open the comparison. */
const WIDE = '(min-width: 70rem)'
const SORT_CHOICES = [
  { value: 'since', label: 'Longest first' },
  { value: '-items', label: 'Most things first' },
] as const

/** Configurations that changed since someone accepted them, to be looked at one after the other. */
export function DriftPage() {
  const router = useRouter()
  const me = useMe()
  const wide = useMedia(WIDE)
  const { customerId, within } = useCustomerScope()
  const [search, setSearch] = useUrlParam('search')
  const [sortText, setSort] = useUrlParam('sort')
  const [chosen, setChosen] = useUrlParam('firewall')
  const [accepting, setAccepting] = useState<DriftDto | null>(null)
  // The focus follows the keys, so that Enter opens the row that they went to.
  const [byKey, setByKey] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const asked = useSettled(search.trim())
  const sort = DRIFT_SORTS.find((each) => each === sortText) ?? '-since'
  const list = useInfiniteQuery({
    ...driftQueries.list({ sort, ...(customerId !== null && { customerId }), ...(asked !== '' && { search: asked }) }),
    placeholderData: keepPreviousData,
  })
  const drifts = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data])
  const ids = drifts.map(({ firewall }) => firewall.id)
  const active = drifts.find(({ firewall }) => firewall.id === chosen) ?? (wide ? drifts[0] : undefined)
  const reasonOf = (drift: DriftDto): string | null => (me ? reasonWithout(roleAt(me, drift.customer.id), 'backup:read') : null)
  const hrefOf = ({ acceptedBackupId, newestBackupId }: DriftDto): string | null =>
    acceptedBackupId === null ? null : within(compareHref(acceptedBackupId, newestBackupId))
  const open = (drift: DriftDto): void => router.push(hrefOf(drift) ?? within(`/firewalls/${drift.firewall.id}/backups`))
  const move = (step: number): void => {
    const at = active === undefined ? -1 : drifts.indexOf(active)
    const next = drifts[at < 0 ? 0 : Math.min(Math.max(at + step, 0), drifts.length - 1)]
    if (next) setChosen(next.firewall.id)
    setByKey(true)
    if (at + step >= drifts.length - 1 && list.hasNextPage && !list.isFetchingNextPage) void list.fetchNextPage()
  }
  useSingleKey('j', () => move(1))
  useSingleKey('k', () => move(-1))
  useSingleKey('a', () => active && reasonOf(active) === null && setAccepting(active))
  useSingleKey('/', () => field.current?.focus())

  const first = list.data?.pages[0]
  return (
    <>
      <PageHeader title="Drift" crumbs={[{ label: 'Backups', href: within('/backups') }]} />
      <BackupsTabs />
      {first && (
        <p role="status" className="px-5 pt-4 text-lg font-semibold max-md:px-4">
          {driftSentence(first.total, first.totalIsAtLeast === true, asked !== '')}
        </p>
      )}
      {(drifts.length > 0 || asked !== '') && (
        <div role="search" aria-label="Filter the drift" className="flex flex-wrap items-center gap-2 px-5 py-3 max-md:px-4">
          <SearchInput
            label="Search firewall, customer, who"
            placeholder="Firewall, customer, who"
            value={search}
            onChange={setSearch}
            inputRef={field}
            className="max-w-md min-w-52 flex-1"
          >
            <Kbd>/</Kbd>
          </SearchInput>
          <FilterSelect label="Newest first" value={sort === '-since' ? '' : sort} choices={SORT_CHOICES} onChange={setSort} />
          <span className="ml-auto flex items-center gap-1.5 text-xs text-text-3 max-lg:hidden">
            <Kbd>j</Kbd>
            <Kbd>k</Kbd> move <Kbd>a</Kbd> accept <Kbd>↵</Kbd> open
          </span>
        </div>
      )}
      <ProblemNotice error={list.error} retry={() => void list.refetch()} className="mx-5 my-3 max-md:mx-4" />
      {list.isPending && <SkeletonRows rows={10} columns={3} rowHeight={60} />}
      {first && drifts.length === 0 && <NoDrift searched={asked} onClear={() => setSearch('')} />}
      {drifts.length > 0 && (
        <div className="grid grid-cols-[minmax(0,1fr)] border-t border-line-2 lg:grid-cols-[24rem_minmax(0,1fr)]">
          <DriftList
            drifts={drifts}
            active={active?.firewall.id ?? null}
            takesFocus={byKey}
            onChoose={(drift) => (wide ? setChosen(drift.firewall.id) : open(drift))}
            onOpen={open}
            more={list.hasNextPage}
            busy={list.isFetchingNextPage}
            onMore={() => void list.fetchNextPage()}
          />
          {wide && active && (
            <div className="min-w-0 border-l border-line">
              <DriftPanel
                key={`${active.firewall.id} ${active.newestBackupId}`}
                drift={active}
                href={hrefOf(active)}
                backupsHref={within(`/firewalls/${active.firewall.id}/backups`)}
                reason={reasonOf(active)}
                onAccept={() => setAccepting(active)}
              />
            </div>
          )}
        </div>
      )}
      {accepting && (
        <AcceptDialog
          firewall={accepting.firewall}
          backupId={accepting.newestBackupId}
          what={`${itemWords(accepting.items)} changed`}
          onClose={() => setAccepting(null)}
          onAccepted={() => setChosen(nextAfter(ids, accepting.firewall.id) ?? '')}
        />
      )}
    </>
  )
}

function NoDrift({ searched, onClear }: { searched: string; onClear: () => void }) {
  return searched === '' ? (
    <Empty title="Nothing to look at.">
      A firewall stands here when its newest backup differs from the one that an operator accepted last. Until someone accepts one, that is the first backup.
    </Empty>
  ) : (
    <Empty title="No firewall matches." action={<Button onClick={onClear}>Remove the search text</Button>}>
      No firewall that changed has “{searched}” in its name, in that of its customer or of who changed it.
    </Empty>
  )
}
