'use client'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { AlertCounts } from '@/lib/alerts/dto'
import { cn } from '@/lib/core/cn'
import { formatCount } from '@/lib/format/numbers'
import { alertQueries } from '@/lib/queries/alerts'
import { overviewQueries } from '@/lib/queries/overview'
import { useCustomerScope } from './customer-scope'
import { isWithin, NAV_ITEMS } from './nav-items'

export function SideNav() {
  const path = usePathname()
  const { customerId, within } = useCustomerScope()
  const totals = useQuery(overviewQueries.totals(customerId)).data
  const open = useQuery(alertQueries.counts(customerId)).data?.open
  return (
    <nav aria-label="Main">
      <ul className="flex flex-col gap-0.5">
        {NAV_ITEMS.map(({ href, label, icon: Icon }) => {
          const here = isWithin(path, href)
          return (
            <li key={href}>
              <Link
                href={within(href)}
                title={label}
                aria-current={here ? 'page' : undefined}
                className={cn(
                  'flex h-[30px] items-center gap-2.5 rounded-md border px-2 max-xl:justify-center',
                  here ? 'border-line bg-surface font-semibold text-text' : 'border-transparent text-text-2 hover:bg-hover hover:text-text',
                )}
              >
                <Icon aria-hidden size={16} strokeWidth={1.75} className="shrink-0" />
                <span className="max-xl:sr-only">{label}</span>
                {href === '/firewalls' && totals && (
                  <span aria-hidden className="ml-auto text-xs font-normal text-text-3 tabular-nums max-xl:hidden">
                    {formatCount(totals.firewalls)}
                  </span>
                )}
                {href === '/alerts' && open && <OpenAlerts open={open} />}
              </Link>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}

/** Critical ones in their colour; without any, those that are a warning. Notices wait quietly in the list. */
function OpenAlerts({ open: { critical, warning } }: { open: AlertCounts['open'] }) {
  const [count, word, colour] = critical > 0 ? [critical, 'critical', 'text-bad'] : [warning, 'warning', 'text-warn']
  if (count === 0) return null
  return (
    <span title={`${formatCount(count)} ${word}, open`} className={cn('ml-auto text-xs font-normal tabular-nums max-xl:sr-only', colour)}>
      {formatCount(count)} <span className="sr-only">{word}</span>
    </span>
  )
}
