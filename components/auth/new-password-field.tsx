'use client'
import { Field } from '@/components/ui/field'
import { TONE_TEXT } from '@/components/ui/tone'
import { passwordSentence } from './password-sentence'
import { PasswordInput } from './password-input'

type NewPasswordFieldProps = {
  label: string
  value: string
  onChange: (text: string) => void
  error?: string | undefined
  /** Whose it becomes: name and address make it easier to guess. */
  about: readonly string[]
  autoFocus?: boolean
}

/** A new password with the rule, and while it is typed how good it is. */
export function NewPasswordField({ label, value, onChange, error, about, autoFocus }: NewPasswordFieldProps) {
  const { text, tone } = passwordSentence(value, about)
  return (
    <Field label={label} help={<span className={tone === 'plain' ? undefined : TONE_TEXT[tone]}>{text}</span>} error={error}>
      {(id, describedBy, invalid) => (
        <PasswordInput
          id={id}
          aria-describedby={describedBy}
          invalid={invalid}
          name="new-password"
          autoComplete="new-password"
          value={value}
          onChange={(event) => onChange(event.target.value)}
          autoFocus={autoFocus}
        />
      )}
    </Field>
  )
}
