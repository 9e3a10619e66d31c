'use client'
import { useQuery } from '@tanstack/react-query'
import { CheckCheck } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { compareHref } from '@/components/configuration-diff/compare-href'
import { totalOf } from '@/components/configuration-diff/diff-words'
import { reasonWithout, roleAt } from '@/components/firewalls/detail/permissions'
import { useSingleKey } from '@/components/firewalls/detail/use-single-key'
import { useCustomerScope } from '@/components/layout/customer-scope'
import { Button } from '@/components/ui/button'
import { Kbd } from '@/components/ui/kbd'
import type { Comparison } from '@/lib/configuration/dto'
import { formatDateTime } from '@/lib/format/dates'
import { driftQueries } from '@/lib/queries/drift'
import { useMe } from '@/lib/queries/use-me'
import { AcceptDialog } from './accept-dialog'
import { itemWords } from './drift-words'

/** On a comparison with the newest backup: how that one stands to what was accepted, and accepting it. */
export function AcceptHere({ comparison: { before, after, counts } }: { comparison: Comparison }) {
  const { within } = useCustomerScope()
  const me = useMe()
  const [asking, setAsking] = useState(false)
  const oneFirewall = before.firewall.id === after.firewall.id
  const { data } = useQuery({ ...driftQueries.of(after.firewall.id), enabled: oneFirewall })
  const reason = me ? reasonWithout(roleAt(me, after.customer.id), 'backup:read') : null
  const open = data !== undefined && data.since !== null && data.newestBackupId === after.backupId
  const isAccepted = data?.acceptedBackupId === before.backupId
  useSingleKey('a', () => open && isAccepted && reason === null && setAsking(true))
  if (!oneFirewall || !open) return null
  const [last] = data.acceptances
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 px-5 pb-4 max-md:px-4">
      {isAccepted ? (
        <>
          <p className="min-w-0 flex-1 basis-72 text-text-2">
            {data.byDefault || last === undefined
              ? 'Before is the first backup. Nobody accepted a configuration of this firewall yet.'
              : `Before is what ${last.operatorName} accepted on ${formatDateTime(last.at)}: ${last.note}`}
          </p>
          <Kbd>a</Kbd>
          <Button variant="primary" icon={CheckCheck} disabledReason={reason} onClick={() => setAsking(true)}>
            Accept this configuration
          </Button>
        </>
      ) : (
        data.acceptedBackupId !== null && (
          <p className="text-text-2">
            After is the newest backup.{' '}
            <Link href={within(compareHref(data.acceptedBackupId, after.backupId))} className="text-act underline">
              Compare it with the accepted one
            </Link>
          </p>
        )
      )}
      {asking && (
        <AcceptDialog firewall={after.firewall} backupId={after.backupId} what={`${itemWords(totalOf(counts))} changed`} onClose={() => setAsking(false)} />
      )}
    </div>
  )
}
