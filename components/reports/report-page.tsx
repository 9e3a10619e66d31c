'use client'
import { useQuery } from '@tanstack/react-query'
import { ChevronLeft, ChevronRight, Printer } from 'lucide-react'
import { useSearchParams } from 'next/navigation'
import { PageHeader } from '@/components/layout/page-header'
import { Button } from '@/components/ui/button'
import { ButtonLink } from '@/components/ui/button-link'
import { Notice } from '@/components/ui/notice'
import { ProblemNotice } from '@/components/ui/problem'
import { SkeletonRows } from '@/components/ui/skeleton'
import { formatDateTime } from '@/lib/format/dates'
import { reportQueries } from '@/lib/queries/reports'
import type { ReportDto } from '@/lib/reports/dto'
import { monthAfter } from '@/lib/reports/month'
import { ReportBody } from './report-body'
import { monthWords } from './report-words'

/** One customer's month. On paper only the report itself is left. */
export function ReportPage({ customerId }: { customerId: string }) {
  const month = useSearchParams().get('month') ?? undefined
  const { data, error, refetch } = useQuery(reportQueries.one(customerId, month))
  return (
    <>
      <div className="print:hidden">
        <PageHeader
          title={data ? `${data.customer.name}, ${monthWords(data.month)}` : 'Report'}
          crumbs={[{ label: 'Reports', href: '/reports' }]}
          headingElsewhere
        />
        {data && <Bar report={data} />}
        <ProblemNotice error={error} retry={() => void refetch()} className="m-5 max-md:m-4" />
      </div>
      {data === undefined ? error === null && <SkeletonRows rows={12} columns={4} rowHeight={40} /> : <ReportBody report={data} />}
    </>
  )
}

function Bar({ report }: { report: ReportDto }) {
  const { customer, month, inProgress, keptAt, zone, upTo } = report
  const to = (by: number): string => `/reports/${customer.id}?month=${monthAfter(month, by)}`
  return (
    <div className="flex flex-wrap items-center gap-3 border-b border-line px-5 py-3 max-md:px-4">
      <ButtonLink href={to(-1)} icon={ChevronLeft}>
        {monthWords(monthAfter(month, -1))}
      </ButtonLink>
      {!inProgress && (
        <ButtonLink href={to(1)} icon={ChevronRight}>
          {monthWords(monthAfter(month, 1))}
        </ButtonLink>
      )}
      <Button variant="primary" icon={Printer} onClick={() => window.print()} className="ml-auto max-md:ml-0">
        Print or save as PDF
      </Button>
      {inProgress ? (
        <Notice tone="plain" title="This month is not over." className="w-full">
          It tells up to {formatDateTime(upTo, zone)} ({zone}). A few hours after its end it is kept and does not change any more.
        </Notice>
      ) : (
        <p className="w-full text-xs text-text-3">
          {keptAt === null
            ? 'This month was not kept when it ended. It is made now from what is still stored, and may change.'
            : `Kept as it was on ${formatDateTime(keptAt, zone)}. It does not change any more.`}
        </p>
      )}
    </div>
  )
}
