'use client'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { compareHref } from '@/components/configuration-diff/compare-href'
import { useFirewall } from '@/components/firewalls/detail/firewall-context'
import { useCustomerScope } from '@/components/layout/customer-scope'
import { Age } from '@/components/ui/age'
import { Dialog } from '@/components/ui/dialog'
import { ProblemNotice } from '@/components/ui/problem'
import { SearchInput } from '@/components/ui/search-input'
import { SkeletonRows } from '@/components/ui/skeleton'
import { useSettled } from '@/components/ui/use-settled'
import type { BackupDto, BackupStateDto } from '@/lib/backups/dto'
import { formatDateTime } from '@/lib/format/dates'
import { formatCount } from '@/lib/format/numbers'
import { backupQueries } from '@/lib/queries/backups'

/** Chooses another firewall, whose newest backup is set beside this one. */
export function OtherFirewallDialog({ backup, onClose }: { backup: BackupDto; onClose: () => void }) {
  const router = useRouter()
  const { within } = useCustomerScope()
  const { firewall } = useFirewall()
  const [typed, setTyped] = useState('')
  const search = useSettled(typed.trim())
  const { data, error } = useInfiniteQuery({ ...backupQueries.states(search === '' ? {} : { search }), placeholderData: keepPreviousData })
  const page = data?.pages[0]
  const others = page?.items.filter((each) => each.firewall.id !== firewall.id) ?? []
  const choose = (latest: NonNullable<BackupStateDto['latest']>): void => router.push(within(compareHref(backup.id, latest.id)))
  return (
    <Dialog
      open
      onOpenChange={(stays) => !stays && onClose()}
      title="Compare with another firewall"
      description={`The newest backup of the one that you choose is set beside that of ${firewall.name} of ${formatDateTime(backup.takenAt)}.`}
    >
      <SearchInput label="Find a firewall" placeholder="Firewall, customer" value={typed} onChange={setTyped} />
      <ProblemNotice error={error} />
      {page === undefined && error === null && <SkeletonRows rows={5} columns={2} rowHeight={40} />}
      {page && (
        <ul aria-label="Firewalls" className="-mx-2 max-h-80 overflow-y-auto">
          {others.map((other) => (
            <li key={other.firewall.id}>
              <OtherFirewall other={other} onChoose={choose} />
            </li>
          ))}
        </ul>
      )}
      <p role="status" className="text-xs text-text-3 empty:hidden">
        {page === undefined
          ? ''
          : others.length === 0
            ? 'No other firewall matches.'
            : page.nextCursor !== null
              ? `The first ${formatCount(page.items.length)}: type a part of the name.`
              : ''}
      </p>
    </Dialog>
  )
}

function OtherFirewall({
  other: { firewall, customer, latest },
  onChoose,
}: {
  other: BackupStateDto
  onChoose: (latest: NonNullable<BackupStateDto['latest']>) => void
}) {
  return (
    <button
      type="button"
      aria-disabled={latest === null || undefined}
      onClick={() => latest !== null && onChoose(latest)}
      className="flex min-h-9 w-full items-center gap-3 rounded-md px-2 text-left hover:bg-hover aria-disabled:text-text-3 max-md:min-h-11"
    >
      <span className="min-w-0 flex-1 truncate">
        <span className="font-medium">{firewall.name}</span> <span className="text-text-3">{customer.name}</span>
      </span>
      <span className="shrink-0 text-xs text-text-3">{latest === null ? 'no backup yet' : <Age at={latest.takenAt} />}</span>
    </button>
  )
}
