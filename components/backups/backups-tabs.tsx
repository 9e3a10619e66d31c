'use client'
import { useQuery } from '@tanstack/react-query'
import { useCustomerScope } from '@/components/layout/customer-scope'
import { LinkTabs } from '@/components/ui/tabs'
import { formatCount } from '@/lib/format/numbers'
import { driftQueries } from '@/lib/queries/drift'

/** The two lists of the fleet: which firewalls have a backup, and which of them changed. */
export function BackupsTabs() {
  const { customerId } = useCustomerScope()
  const drift = useQuery(driftQueries.total(customerId)).data
  return (
    <LinkTabs
      label="Backups"
      query={customerId === null ? '' : `?customer=${customerId}`}
      items={[
        { href: '/backups', label: 'Firewalls' },
        {
          href: '/backups/drift',
          label: 'Drift',
          count: drift === undefined || drift.total === 0 ? null : `${formatCount(drift.total)}${drift.totalIsAtLeast === true ? '+' : ''}`,
        },
      ]}
    />
  )
}
