'use client'
import { useQuery } from '@tanstack/react-query'
import { useSearchParams } from 'next/navigation'
import { AcceptHere } from '@/components/drift/accept-here'
import { useCustomerScope } from '@/components/layout/customer-scope'
import { PageHeader } from '@/components/layout/page-header'
import { ButtonLink } from '@/components/ui/button-link'
import { CopyButton } from '@/components/ui/copy-button'
import { Empty } from '@/components/ui/empty'
import { Notice } from '@/components/ui/notice'
import { ProblemNotice } from '@/components/ui/problem'
import { SkeletonRows } from '@/components/ui/skeleton'
import { usePhone } from '@/components/ui/use-media'
import type { Comparison } from '@/lib/configuration/dto'
import { ApiError } from '@/lib/queries/client'
import { compareQueries } from '@/lib/queries/compare'
import { ComparisonBody } from './comparison-body'
import { compareHref, sidesOf } from './compare-href'
import { differenceSentence } from './diff-words'
import { SidesHead } from './sides-head'
import { useCompareView } from './use-compare-view'

/** Two configurations beside each other. The address holds both, and what of them is shown. */
export function ComparePage() {
  const params = useSearchParams()
  const { within } = useCustomerScope()
  const sides = sidesOf(params)
  const phone = usePhone()
  return (
    <>
      <PageHeader title="Compare" crumbs={[{ label: 'Backups', href: within('/backups') }]}>
        {sides !== null && <CopyButton text={() => window.location.href} label="Copy the link" size="md" iconOnly={phone} />}
      </PageHeader>
      {sides === null ? (
        <Empty title="Choose two backups to compare." action={<ButtonLink href={within('/backups')}>All backups</ButtonLink>}>
          Open the backups of a firewall and choose one as before and one as after.
        </Empty>
      ) : (
        <TwoSides key={`${sides.before} ${sides.after}`} {...sides} query={params.toString()} within={within} />
      )}
    </>
  )
}

function TwoSides({ before, after, query, within }: { before: string; after: string; query: string; within: (href: string) => string }) {
  const { data, error, refetch } = useQuery(compareQueries.summary({ before, after }))
  if (error instanceof ApiError && error.code === 'not-found') {
    return (
      <Empty title="One of these backups is not there." action={<ButtonLink href={within('/backups')}>All backups</ButtonLink>}>
        It was removed when its time was over, or it belongs to a customer that you do not see.
      </Empty>
    )
  }
  if (error) return <ProblemNotice error={error} retry={() => void refetch()} className="m-5" />
  if (data === undefined) return <SkeletonRows rows={10} columns={3} rowHeight={60} />
  return (
    <>
      <SidesHead comparison={data} swapHref={compareHref(after, before, query)} within={within} />
      <Result comparison={data} query={query} />
    </>
  )
}

function Result({ comparison, query }: { comparison: Comparison; query: string }) {
  const view = useCompareView()
  const { before, after, problem, same, counts } = comparison
  if (problem !== null) {
    return (
      <Notice tone="warn" className="mx-5 max-md:mx-4" title="These two cannot be compared.">
        {problem}
      </Notice>
    )
  }
  if (same) {
    return (
      <>
        <AcceptHere comparison={comparison} />
        <Empty title="Nothing differs." className="pt-2">
          Both say the same in everything that counts. Time stamps that a firewall writes by itself are left out.
        </Empty>
      </>
    )
  }
  const hrefOf = (item: string): string => `${compareHref(before.backupId, after.backupId, query)}&item=${encodeURIComponent(item)}`
  return (
    <>
      <p role="status" className="px-5 pb-3 text-lg font-semibold max-md:px-4">
        {differenceSentence(counts)}
      </p>
      <AcceptHere comparison={comparison} />
      <ComparisonBody comparison={comparison} view={view} hrefOf={hrefOf} />
    </>
  )
}
