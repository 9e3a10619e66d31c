'use client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Building2, ChevronsUpDown } from 'lucide-react'
import { usePathname, useRouter } from 'next/navigation'
import { Popover } from 'radix-ui'
import { useState } from 'react'
import { useSettled } from '@/components/ui/use-settled'
import { cn } from '@/lib/core/cn'
import { formatCount } from '@/lib/format/numbers'
import { customerQueries } from '@/lib/queries/customers'
import { overviewQueries } from '@/lib/queries/overview'
import { CustomerOptions } from './customer-options'
import { useCustomerScope } from './customer-scope'
import { scoped } from './scope-address'

/** Fewer are found by looking. */
const SEARCHED_FROM = 10

/** A page of one firewall says nothing of another customer: from there the switch leads to the list. */
const pageFor = (path: string): string => (path.startsWith('/firewalls/') ? '/firewalls' : path)

/** The name of a customer, while and after it is being read. */
export function useCustomerName(customerId: string | null): string {
  const customer = useQuery({ ...customerQueries.one(customerId ?? ''), enabled: customerId !== null, staleTime: 60_000 })
  return customerId === null ? 'All customers' : (customer.data?.name ?? (customer.isError ? 'No such customer' : '…'))
}

/** Which customer the pages are about. `place`: in the sidebar, where it is an icon below 1280 px, or in the header of a phone. */
export function CustomerSwitcher({ place }: { place: 'sidebar' | 'header' }) {
  const router = useRouter()
  const path = usePathname()
  const { customerId } = useCustomerScope()
  const name = useCustomerName(customerId)
  const [open, setOpen] = useState(false)
  const [typed, setTyped] = useState('')
  const search = useSettled(typed.trim())
  const known = useQuery(overviewQueries.totals(null)).data?.customers
  const list = useQuery({ ...customerQueries.list(search === '' ? {} : { search }), enabled: open, placeholderData: keepPreviousData })
  const choose = (chosen: string | null): void => {
    setOpen(false)
    const page = pageFor(path)
    router.push(scoped(page === path ? `${path}${window.location.search}` : page, chosen))
  }
  return (
    <Popover.Root
      open={open}
      onOpenChange={(now) => {
        setOpen(now)
        setTyped('')
      }}
    >
      <Popover.Trigger
        aria-label={`Customer: ${name}`}
        title={name}
        className={cn(
          'flex items-center gap-2.5 rounded-md border text-left',
          place === 'header'
            ? cn('size-11 justify-center border-transparent md:hidden', customerId !== null && 'text-act')
            : cn('h-9 border-line-2 bg-surface px-2 hover:bg-hover max-xl:justify-center', customerId !== null && 'max-xl:border-act max-xl:text-act'),
        )}
      >
        <Building2 aria-hidden size={place === 'header' ? 20 : 16} strokeWidth={1.75} className="shrink-0" />
        {place === 'sidebar' && (
          <>
            <span className="min-w-0 flex-1 truncate font-semibold max-xl:hidden">{name}</span>
            {customerId === null && known !== undefined && <span className="text-xs text-text-3 tabular-nums max-xl:hidden">{formatCount(known)}</span>}
            <ChevronsUpDown aria-hidden size={14} strokeWidth={1.75} className="shrink-0 text-text-3 max-xl:hidden" />
          </>
        )}
      </Popover.Trigger>
      {/* Inside a landmark, so that nothing of the page stands outside one. */}
      <Popover.Portal container={typeof document === 'undefined' ? null : document.getElementById('content')}>
        <Popover.Content
          align="start"
          sideOffset={4}
          collisionPadding={8}
          aria-label="Choose a customer"
          className="z-50 w-72 rounded-lg bg-raised p-1 shadow-raised"
        >
          <CustomerOptions
            customers={list.data?.items ?? null}
            total={list.data?.total ?? 0}
            chosen={customerId}
            search={(known ?? 0) > SEARCHED_FROM ? { typed, onType: setTyped } : null}
            onChoose={choose}
          />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
