'use client'
import { useState, type FormEvent, type ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field, TextInput } from '@/components/ui/field'
import { ProblemNotice } from '@/components/ui/problem'
import { createCustomerInput } from '@/lib/customers/input'
import { ApiError } from '@/lib/queries/client'

type NameDialogProps = {
  title: string
  label: string
  initial: string
  act: string
  busy: boolean
  error: unknown
  onClose: () => void
  onSave: (name: string) => void
  /** More fields of the form. */
  children?: ReactNode
}

/** A form that asks for a name, and perhaps a little more. Mounted anew each time it opens. */
export function NameDialog({ title, label, initial, act, busy, error, onClose, onSave, children }: NameDialogProps) {
  const [name, setName] = useState(initial)
  const [wrong, setWrong] = useState<string | null>(null)
  const refused = error instanceof ApiError ? error.issueOf('name') : undefined
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    const parsed = createCustomerInput.shape.name.safeParse(name)
    if (parsed.success) onSave(parsed.data)
    else setWrong(parsed.error.issues[0]?.message ?? 'Not a name.')
  }
  return (
    <Dialog open onOpenChange={(stays) => !stays && onClose()} title={title}>
      <form noValidate onSubmit={submit} className="flex flex-col gap-4">
        <Field label={label} error={wrong ?? refused}>
          {(id, describedBy, invalid) => (
            <TextInput
              id={id}
              aria-describedby={describedBy}
              invalid={invalid}
              value={name}
              autoComplete="off"
              onChange={(event) => {
                setName(event.target.value)
                setWrong(null)
              }}
            />
          )}
        </Field>
        {children}
        {refused === undefined && <ProblemNotice error={error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" busy={busy}>
            {act}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
