'use client'
import { GitCompareArrows } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { compareHref } from '@/components/configuration-diff/compare-href'
import { useSingleKey } from '@/components/firewalls/detail/use-single-key'
import { useCustomerScope } from '@/components/layout/customer-scope'
import { Button } from '@/components/ui/button'
import { Kbd } from '@/components/ui/kbd'
import type { BackupDto } from '@/lib/backups/dto'
import { formatMoment } from '@/lib/format/dates'
import type { Sides } from './chosen-sides'

/** The two that are chosen, and the way to what differs between them. */
export function CompareBar({ backups, sides }: { backups: readonly BackupDto[]; sides: Sides }) {
  const router = useRouter()
  const { within } = useCustomerScope()
  const { before, after } = sides
  const momentOf = (id: string | null): string => {
    const backup = backups.find((each) => each.id === id)
    return backup === undefined ? '' : formatMoment(backup.takenAt)
  }
  const both = before !== null && after !== null
  const go = (): void => {
    if (both) router.push(within(compareHref(before, after)))
  }
  useSingleKey('c', go)
  return (
    <div className="flex min-h-12 flex-wrap items-center gap-x-4 gap-y-2 border-y border-line-2 bg-sunken px-5 py-2 max-md:px-4">
      <p className="min-w-0 flex-1 basis-56 text-text-2">
        {both ? (
          <>
            <span className="font-medium text-text">{momentOf(before)}</span> with <span className="font-medium text-text">{momentOf(after)}</span>
          </>
        ) : (
          'With a second backup there are two to compare.'
        )}
      </p>
      <Button icon={GitCompareArrows} disabledReason={both ? null : 'Two backups are needed.'} onClick={go}>
        Compare the two <Kbd>c</Kbd>
      </Button>
    </div>
  )
}
