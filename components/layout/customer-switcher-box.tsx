'use client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { usePathname, useRouter } from 'next/navigation'
import { Popover } from 'radix-ui'
import { useState, type ReactElement } from 'react'
import { useSettled } from '@/components/ui/use-settled'
import { customerQueries } from '@/lib/queries/customers'
import { overviewQueries } from '@/lib/queries/overview'
import { CustomerOptions } from './customer-options'
import { useCustomerScope } from './customer-scope'
import { scoped } from './scope-address'

/** Fewer are found by looking. */
const SEARCHED_FROM = 10

/** A page of one firewall says nothing of another customer: from there the switch leads to the list. */
const pageFor = (path: string): string => (path.startsWith('/firewalls/') ? '/firewalls' : path)

/** The list of customers with the button that opens it, open from the start. */
export function CustomerSwitcherBox({ trigger }: { trigger: ReactElement }) {
  const router = useRouter()
  const path = usePathname()
  const { customerId } = useCustomerScope()
  const [open, setOpen] = useState(true)
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
      <Popover.Trigger asChild>{trigger}</Popover.Trigger>
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
