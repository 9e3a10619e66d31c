'use client'
import { useSearchParams } from 'next/navigation'
import { useState } from 'react'
import { useCustomerScope } from '@/components/layout/customer-scope'
import { PageHeader } from '@/components/layout/page-header'
import { newDraft } from './plan-draft'
import { PlanEditor } from './plan-editor'

/** A plan for what the address asks for: a query as in the list of firewalls, and the kind as `update`. */
export function NewPlanPage() {
  const { within } = useCustomerScope()
  const asked = useSearchParams().toString()
  // What was asked for is where it begins; what is typed afterwards stands in the form alone.
  const [start] = useState(() => newDraft(asked))
  return (
    <>
      <PageHeader
        title="New plan"
        crumbs={[
          { label: 'Firmware', href: within('/firmware/plans') },
          { label: 'Plans', href: within('/firmware/plans') },
        ]}
      />
      <PlanEditor stored={null} start={start} />
    </>
  )
}
