'use client'
import { ArrowUpRight } from 'lucide-react'
import { compareHref } from '@/components/configuration-diff/compare-href'
import { itemWords } from '@/components/drift/drift-words'
import { LookWord } from '@/components/firewalls/detail/looks'
import { useFirewall } from '@/components/firewalls/detail/firewall-context'
import { useCustomerScope } from '@/components/layout/customer-scope'
import { Age } from '@/components/ui/age'
import { ButtonLink } from '@/components/ui/button-link'
import type { FirewallBackupsDto } from '@/lib/backups/dto'
import { lookOf } from './backup-looks'
import { stateReason } from './backup-words'
import { TakeNow } from './take-now'

/** How it stands in a line: the last good one, what drifted, and taking one now. */
export function StandsHead({ backups }: { backups: FirewallBackupsDto }) {
  const { firewall } = useFirewall()
  const { within } = useCustomerScope()
  const { drift, acceptedBackupId, latest } = backups
  return (
    <div className="flex min-h-14 flex-wrap items-center gap-x-4 gap-y-2 px-5 py-3 max-md:px-4">
      <h2 className="font-semibold">Backups</h2>
      <LookWord look={lookOf(backups)} reason={stateReason(backups)} />
      <span className="flex flex-wrap items-center gap-x-4 text-xs text-text-2">
        <span>
          last good one <Age at={backups.backupAt} zone={firewall.timeZone} never="none yet" className="text-inherit" />
        </span>
        {drift !== null && (
          <span>
            {itemWords(drift.items)} changed since <Age at={drift.since} zone={firewall.timeZone} className="text-inherit" />
          </span>
        )}
      </span>
      <span className="ml-auto flex flex-wrap items-center gap-2 max-md:ml-0 max-md:w-full">
        {drift !== null && acceptedBackupId !== null && latest !== null && (
          <ButtonLink href={within(compareHref(acceptedBackupId, latest.id))} icon={ArrowUpRight}>
            Look at the drift
          </ButtonLink>
        )}
        <TakeNow backups={backups} />
      </span>
    </div>
  )
}
