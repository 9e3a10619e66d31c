'use client'
import { useState, type FormEvent } from 'react'
import { Button } from '@/components/ui/button'
import { Field, TextInput } from '@/components/ui/field'
import { Notice } from '@/components/ui/notice'
import { nextPath } from './next-path'
import { PasswordInput } from './password-input'
import { signInWithPassword, type Refusal } from './prove'

export function SignInForm({ next }: { next: string | null }) {
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const [busy, setBusy] = useState(false)

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (busy) return
    setBusy(true)
    setRefusal(null)
    const refused = await signInWithPassword(email, password)
    // A full load: nothing of the signed-out page stays. Where a second factor is owed, that page comes first.
    if (refused === null) return window.location.assign(nextPath(next))
    setRefusal(refused)
    setBusy(false)
  }

  return (
    <form method="post" onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
      {refusal && (
        <Notice role="alert" tone="bad" title={refusal.title}>
          {refusal.next}
        </Notice>
      )}
      <Field label="E-mail address">
        {(id) => (
          <TextInput
            id={id}
            name="email"
            type="email"
            autoComplete="username"
            required
            value={email}
            onChange={(event) => setEmail(event.target.value)}
            autoFocus
          />
        )}
      </Field>
      <Field label="Password">
        {(id) => (
          <PasswordInput
            id={id}
            name="password"
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        )}
      </Field>
      <Button type="submit" variant="primary" busy={busy}>
        Sign in
      </Button>
    </form>
  )
}
