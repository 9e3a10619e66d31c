'use client'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { AlertCounts } from '@/lib/alerts/dto'
import { roleMay } from '@/lib/auth/roles'
import { cn } from '@/lib/core/cn'
import { formatCount } from '@/lib/format/numbers'
import { alertQueries } from '@/lib/queries/alerts'
import { overviewQueries } from '@/lib/queries/overview'
import { planQueries } from '@/lib/queries/plans'
import { useMe } from '@/lib/queries/use-me'
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
        {NAV_ITEMS.map(({ href, label, icon: Icon, area, pages }) => {
          const here = isWithin(path, area ?? href)
          return (
            <li key={href}>
              <Link
                href={within(href)}
                title={label}
                aria-current={here && !pages ? 'page' : undefined}
                className={cn(
                  'flex h-[30px] items-center gap-2.5 rounded-md border px-2 max-xl:justify-center',
                  here ? HERE : ELSEWHERE,
                  // Where its pages stand below it, one of them is the place.
                  here && pages && 'xl:border-transparent xl:bg-transparent xl:font-normal xl:text-text-2',
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
              {pages && <Below pages={pages} path={path} />}
            </li>
          )
        })}
      </ul>
    </nav>
  )
}

const HERE = 'border-line bg-surface font-semibold text-text'
const ELSEWHERE = 'border-transparent text-text-2 hover:bg-hover hover:text-text'

/** The pages of an entry. Narrow sidebars are icons alone; there the pages themselves have tabs. */
function Below({ pages, path }: { pages: readonly { href: string; label: string }[]; path: string }) {
  const { within } = useCustomerScope()
  return (
    <ul className="mt-0.5 flex flex-col gap-0.5 max-xl:hidden">
      {pages.map(({ href, label }) => {
        const here = isWithin(path, href)
        return (
          <li key={href}>
            <Link href={within(href)} aria-current={here ? 'page' : undefined} className={cn('flex h-[30px] items-center rounded-md border pr-2 pl-[34px]', here ? HERE : ELSEWHERE)}>
              {label}
              {href === '/firmware/plans' && <WaitingPlans />}
            </Link>
          </li>
        )
      })}
    </ul>
  )
}

/** Plans that only a person can let go on. */
function WaitingPlans() {
  const me = useMe()
  const { customerId } = useCustomerScope()
  const waiting = useQuery({ ...planQueries.waiting(customerId), enabled: me !== undefined && roleMay(me.role, 'update:plan') }).data?.total ?? 0
  if (waiting === 0) return null
  return (
    <span title={`${formatCount(waiting)} waiting for a person`} className="ml-auto text-xs font-normal text-you tabular-nums">
      {formatCount(waiting)} <span className="sr-only">waiting for a person</span>
    </span>
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
