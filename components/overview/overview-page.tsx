'use client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { FleetEmpty } from '@/components/firewalls/fleet-empty'
import { useCustomerScope } from '@/components/layout/customer-scope'
import { scoped } from '@/components/layout/scope-address'
import { PageHeader } from '@/components/layout/page-header'
import { ButtonLink } from '@/components/ui/button-link'
import { Empty } from '@/components/ui/empty'
import { ProblemNotice } from '@/components/ui/problem'
import { SkeletonRows } from '@/components/ui/skeleton'
import { useNow } from '@/components/ui/use-now'
import { roleMay } from '@/lib/auth/roles'
import { formatCount } from '@/lib/format/numbers'
import type { Overview } from '@/lib/overview/dto'
import { overviewQueries } from '@/lib/queries/overview'
import { useMe } from '@/lib/queries/use-me'
import { AlertsLine } from '@/components/alerts/alerts-line'
import { FleetMap } from './fleet-map'
import { headline, worstSentence } from './headline'
import { LatestEvents } from './latest'
import { Ledgers } from './ledgers'

/** What an operator opens the day with. */
export function OverviewPage() {
  const { customerId } = useCustomerScope()
  const overview = useQuery({ ...overviewQueries.read(customerId), placeholderData: keepPreviousData })
  return (
    <>
      <PageHeader title="Overview" />
      <ProblemNotice error={overview.error} retry={() => void overview.refetch()} className="mx-5 my-3" />
      {overview.isPending && <SkeletonRows rows={14} columns={4} rowHeight={40} />}
      {overview.data && (overview.data.total === 0 ? <NothingYet overview={overview.data} /> : <Fleet overview={overview.data} />)}
    </>
  )
}

function NothingYet({ overview: { customer } }: { overview: Overview }) {
  const me = useMe()
  const mayEnrol = me !== undefined && roleMay(me.role, 'firewall:manage')
  if (customer === null) return <FleetEmpty mayEnrol={mayEnrol} />
  return (
    <Empty
      title={`${customer.name} has no firewall yet`}
      action={
        <>
          {mayEnrol && (
            <ButtonLink href={scoped('/firewalls/new', customer.id)} variant="primary">
              Enrol a firewall
            </ButtonLink>
          )}
          <ButtonLink href="/">Show all customers</ButtonLink>
        </>
      }
    >
      {mayEnrol ? 'It takes about a minute, and changes nothing on the firewall.' : 'An admin can enrol one.'}
    </Empty>
  )
}

function Fleet({ overview }: { overview: Overview }) {
  return (
    <div className="xl:grid xl:min-h-[calc(100dvh-48px)] xl:grid-cols-[minmax(0,1fr)_304px]">
      <div className="min-w-0">
        <Sentence overview={overview} />
        <AlertsLine />
        <Ledgers ledgers={overview.ledgers} />
        <FleetMap customers={overview.customers} quiet={overview.quiet} />
      </div>
      <aside aria-label="What happened last" className="border-line max-xl:border-t max-xl:pb-6 xl:border-l">
        <LatestEvents />
      </aside>
    </div>
  )
}

/** What is wrong and where it is worst, before any number. */
function Sentence({ overview }: { overview: Overview }) {
  const nowMs = useNow()
  const { within } = useCustomerScope()
  const { answering, updates, total, customers, customer } = overview
  const [first] = customers
  const isSerious = first !== undefined && first.ledgers.broken + first.ledgers.waits > 0
  return (
    <div className="flex flex-col gap-1 px-5 pt-4 pb-5 max-md:px-4">
      <h2 className="text-lg font-semibold">{headline(overview)}</h2>
      <p className="text-text-2">
        <Link href={within(`/firewalls?${answering.where}`)} className="hover:underline">
          {formatCount(answering.count)} of {formatCount(total)} answered at the last visit.
        </Link>{' '}
        {updates.count > 0 && (
          <>
            <Link href={within(`/firewalls?${updates.where}`)} className="hover:underline">
              Updates are offered for {formatCount(updates.count)}.
            </Link>{' '}
          </>
        )}
        {isSerious && customer === null && customers.length > 1 && (
          <>
            Worst:{' '}
            <Link href={scoped('/', first.id)} className="text-act hover:underline">
              {first.name}
            </Link>
            , {worstSentence(first, nowMs)}.
          </>
        )}
      </p>
    </div>
  )
}
