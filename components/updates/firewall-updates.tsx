'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { LookWord, lookRail } from '@/components/firewalls/detail/looks'
import { useFirewall } from '@/components/firewalls/detail/firewall-context'
import { useCustomerScope } from '@/components/layout/customer-scope'
import { Age } from '@/components/ui/age'
import { LoadMore } from '@/components/ui/load-more'
import { ProblemNotice } from '@/components/ui/problem'
import { VirtualTable, type Column } from '@/components/ui/virtual-table'
import { formatDateTime } from '@/lib/format/dates'
import { updateQueries } from '@/lib/queries/updates'
import type { UpdateJobDto } from '@/lib/updates/dto'
import { updateLook } from './update-looks'

const installs = ({ kind, fromVersion, toVersion }: UpdateJobDto): string => (kind === 'reboot' ? 'reboot only' : [fromVersion, toVersion].filter((version) => version !== null).join(' to '))
const outcome = (job: UpdateJobDto) => <LookWord look={updateLook(job.state)} reason={job.message} />

/** Updates of this firewall by plans, the newest first. */
export function FirewallUpdates() {
  const { firewall } = useFirewall()
  const { within } = useCustomerScope()
  const list = useInfiniteQuery(updateQueries.list({ firewallId: firewall.id }))
  const jobs = list.data?.pages.flatMap(({ items }) => items)
  const link = ({ plan, id }: UpdateJobDto) => (
    <Link href={within(`/firmware/plans/${plan.id}?job=${id}`)} className="font-medium hover:underline">
      {plan.name}
    </Link>
  )
  const columns: Column<UpdateJobDto>[] = [
    { id: 'plan', head: 'Plan', cell: link },
    { id: 'installs', head: 'Installs', width: '18%', cell: installs },
    { id: 'state', head: 'State', width: '36%', cell: (job) => <span title={job.message ?? undefined}>{outcome(job)}</span> },
    { id: 'when', head: 'When', width: '140px', cell: (job) => (job.state === 'scheduled' && job.startsAt !== null ? formatDateTime(job.startsAt) : <Age at={job.stateSince} zone={firewall.timeZone} />) },
  ]
  if (list.error) return <ProblemNotice error={list.error} retry={() => void list.refetch()} className="mx-5 max-md:mx-3" />
  if (!jobs) return null
  return (
    <section aria-labelledby="updates" className="pb-5">
      <h3 id="updates" className="px-5 pb-2 font-semibold max-md:px-3">
        Updates by plans
      </h3>
      {jobs.length === 0 ? (
        <p className="px-5 text-text-3 max-md:px-3">No plan has updated this firewall yet.</p>
      ) : (
        <VirtualTable
          caption="Updates of this firewall by plans"
          rows={jobs}
          columns={columns}
          rowKey={({ id }) => id}
          rail={(job) => lookRail(updateLook(job.state))}
          card={(job) => (
            <>
              <span className="flex justify-between gap-3">
                <span className="truncate">{link(job)}</span>
                <Age at={job.stateSince} zone={firewall.timeZone} />
              </span>
              <span className="flex justify-between gap-3 text-xs text-text-2">
                <span className="min-w-0 truncate">{outcome(job)}</span>
                <span className="shrink-0">{installs(job)}</span>
              </span>
            </>
          )}
        />
      )}
      <LoadMore more={list.hasNextPage} busy={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()} what="updates" />
    </section>
  )
}
