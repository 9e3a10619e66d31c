'use client'
import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useSearchParams } from 'next/navigation'
import { useState } from 'react'
import { PageHeader } from '@/components/layout/page-header'
import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { ProblemNotice } from '@/components/ui/problem'
import { SearchInput } from '@/components/ui/search-input'
import { SkeletonRows } from '@/components/ui/skeleton'
import { roleMay } from '@/lib/auth/roles'
import { plural } from '@/lib/format/numbers'
import { customerQueries } from '@/lib/queries/customers'
import { siteQueries } from '@/lib/queries/sites'
import { useMe } from '@/lib/queries/use-me'
import { CustomerVisitsDialog } from '@/components/visits/customer-visits-dialog'
import { CreateCustomerDialog, RemoveCustomerDialog, RenameCustomerDialog } from './customer-dialogs'
import { matchCustomers } from './customer-match'
import { CustomerSection, type CustomerAct } from './customer-section'
import { CreateSiteDialog, EditSiteDialog, RemoveSiteDialog } from './site-dialogs'

const setSearch = (search: string): void =>
  window.history.replaceState(null, '', search === '' ? '/customers' : `/customers?search=${encodeURIComponent(search)}`)

/** Whose firewalls they are, and where they stand. */
export function CustomersPage() {
  const me = useMe()
  const search = useSearchParams().get('search') ?? ''
  const [act, setAct] = useState<CustomerAct | null>(null)
  const customers = useQuery(customerQueries.list())
  const sites = useQuery(siteQueries.list())
  const reason = me && !roleMay(me.role, 'customer:manage') ? 'This needs an admin.' : null
  const all = customers.data?.items ?? []
  const shown = matchCustomers(all, sites.data?.items ?? [], search)
  const add = (
    <Button icon={Plus} variant={customers.data?.total === 0 ? 'primary' : 'secondary'} disabledReason={reason} onClick={() => setAct({ act: 'create' })}>
      Add a customer
    </Button>
  )

  return (
    <>
      <PageHeader title="Customers">{add}</PageHeader>
      {all.length > 0 && (
        <div role="search" aria-label="Filter the customers" className="flex flex-wrap items-center gap-3 border-b border-line-2 px-5 py-3 max-md:px-4">
          <SearchInput label="Search customer, site" placeholder="Customer, site" value={search} onChange={setSearch} className="max-w-md min-w-52 flex-1" />
          <p role="status" className="text-xs text-text-2">
            {search.trim() === '' ? plural(all.length, 'customer') : `${shown.length} of ${plural(all.length, 'customer')}`}
          </p>
        </div>
      )}
      <ProblemNotice error={customers.error ?? sites.error} retry={() => void Promise.all([customers.refetch(), sites.refetch()])} className="mx-5 my-3" />
      {(customers.isPending || sites.isPending) && <SkeletonRows rows={10} columns={4} />}
      {customers.data && sites.data && (
        <>
          {all.length === 0 && (
            <Empty title="No customer yet" action={add}>
              A firewall belongs to a customer, and people may be given access to some customers only. One can also be added while a firewall is enrolled.
            </Empty>
          )}
          {all.length > 0 && shown.length === 0 && (
            <Empty title="No customer matches" action={<Button onClick={() => setSearch('')}>Remove the search text</Button>}>
              No customer and no site has “{search.trim()}” in its name.
            </Empty>
          )}
          {shown.map((each) => (
            <CustomerSection key={each.customer.id} {...each} reason={reason} onAct={setAct} />
          ))}
        </>
      )}
      {act && <ActDialog act={act} reason={reason} onClose={() => setAct(null)} />}
    </>
  )
}

function ActDialog({ act, reason, onClose }: { act: CustomerAct; reason: string | null; onClose: () => void }) {
  switch (act.act) {
    case 'create':
      return <CreateCustomerDialog onClose={onClose} />
    case 'rename':
      return <RenameCustomerDialog customer={act.customer} onClose={onClose} />
    case 'remove':
      return <RemoveCustomerDialog customer={act.customer} onClose={onClose} />
    case 'visits':
      return <CustomerVisitsDialog id={act.customer.id} name={act.customer.name} reason={reason} onClose={onClose} />
    case 'add-site':
      return <CreateSiteDialog customer={act.customer} onClose={onClose} />
    case 'edit-site':
      return <EditSiteDialog site={act.site} onClose={onClose} />
    case 'remove-site':
      return <RemoveSiteDialog site={act.site} onClose={onClose} />
  }
}
