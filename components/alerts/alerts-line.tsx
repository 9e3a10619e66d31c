'use client'
import { useQuery } from '@tanstack/react-query'
import { Bell } from 'lucide-react'
import Link from 'next/link'
import { useCustomerScope } from '@/components/layout/customer-scope'
import { TONE_MARK } from '@/components/ui/tone'
import { cn } from '@/lib/core/cn'
import { formatCount } from '@/lib/format/numbers'
import { alertQueries } from '@/lib/queries/alerts'
import { alertsHeadline, openOf } from './alert-words'

/** How alerts stand, on one line that leads to them. Its height is there from the beginning. */
export function AlertsLine() {
  const { customerId, within } = useCustomerScope()
  const counts = useQuery(alertQueries.counts(customerId)).data
  const tone = !counts || openOf(counts.open) === 0 ? 'plain' : counts.open.critical > 0 ? 'bad' : counts.open.warning > 0 ? 'warn' : 'plain'
  return (
    <p className="flex min-h-6 items-center gap-2 px-5 pb-4 text-text-2 max-md:px-4">
      <Bell aria-hidden size={16} strokeWidth={1.75} className={cn('shrink-0', TONE_MARK[tone])} />
      {counts && (
        <span>
          {alertsHeadline(counts)}{' '}
          {counts.open.critical > 0 && `${formatCount(counts.open.critical)} ${counts.open.critical === 1 ? 'is' : 'are'} critical. `}
          <Link href={within('/alerts')} className="text-act underline max-md:inline-flex max-md:min-h-11 max-md:items-center">
            To the alerts
          </Link>
        </span>
      )}
    </p>
  )
}
