'use client'
import { Dialog } from '@/components/ui/dialog'
import { StoredIntervals } from './stored-intervals'

/** How often the firewalls of one customer are visited. */
export function CustomerVisitsDialog({ id, name, reason, onClose }: { id: string; name: string; reason: string | null; onClose: () => void }) {
  return (
    <Dialog open onOpenChange={(stays) => !stays && onClose()} title={`Visits of ${name}`} description="For all firewalls of this customer that do not decide for themselves.">
      <StoredIntervals of={{ level: 'customer', id }} otherwise="as the installation" reason={reason} onSaved={onClose} />
    </Dialog>
  )
}
