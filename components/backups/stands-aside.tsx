'use client'
import { useQuery } from '@tanstack/react-query'
import { Aside, AsidePart } from '@/components/firewalls/detail/aside'
import { useFirewall } from '@/components/firewalls/detail/firewall-context'
import { Age } from '@/components/ui/age'
import { Facts } from '@/components/ui/facts'
import type { FirewallBackupsDto } from '@/lib/backups/dto'
import { formatDateTime, formatMoment } from '@/lib/format/dates'
import { formatCount } from '@/lib/format/numbers'
import { driftQueries } from '@/lib/queries/drift'

/** What is kept and for how long, and who accepted what. */
export function StandsAside({ backups }: { backups: FirewallBackupsDto }) {
  const { firewall } = useFirewall()
  return (
    <Aside label="About the backups">
      <AsidePart title="What is kept">
        <Facts
          items={[
            ['Backups', formatCount(backups.backups)],
            [
              'Next by itself',
              !backups.possible
                ? 'when it is allowed'
                : backups.dueAt === null
                  ? 'not due while calls are stopped'
                  : formatMoment(backups.dueAt, firewall.timeZone),
            ],
          ]}
        />
        <p className="text-xs text-text-3">
          All that held in the last 30 days and the last of each of 12 months stay; what was taken before an update, the newest and the accepted one too. Every file is sealed.
        </p>
      </AsidePart>
      <Accepted />
    </Aside>
  )
}

function Accepted() {
  const { firewall } = useFirewall()
  const { data } = useQuery(driftQueries.of(firewall.id))
  if (data === undefined || data.acceptedBackupId === null) return null
  return (
    <AsidePart title="Accepted">
      {data.acceptances.length === 0 ? (
        <p className="text-text-2">Nobody accepted a configuration yet. Changes are told against the first backup.</p>
      ) : (
        <ul className="flex flex-col gap-2">
          {data.acceptances.slice(0, 5).map(({ id, at, operatorName, note }) => (
            <li key={id}>
              <p className="break-words">{note}</p>
              <p className="text-xs text-text-3" title={formatDateTime(at, firewall.timeZone)}>
                {operatorName}, <Age at={at} zone={firewall.timeZone} />
              </p>
            </li>
          ))}
        </ul>
      )}
    </AsidePart>
  )
}
