'use client'
import { Field, TextInput } from '@/components/ui/field'
import { CodeInput } from './code-input'
import { PasswordInput } from './password-input'

/** How someone proves who they are. */
export type Way = 'code' | 'recovery' | 'password'

const MISSING = {
  code: 'Enter the six digits that your authenticator shows.',
  recovery: 'Enter one of your recovery codes.',
  password: 'Enter your password.',
} as const satisfies Record<Way, string>

type ProofFieldProps = {
  way: Way
  value: string
  onChange: (text: string) => void
  /** Runs when all six digits of a code are there. */
  onComplete: (code: string) => void
  missing: boolean
  /** For password managers. */
  email: string | null
}

/** The one field of a proof; it has the focus. */
export function ProofField({ way, value, onChange, onComplete, missing, email }: ProofFieldProps) {
  const error = missing ? MISSING[way] : null
  switch (way) {
    case 'code':
      return (
        <Field label="Code from your authenticator" error={error}>
          {(id, describedBy, invalid) => (
            <CodeInput id={id} describedBy={describedBy} invalid={invalid} value={value} onChange={onChange} onComplete={onComplete} autoFocus />
          )}
        </Field>
      )
    case 'recovery':
      return (
        <Field label="Recovery code" help="One of the ten that you kept. It is used up with this." error={error}>
          {(id, describedBy, invalid) => (
            <TextInput
              id={id}
              aria-describedby={describedBy}
              invalid={invalid}
              mono
              name="recovery-code"
              autoComplete="off"
              value={value}
              onChange={(event) => onChange(event.target.value)}
              autoFocus
            />
          )}
        </Field>
      )
    case 'password':
      return (
        <Field label="Your password" error={error}>
          {(id, describedBy, invalid) => (
            <>
              <input type="text" name="email" autoComplete="username" value={email ?? ''} readOnly hidden />
              <PasswordInput
                id={id}
                aria-describedby={describedBy}
                invalid={invalid}
                name="password"
                autoComplete="current-password"
                value={value}
                onChange={(event) => onChange(event.target.value)}
                autoFocus
              />
            </>
          )}
        </Field>
      )
  }
}
