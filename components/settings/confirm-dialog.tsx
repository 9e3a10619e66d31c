'use client'
import { useState, type FormEvent, type ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field, TextInput } from '@/components/ui/field'
import { ProblemNotice } from '@/components/ui/problem'

type ConfirmDialogProps = {
  title: string
  /** What happens, in a sentence. */ effect: ReactNode
  /** Names of both buttons: the safe one has the focus. */ safe: string
  act: string
  danger?: boolean
  /** What has to be typed first, so that it is not the wrong one. */ typed?: string
  busy: boolean
  error: unknown
  onClose: () => void
  onAct: (typed: string) => void
  /** Over another dialog. */ above?: boolean
  children?: ReactNode
}

/** Names the effect before it happens. Mounted anew each time it opens. */
export function ConfirmDialog({ title, effect, safe, act, danger = false, typed, busy, error, onClose, onAct, above = false, children }: ConfirmDialogProps) {
  const [text, setText] = useState('')
  const missing = typed !== undefined && text.trim().toLowerCase() !== typed.toLowerCase()
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    // It may be asked within a form, which would take this for its own and save.
    event.stopPropagation()
    if (!missing && !busy) onAct(text.trim())
  }
  return (
    <Dialog open onOpenChange={(stays) => !stays && onClose()} title={title} description={effect} above={above}>
      <form noValidate onSubmit={submit} className="flex flex-col gap-4">
        {children}
        {typed !== undefined && (
          <Field
            label={
              <>
                Type <strong className="font-mono text-text">{typed}</strong> to go on
              </>
            }
          >
            {(id) => <TextInput id={id} value={text} autoComplete="off" onChange={(event) => setText(event.target.value)} />}
          </Field>
        )}
        <ProblemNotice error={error} />
        <div className="flex flex-wrap items-center justify-end gap-2">
          <Button onClick={onClose}>{safe}</Button>
          <Button type="submit" variant={danger ? 'danger' : 'primary'} busy={busy} disabledReason={missing ? 'Type it first.' : null}>
            {act}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
