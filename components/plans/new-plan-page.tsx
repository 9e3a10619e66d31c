'use client'
import { useQuery } from '@tanstack/react-query'
import { useSearchParams } from 'next/navigation'
import { useState } from 'react'
import { useCustomerScope } from '@/components/layout/customer-scope'
import { PageHeader } from '@/components/layout/page-header'
import { SkeletonRows } from '@/components/ui/skeleton'
import { customerQueries } from '@/lib/queries/customers'
import { newDraft } from './plan-draft'
import { PlanEditor } from './plan-editor'

/** A plan for what the address asks for: a query as in the list of firewalls, and the kind as `update`. */
export function NewPlanPage() {
  const { customerId, within } = useCustomerScope()
  const asked = useSearchParams().toString()
  const customer = useQuery({ ...customerQueries.one(customerId ?? ''), enabled: customerId !== null, staleTime: 60_000 })
  return (
    <>
      <PageHeader
        title="New plan"
        crumbs={[
          { label: 'Firmware', href: within('/firmware/plans') },
          { label: 'Plans', href: within('/firmware/plans') },
        ]}
      />
      {customerId !== null && customer.isPending ? <SkeletonRows rows={12} columns={3} rowHeight={40} /> : <FromAddress asked={asked} customer={customer.data ?? null} />}
    </>
  )
}

/** What was asked for is where it begins; what is typed afterwards stands in the form alone. */
function FromAddress({ asked, customer }: { asked: string; customer: { id: string; name: string } | null }) {
  const [start] = useState(() => newDraft(asked, customer))
  return <PlanEditor stored={null} start={start} />
}
