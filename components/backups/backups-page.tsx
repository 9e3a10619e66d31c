'use client'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { usePathname, useSearchParams } from 'next/navigation'
import { useMemo, useRef } from 'react'
import { useSingleKey } from '@/components/firewalls/detail/use-single-key'
import { useCustomerScope } from '@/components/layout/customer-scope'
import { PageHeader } from '@/components/layout/page-header'
import { Button } from '@/components/ui/button'
import { ButtonLink } from '@/components/ui/button-link'
import { Empty } from '@/components/ui/empty'
import { FilterSelect } from '@/components/ui/filter-select'
import { Kbd } from '@/components/ui/kbd'
import { LoadMore } from '@/components/ui/load-more'
import { ProblemNotice } from '@/components/ui/problem'
import { SearchInput } from '@/components/ui/search-input'
import { SkeletonRows } from '@/components/ui/skeleton'
import { useSettled } from '@/components/ui/use-settled'
import type { BackupCounts } from '@/lib/backups/dto'
import { BACKUP_STATES } from '@/lib/backups/states'
import { backupQueries } from '@/lib/queries/backups'
import { backupsSentence, STATE_CHOICES } from './backup-words'
import { BackupsTabs } from './backups-tabs'
import { readBackupsView, writeBackupsView, type BackupsView } from './backups-view'
import { FleetList } from './fleet-list'

/** Which firewalls have a backup, the worst first. The address is the view. */
export function BackupsPage() {
  const path = usePathname()
  const { customerId } = useCustomerScope()
  const view = readBackupsView(useSearchParams())
  const field = useRef<HTMLInputElement>(null)
  const search = useSettled(view.search.trim())
  const scope = { ...(customerId !== null && { customerId }) }
  const filter = { ...scope, ...(search !== '' && { search }), ...(view.state !== null && { state: view.state }) }
  const list = useInfiniteQuery({ ...backupQueries.states(filter), placeholderData: keepPreviousData })
  const counts = useQuery(backupQueries.counts(scope)).data
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data])
  const change = (part: Partial<BackupsView>): void => window.history.replaceState(null, '', path + writeBackupsView(window.location.search, part))
  useSingleKey('/', () => field.current?.focus())
  const filtered = search !== '' || view.state !== null
  return (
    <>
      <PageHeader title="Backups" />
      <BackupsTabs />
      <Opening counts={counts} />
      {counts?.total !== 0 && (
        <div role="search" aria-label="Filter the backups" className="flex flex-wrap items-center gap-2 px-5 pb-3 max-md:px-4">
          <SearchInput
            label="Search firewall, customer"
            placeholder="Firewall, customer"
            value={view.search}
            onChange={(text) => change({ search: text })}
            inputRef={field}
            className="max-w-md min-w-52 flex-1"
          >
            <Kbd>/</Kbd>
          </SearchInput>
          <FilterSelect
            label="State"
            value={view.state ?? ''}
            choices={choicesOf(counts)}
            onChange={(text) => change({ state: BACKUP_STATES.find((state) => state === text) ?? null })}
          />
          <span className="ml-auto text-xs text-text-3 max-lg:hidden">Worst first</span>
        </div>
      )}
      <ProblemNotice error={list.error} retry={() => void list.refetch()} className="mx-5 mb-3 max-md:mx-4" />
      {list.isPending && <SkeletonRows rows={14} columns={6} />}
      {list.data && rows.length > 0 && <FleetList rows={rows} total={list.data.pages[0]?.total ?? rows.length} query={JSON.stringify(filter)} />}
      {list.data && rows.length === 0 && <NoRows filtered={filtered} onClear={() => change({ search: '', state: null })} />}
      <LoadMore more={list.hasNextPage} busy={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()} what="firewalls" />
    </>
  )
}

/** What is wrong, before the list shows where. Its height is there from the beginning. */
function Opening({ counts }: { counts: BackupCounts | undefined }) {
  const { first, rest } = counts === undefined ? { first: '', rest: '' } : backupsSentence(counts)
  return (
    <div role="status" className="min-h-14 px-5 pt-4 pb-3 max-md:px-4">
      <p className="text-lg font-semibold">{first}</p>
      {rest !== '' && <p className="text-text-2">{rest}</p>}
    </div>
  )
}

/** Each state with how many there are. */
const choicesOf = (counts: BackupCounts | undefined): { value: string; label: string }[] =>
  STATE_CHOICES.map(({ value, label }) => ({ value, label: counts === undefined ? label : `${label} (${counts.states[value]})` }))

function NoRows({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  return filtered ? (
    <Empty title="No firewall matches." action={<Button onClick={onClear}>Remove the conditions</Button>}>
      None has this in its name or in that of its customer, and stands like this.
    </Empty>
  ) : (
    <Empty title="There is no firewall yet." action={<ButtonLink href="/firewalls/new">Enrol a firewall</ButtonLink>}>
      Once one is enrolled, Palisade keeps its configuration each night, and whenever you ask for it.
    </Empty>
  )
}
