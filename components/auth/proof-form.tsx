'use client'
import { useState, type FormEvent, type ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { Field, TextInput } from '@/components/ui/field'
import { Notice } from '@/components/ui/notice'
import { CODE_LENGTH, CodeInput } from './code-input'
import { PasswordInput } from './password-input'
import { proveWithCode, proveWithPassword, proveWithRecoveryCode, type Refusal } from './prove'

type Way = 'code' | 'recovery' | 'password'
const WAYS = { code: proveWithCode, recovery: proveWithRecoveryCode, password: proveWithPassword } as const satisfies Record<
  Way,
  (text: string) => Promise<Refusal | null>
>
const MISSING = {
  code: 'Enter the six digits that your authenticator shows.',
  recovery: 'Enter one of your recovery codes.',
  password: 'Enter your password.',
} as const satisfies Record<Way, string>

type ProofFormProps = {
  proof: 'code' | 'password'
  /** Named by what happens next. */
  act: string
  onProven: () => void
  /** Beside the act: the way out. */
  children?: ReactNode
  /** For password managers. */
  email?: string | null
}

/** Proves who sits there: six digits, which send themselves, or a recovery code; the password where there is no second factor. */
export function ProofForm({ proof, act, onProven, children, email }: ProofFormProps) {
  const [way, setWay] = useState<Way>(proof)
  const [text, setText] = useState('')
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const [missing, setMissing] = useState(false)
  const [busy, setBusy] = useState(false)

  const change = (next: string): void => {
    setText(next)
    setMissing(false)
  }
  const send = async (value: string): Promise<void> => {
    if (busy) return
    if (value.trim() === '' || (way === 'code' && value.length < CODE_LENGTH)) return setMissing(true)
    setBusy(true)
    setRefusal(null)
    const refused = await WAYS[way](value)
    if (refused === null) return onProven()
    setRefusal(refused)
    setText('')
    setBusy(false)
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    void send(text)
  }
  const switchTo = (next: Way): void => {
    setWay(next)
    setText('')
    setMissing(false)
    setRefusal(null)
  }

  return (
    <form method="post" noValidate onSubmit={submit} className="flex flex-col gap-4">
      {refusal && (
        <Notice role="alert" tone="bad" title={refusal.title}>
          {refusal.next}
        </Notice>
      )}
      {way === 'code' && (
        <Field label="Code from your authenticator" error={missing ? MISSING.code : null}>
          {(id, describedBy, invalid) => (
            <CodeInput id={id} describedBy={describedBy} invalid={invalid} value={text} onChange={change} onComplete={(code) => void send(code)} autoFocus />
          )}
        </Field>
      )}
      {way === 'recovery' && (
        <Field label="Recovery code" help="One of the ten that you kept. It is used up with this." error={missing ? MISSING.recovery : null}>
          {(id, describedBy, invalid) => (
            <TextInput
              key="recovery"
              id={id}
              aria-describedby={describedBy}
              invalid={invalid}
              mono
              name="recovery-code"
              autoComplete="off"
              value={text}
              onChange={(event) => change(event.target.value)}
              autoFocus
            />
          )}
        </Field>
      )}
      {way === 'password' && (
        <Field label="Your password" error={missing ? MISSING.password : null}>
          {(id, describedBy, invalid) => (
            <>
              <input type="text" name="email" autoComplete="username" value={email ?? ''} readOnly hidden />
              <PasswordInput
                id={id}
                aria-describedby={describedBy}
                invalid={invalid}
                name="password"
                autoComplete="current-password"
                value={text}
                onChange={(event) => change(event.target.value)}
                autoFocus
              />
            </>
          )}
        </Field>
      )}
      {proof === 'code' && (
        <button type="button" onClick={() => switchTo(way === 'code' ? 'recovery' : 'code')} className="w-fit text-act hover:underline max-md:min-h-11">
          {way === 'code' ? 'Use a recovery code instead' : 'Use the authenticator instead'}
        </button>
      )}
      <div className="flex flex-wrap items-center justify-end gap-2">
        {children}
        <Button type="submit" variant="primary" busy={busy}>
          {act}
        </Button>
      </div>
    </form>
  )
}
