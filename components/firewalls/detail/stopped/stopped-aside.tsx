'use client'
import { Age } from '@/components/ui/age'
import type { FirewallDetail } from '@/lib/firewalls/dto'
import { formatClock } from '@/lib/format/dates'
import { Aside, AsidePart } from '../aside'
import { useFirewall } from '../firewall-context'

const STOPPED = ['Visits', 'Checks for updates', 'Refresh by hand'] as const

/** What no longer happens, and what the pages therefore show. */
export function StoppedAside({ seen }: { seen: NonNullable<FirewallDetail['certificateSeen']> }) {
  const { firewall } = useFirewall()
  return (
    <Aside label="What has stopped">
      <AsidePart title="What has stopped">
        <ul className="flex flex-col gap-1">
          {STOPPED.map((what) => (
            <li key={what} className="flex justify-between gap-3">
              {what} <span className="text-text-3">since {formatClock(seen.seenAt)}</span>
            </li>
          ))}
        </ul>
      </AsidePart>
      <AsidePart title="What you see here">
        <p className="text-text-2">
          The tabs show what was stored at the last visit,{' '}
          <Age at={firewall.visitedAt} zone={firewall.timeZone} never="which never happened" className="text-inherit" />. They change only when the trust is
          settled.
        </p>
      </AsidePart>
    </Aside>
  )
}
