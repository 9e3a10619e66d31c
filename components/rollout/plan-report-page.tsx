'use client'
import { useQuery } from '@tanstack/react-query'
import { ChevronLeft, Printer } from 'lucide-react'
import { useUrlParam } from '@/components/firewalls/detail/use-url-param'
import { useCustomerScope } from '@/components/layout/customer-scope'
import { PageHeader } from '@/components/layout/page-header'
import { Button } from '@/components/ui/button'
import { ButtonLink } from '@/components/ui/button-link'
import { FilterSelect } from '@/components/ui/filter-select'
import { ProblemNotice } from '@/components/ui/problem'
import { SkeletonRows } from '@/components/ui/skeleton'
import { planQueries } from '@/lib/queries/plans'
import { rolloutQueries } from '@/lib/queries/rollout'
import { PlanReportBody } from './plan-report-body'

/** How a plan went. On paper only the report itself is left. */
export function PlanReportPage({ id }: { id: string }) {
  const { within } = useCustomerScope()
  const [customer, setCustomer] = useUrlParam('of')
  const plan = useQuery(planQueries.one(id)).data
  const { data, error, refetch } = useQuery(rolloutQueries.report(id, customer === '' ? null : customer))
  const name = data?.name ?? plan?.name ?? 'Plan'
  return (
    <>
      <div className="print:hidden">
        <PageHeader title="Report" crumbs={[{ label: 'Plans', href: within('/firmware/plans') }, { label: name, href: within(`/firmware/plans/${id}`) }]} headingElsewhere />
        <div className="flex flex-wrap items-center gap-3 border-b border-line px-5 py-3 max-md:px-4">
          <ButtonLink href={within(`/firmware/plans/${id}`)} icon={ChevronLeft}>
            To the plan
          </ButtonLink>
          {plan && plan.customers.length > 1 && <FilterSelect label="Customer" value={customer} choices={plan.customers.map((each) => ({ value: each.id, label: each.name }))} onChange={setCustomer} />}
          {data && (
            <Button variant="primary" icon={Printer} onClick={() => window.print()} className="ml-auto max-md:ml-0">
              Print or save as PDF
            </Button>
          )}
        </div>
        <ProblemNotice error={error} retry={() => void refetch()} className="m-5 max-md:m-4" />
      </div>
      {data === undefined ? error === null && <SkeletonRows rows={12} columns={4} rowHeight={40} /> : <PlanReportBody report={data} />}
    </>
  )
}
