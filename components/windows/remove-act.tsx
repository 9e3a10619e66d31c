'use client'
import { useState } from 'react'
import { ConfirmDialog } from '@/components/settings/confirm-dialog'
import { Button } from '@/components/ui/button'
import { REMOVING } from './window-words'

type RemoveActProps = { what: keyof typeof REMOVING; name: string; /** Why this person may not. */ reason: string | null; busy: boolean; error: unknown; onRemove: () => void }

/** Removes what a dialog is about, after it was asked: nothing brings it back. */
export function RemoveAct({ what, name, reason, busy, error, onRemove }: RemoveActProps) {
  const [asking, setAsking] = useState(false)
  return (
    <>
      <Button variant="danger" className="mr-auto" disabledReason={reason} onClick={() => setAsking(true)}>
        Remove the {what}
      </Button>
      {asking && <ConfirmDialog above title={`Remove ${name}?`} effect={REMOVING[what]} safe="Keep it" act={`Remove the ${what}`} danger busy={busy} error={error} onClose={() => setAsking(false)} onAct={onRemove} />}
    </>
  )
}
