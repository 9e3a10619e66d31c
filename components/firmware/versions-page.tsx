'use client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useBulk } from '@/components/bulk/use-bulk'
import { reasonWithout } from '@/components/firewalls/detail/permissions'
import { useUrlParam } from '@/components/firewalls/detail/use-url-param'
import { useCustomerScope } from '@/components/layout/customer-scope'
import { PageHeader } from '@/components/layout/page-header'
import { FirmwareTabs } from '@/components/plans/firmware-tabs'
import { arriving } from '@/components/ui/arriving'
import { Button } from '@/components/ui/button'
import { ButtonLink } from '@/components/ui/button-link'
import { Empty } from '@/components/ui/empty'
import { FilterSelect } from '@/components/ui/filter-select'
import { ProblemNotice } from '@/components/ui/problem'
import { SkeletonRows } from '@/components/ui/skeleton'
import { VirtualTable } from '@/components/ui/virtual-table'
import type { AdvisoryList } from '@/lib/advisories/dto'
import type { Role } from '@/lib/auth/roles'
import type { VersionRow, VersionsDto } from '@/lib/firmware/dto'
import type { VersionHoldDto } from '@/lib/plans/dto'
import { firmwareQueries } from '@/lib/queries/firmware'
import { planQueries } from '@/lib/queries/plans'
import { AdvisoriesPart, fileWords } from './advisories-part'
import { VersionCard, versionColumns, versionRail, type RowActs } from './version-columns'
import { isShown, SHOWN, SHOWN_WORDS, versionKey, versionsSentence } from './version-words'

const VersionDetail = arriving(() => import('./version-detail').then((module) => module.VersionDetail))
const HeldVersions = arriving(() => import('./held-versions').then((module) => module.HeldVersions))
const BulkProgress = arriving(() => import('@/components/bulk/bulk-progress').then((module) => module.BulkProgress))
const SHOWN_CHOICES = SHOWN.map((value) => ({ value, label: SHOWN_WORDS[value] }))

/** Which versions run in the fleet, what is wrong with them, and a way to a plan from each. */
export function VersionsPage({ role }: { role: Role }) {
  const { customerId, within } = useCustomerScope()
  const query = useQuery({ ...firmwareQueries.versions(customerId), placeholderData: keepPreviousData })
  const advisories = useQuery({ ...firmwareQueries.advisories(customerId), placeholderData: keepPreviousData })
  const holds = useQuery({ ...planQueries.holds({ customerId }), placeholderData: keepPreviousData })
  return (
    <>
      <PageHeader title="Versions" crumbs={[{ label: 'Firmware', href: within('/firmware/plans') }]} />
      <FirmwareTabs />
      <ProblemNotice error={query.error ?? advisories.error ?? holds.error} retry={() => void Promise.all([query.refetch(), advisories.refetch(), holds.refetch()])} className="mx-5 my-3 max-md:mx-4" />
      {query.isPending && <SkeletonRows rows={8} columns={6} rowHeight={40} />}
      {query.data?.items.length === 0 && (
        <Empty title="No firewall is here yet." action={<ButtonLink href={within('/firewalls/new')} variant="primary">Enrol a firewall</ButtonLink>}>
          Its version stands here after its first visit.
        </Empty>
      )}
      {query.data && query.data.items.length > 0 && <Versions versions={query.data} advisories={advisories.data} holds={holds.data?.items ?? []} role={role} />}
    </>
  )
}

function useFilters(items: readonly VersionRow[]) {
  const [shownText, setShown] = useUrlParam('show')
  const [family, setFamily] = useUrlParam('family')
  const shown = SHOWN.find((each) => each === shownText)
  const families = [...new Map(items.map((row) => [row.family, row.familyLabel]))].map(([value, label]) => ({ value, label }))
  return {
    rows: items.filter((row) => (family === '' || row.family === family) && (shown === undefined || isShown(row, shown))),
    clear: () => (setShown(''), setFamily('')),
    selects: (
      <span className="flex flex-wrap gap-2">
        <FilterSelect label="Show" value={shown ?? ''} choices={SHOWN_CHOICES} onChange={setShown} />
        <FilterSelect label="Family" value={family} choices={families} onChange={setFamily} />
      </span>
    ),
  }
}

type VersionsProps = { versions: VersionsDto; advisories: AdvisoryList | undefined; holds: readonly VersionHoldDto[]; role: Role }

function Versions({ versions: { items, truncated }, advisories, holds, role }: VersionsProps) {
  const { customerId, within } = useCustomerScope()
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(new Set())
  const { begin, busy, open, putAway } = useBulk()
  const { rows, selects, clear } = useFilters(items)
  const onToggle = (key: string): void => setExpanded((before) => new Set(before.has(key) ? [...before].filter((each) => each !== key) : [...before, key]))
  const acts: RowActs = { within, mayPlan: reasonWithout(role, 'update:plan') === null, expanded, onToggle }
  const check = ({ where }: VersionRow): void => begin({ act: 'check', query: `${where ?? ''}${customerId === null ? '' : `&customerId=${customerId}`}` })
  const detail = (row: VersionRow) => (
    <VersionDetail row={row} advisories={advisories?.items.filter(({ id }) => row.advisories.ids.includes(id)) ?? []} holds={holds} within={within} mayPlan={acts.mayPlan} askReason={reasonWithout(role, 'firewall:ask')} busy={busy} onCheck={() => check(row)} />
  )
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-6 gap-y-2 px-5 py-3 max-md:px-4">
        <p role="status" className="min-w-0 flex-1 basis-80 text-lg font-semibold">
          {versionsSentence(items)}
        </p>
        {selects}
      </div>
      {holds.length > 0 && <HeldVersions items={holds} className="pb-4" />}
      {advisories && <AdvisoriesPart list={advisories} within={within} />}
      {rows.length === 0 ? (
        <Empty title="No version is like this." action={<Button onClick={clear}>Show all versions</Button>} />
      ) : (
        <VirtualTable rows={rows} columns={versionColumns(acts)} rowKey={versionKey} caption="Versions, the worst first" rowHeight={40} rail={versionRail} card={(row) => <VersionCard row={row} acts={acts} />} expanded={expanded} renderExpanded={detail} onOpen={(row) => onToggle(versionKey(row))} />
      )}
      <p className="px-5 py-3 text-xs text-text-3 max-md:px-4">
        {truncated && 'More versions run than are shown; those on most firewalls are. '}
        {advisories && fileWords(advisories)}
      </p>
      {open !== null && <BulkProgress bulk={open} busy={busy} onStart={begin} onPutAway={() => putAway(open)} />}
    </>
  )
}
