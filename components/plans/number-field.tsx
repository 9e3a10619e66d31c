'use client'
import { useState, type ReactNode } from 'react'
import { Field, TextInput } from '@/components/ui/field'
import { faultOfNumber, type BoundName } from './plan-draft'

type NumberFieldProps = {
  label: ReactNode
  /** Stands behind the number, in the field. */
  unit?: string
  help?: ReactNode
  /** NaN while what is typed is no number. */
  value: number
  bound: BoundName
  /** What the server found wrong; what is wrong with the number itself comes first. */
  error?: string | undefined
  className?: string
  onChange: (value: number) => void
}

const read = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text))

/** A whole number. What cannot be read stays as it was typed, with what is wrong below it. */
export function NumberField({ label, unit, help, value, bound, error, className, onChange }: NumberFieldProps) {
  const [typed, setTyped] = useState(() => (Number.isNaN(value) ? '' : String(value)))
  const text = Object.is(read(typed), value) ? typed : Number.isNaN(value) ? typed : String(value)
  const change = (next: string): void => {
    setTyped(next)
    onChange(read(next))
  }
  return (
    <Field label={label} help={help} error={faultOfNumber(value, bound) ?? error} {...(className !== undefined && { className })}>
      {(id, describedBy, invalid) => (
        <span className="relative flex min-w-0">
          <TextInput id={id} inputMode="numeric" autoComplete="off" aria-describedby={describedBy} invalid={invalid} value={text} onChange={(event) => change(event.target.value)} className="tabular-nums" />
          {unit !== undefined && <span className="pointer-events-none absolute inset-y-px right-px flex items-center rounded-r-md bg-surface pr-2.5 pl-1 text-xs text-text-3">{unit}</span>}
        </span>
      )}
    </Field>
  )
}
