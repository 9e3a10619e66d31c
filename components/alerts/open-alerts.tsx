'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useFirewall } from '@/components/firewalls/detail/firewall-context'
import { TONE_MARK } from '@/components/ui/tone'
import { useNow } from '@/components/ui/use-now'
import { cn } from '@/lib/core/cn'
import { alertQueries } from '@/lib/queries/alerts'
import { KIND_ICONS, SEVERITY_LOOKS, toneOf } from './alert-looks'
import { standing } from './alert-words'

const SHOWN = 4

/** What is not over at one firewall. */
export const openAlertsOf = (firewallId: string) => alertQueries.list({ state: 'open,acknowledged', firewallId, sort: 'worst' })

/** What is open at this firewall, the worst first. Nothing is drawn where nothing is. */
export function OpenAlerts() {
  const { firewall } = useFirewall()
  const nowMs = useNow()
  const { data } = useInfiniteQuery(openAlertsOf(firewall.id))
  const alerts = data?.pages.flatMap(({ items }) => items) ?? []
  if (alerts.length === 0) return null
  return (
    <section aria-label="Open alerts" className="max-w-3xl rounded-lg border border-line">
      <ul>
        {alerts.slice(0, SHOWN).map((alert) => {
          const Icon = KIND_ICONS[alert.kind]
          return (
            <li key={alert.id} className="flex min-h-9 flex-wrap items-center gap-x-3 border-b border-line px-4 py-1.5 last:border-0 max-md:min-h-11">
              <Icon aria-hidden size={16} strokeWidth={1.75} className={cn('shrink-0', TONE_MARK[toneOf(alert)])} />
              <Link href={`/alerts/${alert.id}`} className="min-w-0 flex-1 font-medium hover:underline">
                {alert.sentence}
              </Link>
              <span className="text-xs text-text-2">
                {SEVERITY_LOOKS[alert.severity].word}, {standing(alert, nowMs)}
              </span>
            </li>
          )
        })}
        {alerts.length > SHOWN && (
          <li className="px-4 py-2">
            <Link href={`/alerts?firewall=${firewall.id}`} className="text-act hover:underline">
              All {alerts.length} alerts of this firewall
            </Link>
          </li>
        )}
      </ul>
    </section>
  )
}
