'use client'
import { useState } from 'react'
import { Dialog } from '@/components/ui/dialog'
import { Checkbox } from '@/components/ui/field'
import { Kbd } from '@/components/ui/kbd'
import { setSingleKeys, singleKeysOn } from '@/components/ui/single-keys'

const KEYS = [
  ['j', 'Next firewall'],
  ['k', 'Previous firewall'],
  ['x', 'Choose it'],
  ['Enter', 'Open it'],
  ['r', 'Refresh it, or those that are chosen, now'],
  ['c', 'Let it, or those that are chosen, check for updates'],
  ['/', 'Filter'],
  ['e', 'Enrol a firewall'],
  ['Esc', 'Clear the selection, then leave the list'],
  ['Ctrl K', 'Find anything'],
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
      <SingleKeysSwitch />
    </Dialog>
  )
}

function SingleKeysSwitch() {
  const [on, setOn] = useState(singleKeysOn)
  const change = (next: boolean): void => {
    setOn(next)
    setSingleKeys(next)
  }
  return (
    <Checkbox
      label="Single keys act"
      help="In this browser. Arrow keys, Enter and Esc always work."
      checked={on}
      onChange={(event) => change(event.target.checked)}
    />
  )
}
