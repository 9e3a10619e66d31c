'use client'
import { useState } from 'react'
import { Dialog } from './dialog'
import { Checkbox } from './field'
import { Kbd } from './kbd'
import { setSingleKeys, singleKeysOn } from './single-keys'

type KeysDialogProps = { keys: readonly (readonly [key: string, what: string])[]; open: boolean; onOpenChange: (open: boolean) => void }

/** What each key does on this page, and whether letters act at all. */
export function KeysDialog({ keys, open, onOpenChange }: KeysDialogProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Keys" description="Single keys do nothing while you type in a field.">
      <dl className="grid grid-cols-[max-content_1fr] items-center gap-x-4 gap-y-2">
        {keys.map(([key, what]) => (
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
