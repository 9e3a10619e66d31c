'use client'
import { useState, type FormEvent, type ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { CODE_LENGTH } from './code-input'
import { ProofField, type Way } from './proof-field'
import { proveWithCode, proveWithPassword, proveWithRecoveryCode, type Refusal } from './prove'

const WAYS = { code: proveWithCode, recovery: proveWithRecoveryCode, password: proveWithPassword } as const satisfies Record<
  Way,
  (text: string) => Promise<Refusal | null>
>

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
      <ProofField key={way} way={way} value={text} onChange={change} onComplete={(code) => void send(code)} missing={missing} email={email ?? null} />
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
