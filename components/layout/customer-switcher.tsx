'use client'
import { useQuery } from '@tanstack/react-query'
import { Building2, ChevronsUpDown } from 'lucide-react'
import { useOnDemand } from '@/components/ui/on-demand'
import { cn } from '@/lib/core/cn'
import { formatCount } from '@/lib/format/numbers'
import { customerQueries } from '@/lib/queries/customers'
import { overviewQueries } from '@/lib/queries/overview'
import { useCustomerScope } from './customer-scope'

const load = () => import('./customer-switcher-box').then((module) => module.CustomerSwitcherBox)

/** The name of a customer, while and after it is being read. */
export function useCustomerName(customerId: string | null): string {
  const customer = useQuery({ ...customerQueries.one(customerId ?? ''), enabled: customerId !== null, staleTime: 60_000 })
  return customerId === null ? 'All customers' : (customer.data?.name ?? (customer.isError ? 'No such customer' : '…'))
}

/** Which customer the pages are about. `place`: in the sidebar, where it is an icon below 1280 px, or in the header of a phone. */
export function CustomerSwitcher({ place }: { place: 'sidebar' | 'header' }) {
  const { customerId } = useCustomerScope()
  const name = useCustomerName(customerId)
  const known = useQuery(overviewQueries.totals(null)).data?.customers
  const { part: Box, attributes } = useOnDemand(load, 'dialog')
  const trigger = (
    <button
      type="button"
      {...attributes}
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
    </button>
  )
  return Box === null ? trigger : <Box trigger={trigger} />
}
