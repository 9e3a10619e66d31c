'use client'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field, TextInput } from '@/components/ui/field'
import { ProblemNotice } from '@/components/ui/problem'
import { firewallMutations } from '@/lib/queries/firewalls'
import { useFirewall } from '../firewall-context'

/** Pausing is for work at the firewall: no visits, no checks; people may still ask it. */
export function PauseDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const { firewall } = useFirewall()
  const [reason, setReason] = useState('')
  const { mutate, isPending, error, reset } = useMutation(firewallMutations.pause())
  const paused = firewall.state === 'paused'
  const change = (isOpen: boolean): void => {
    if (!isOpen) reset()
    onOpenChange(isOpen)
  }
  const send = (): void => mutate({ id: firewall.id, etag: firewall.etag, paused: !paused, reason: paused ? '' : reason }, { onSuccess: () => change(false) })
  return (
    <Dialog
      open={open}
      onOpenChange={change}
      title={paused ? `Resume visits to ${firewall.name}` : `Pause visits to ${firewall.name}`}
      description={
        paused
          ? 'Palisade reads this firewall again by itself.'
          : 'Palisade no longer asks this firewall by itself. What is stored stays, and you can still refresh by hand.'
      }
      footer={
        <>
          <Button onClick={() => change(false)}>{paused ? 'Leave it paused' : 'Go on visiting'}</Button>
          <Button variant="primary" busy={isPending} onClick={send}>
            {paused ? 'Resume visits' : 'Pause visits'}
          </Button>
        </>
      }
    >
      {!paused && (
        <Field label="Reason" help="Shown beside the state and in the audit." error={null}>
          {(id, describedBy) => (
            <TextInput id={id} aria-describedby={describedBy} value={reason} maxLength={200} onChange={(event) => setReason(event.target.value)} />
          )}
        </Field>
      )}
      <ProblemNotice error={error} />
    </Dialog>
  )
}
