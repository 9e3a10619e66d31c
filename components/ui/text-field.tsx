import type { ComponentProps, ReactNode } from 'react'
import { Field, TextInput } from './field'

type TextFieldProps = Omit<ComponentProps<typeof TextInput>, 'id' | 'onChange' | 'className' | 'invalid'> & {
  label: ReactNode
  help?: ReactNode
  error?: string | null | undefined
  className?: string
  onChange: (text: string) => void
}

/** A field of one line with its label, help and error. */
export function TextField({ label, help, error, className, onChange, ...rest }: TextFieldProps) {
  return (
    <Field label={label} help={help} error={error} {...(className !== undefined && { className })}>
      {(id, describedBy, invalid) => (
        <TextInput {...rest} id={id} aria-describedby={describedBy} invalid={invalid} onChange={(event) => onChange(event.target.value)} />
      )}
    </Field>
  )
}
