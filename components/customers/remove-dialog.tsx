'use client'
import { useState, type FormEvent } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field, TextInput } from '@/components/ui/field'
import { ProblemNotice } from '@/components/ui/problem'

type RemoveDialogProps = { what: 'customer' | 'site'; name: string; effect: string; busy: boolean; error: unknown; onClose: () => void; onRemove: () => void }

/** Removing asks for the name, so that it is not the wrong one. */
export function RemoveDialog({ what, name, effect, busy, error, onClose, onRemove }: RemoveDialogProps) {
  const [typed, setTyped] = useState('')
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (typed.trim() === name) onRemove()
  }
  return (
    <Dialog open onOpenChange={(stays) => !stays && onClose()} title={`Remove ${name}?`} description={effect}>
      <form noValidate onSubmit={submit} className="flex flex-col gap-4">
        <Field label={`Type ${name} to go on`}>
          {(id) => <TextInput id={id} value={typed} autoComplete="off" onChange={(event) => setTyped(event.target.value)} />}
        </Field>
        <ProblemNotice error={error} />
        <div className="flex flex-wrap items-center justify-end gap-2">
          <Button onClick={onClose}>Keep it</Button>
          <Button type="submit" variant="danger" busy={busy} disabledReason={typed.trim() === name ? null : `Type the name of the ${what} first.`}>
            Remove the {what}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
