'use client'
import { Archive, X } from 'lucide-react'
import { Dock } from '@/components/bulk/bulk-bar'
import { Button } from '@/components/ui/button'
import { Kbd } from '@/components/ui/kbd'
import { formatCount } from '@/lib/format/numbers'

type FleetBarProps = { chosen: number; busy: boolean; reason: string | null; onTake: () => void; onClear: () => void }

/** What to do with the chosen rows. */
export function FleetBar({ chosen, busy, reason, onTake, onClear }: FleetBarProps) {
  return (
    <Dock label="Chosen firewalls">
      <p role="status" className="px-1 font-semibold whitespace-nowrap">
        {formatCount(chosen)} selected
      </p>
      <span aria-hidden className="mx-1 h-6 border-l border-line-2 max-md:hidden" />
      <Button variant="quiet" icon={Archive} busy={busy} disabledReason={reason} onClick={onTake} className="text-text">
        Take a backup now <Kbd>b</Kbd>
      </Button>
      <Button
        variant="quiet"
        icon={X}
        aria-label="Clear the selection"
        title="Esc"
        onClick={onClear}
        className="px-2 text-text-2 max-md:ml-auto max-md:size-11"
      />
    </Dock>
  )
}
