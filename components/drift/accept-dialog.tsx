'use client'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field, TextInput } from '@/components/ui/field'
import { ProblemNotice } from '@/components/ui/problem'
import { toast } from '@/components/ui/toast'
import { driftMutations } from '@/lib/queries/drift'

type AcceptDialogProps = {
  firewall: { id: string; name: string }
  /** The backup that was looked at: it becomes what later ones are compared with. */ backupId: string
  /** It is not the newest one, but was accepted before: accepting it takes a later acceptance back. */ again?: boolean
  /** What is accepted, in words: `7 things`. */ what: string
  onClose: () => void
  onAccepted?: () => void
}

/** Saying that a configuration is as it should be, and why. Mounted anew each time it opens; Enter accepts. */
export function AcceptDialog({ firewall, backupId, again = false, what, onClose, onAccepted }: AcceptDialogProps) {
  const [note, setNote] = useState('')
  const { mutate, isPending, error } = useMutation(driftMutations.accept())
  const missing = note.trim() === ''
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (missing || isPending) return
    mutate(
      { id: firewall.id, backupId, note: note.trim(), ...(again && { again }) },
      {
        onSuccess: () => {
          toast.good(`The configuration of ${firewall.name} is accepted.`)
          onClose()
          onAccepted?.()
        },
      },
    )
  }
  return (
    <Dialog
      open
      onOpenChange={(stays) => !stays && onClose()}
      title={`Accept the configuration of ${firewall.name}`}
      description={`${what}. From now on changes are told against this backup. Nothing is changed at the firewall.`}
    >
      <form noValidate onSubmit={submit} className="flex flex-col gap-4">
        <Field label="Why it is as it should be" help="A ticket, a name, a reason. It stands in the history of the firewall and in the audit.">
          {(id, describedBy) => (
            <TextInput
              id={id}
              aria-describedby={describedBy}
              value={note}
              maxLength={1000}
              autoFocus
              autoComplete="off"
              onChange={(event) => setNote(event.target.value)}
            />
          )}
        </Field>
        <ProblemNotice error={error} />
        <div className="flex flex-wrap items-center justify-end gap-2">
          <Button onClick={onClose}>Leave it open</Button>
          <Button type="submit" variant="primary" busy={isPending} disabledReason={missing ? 'Say why first.' : null}>
            Accept the configuration
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
