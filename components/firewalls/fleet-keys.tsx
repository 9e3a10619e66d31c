'use client'
import { Dialog } from '@/components/ui/dialog'
import { Kbd } from '@/components/ui/kbd'

const KEYS = [
  ['j', 'Next firewall'],
  ['k', 'Previous firewall'],
  ['Enter', 'Open it'],
  ['r', 'Refresh it now'],
  ['c', 'Let it check for updates'],
  ['/', 'Search'],
  ['e', 'Enrol a firewall'],
  ['Esc', 'Leave the list'],
  ['?', 'These keys'],
] as const

export function FleetKeysDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Keys" description="Single keys do nothing while you type in a field.">
      <dl className="grid grid-cols-[max-content_1fr] items-center gap-x-4 gap-y-2">
        {KEYS.map(([key, what]) => (
          <div key={key} className="contents">
            <dt>
              <Kbd>{key}</Kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
