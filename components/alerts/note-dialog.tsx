'use client'
import { useState, type FormEvent, type ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field, TextInput } from '@/components/ui/field'
import { ProblemNotice } from '@/components/ui/problem'

type NoteDialogProps = {
  title: ReactNode
  description: ReactNode
  help: string
  /** Names the act. */ act: string
  required: boolean
  /** What a required line is; of a decision, its reason. */ asks?: 'reason' | 'note'
  /** Names the safe choice. */ safe?: string
  /** What cannot be taken back. */ danger?: boolean
  busy: boolean
  error: unknown
  onClose: () => void
  onSave: (note: string) => void
}

const ASKED = { reason: { label: 'Reason', missing: 'Give a reason.' }, note: { label: 'Note', missing: 'Write something.' } } as const

/** One line to write, and the act. Enter sends it, so that a key and Enter are enough. */
export function NoteDialog({ title, description, help, act, required, asks = 'reason', safe = 'Leave it as it is', danger = false, busy, error, onClose, onSave }: NoteDialogProps) {
  const [note, setNote] = useState('')
  const [wrong, setWrong] = useState<string | null>(null)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (busy) return
    const text = note.trim()
    if (required && text === '') setWrong(ASKED[asks].missing)
    else onSave(text)
  }
  return (
    <Dialog open onOpenChange={(stays) => !stays && onClose()} title={title} description={description}>
      <form noValidate onSubmit={submit} className="flex flex-col gap-4">
        <Field label={required ? ASKED[asks].label : 'Note, if there is one'} help={help} error={wrong}>
          {(id, describedBy, invalid) => (
            <TextInput
              id={id}
              aria-describedby={describedBy}
              invalid={invalid}
              autoFocus
              autoComplete="off"
              maxLength={500}
              value={note}
              onChange={(event) => {
                setNote(event.target.value)
                setWrong(null)
              }}
            />
          )}
        </Field>
        <ProblemNotice error={error} />
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>{safe}</Button>
          <Button type="submit" variant={danger ? 'danger' : 'primary'} busy={busy}>
            {act}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
