'use client'
import { useMemo } from 'react'
import { Field, SelectInput, TextInput } from '@/components/ui/field'
import { timeZones } from '@/lib/format/dates'

/** Tags as they are typed: words between commas or blanks, each once. */
export const tagsOf = (text: string): string[] => [...new Set(text.split(/[,\s]+/).filter(Boolean))]

export function TagsField({ value, error, onChange }: { value: string; error?: string | undefined; onChange: (text: string) => void }) {
  return (
    <Field label="Tags" help="Words that you filter by, for example: edge school. Blanks or commas between them." error={error}>
      {(id, describedBy, invalid) => (
        <TextInput
          id={id}
          aria-describedby={describedBy}
          invalid={invalid}
          autoComplete="off"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}

export function TimeZoneField({ value, error, onChange }: { value: string; error?: string | undefined; onChange: (zone: string) => void }) {
  const zones = useMemo(() => timeZones(), [])
  return (
    <Field label="Time zone" help="Where the firewall stands. Times on its pages tell both." error={error}>
      {(id, describedBy, invalid) => (
        <SelectInput id={id} aria-describedby={describedBy} invalid={invalid} value={value} onChange={(event) => onChange(event.target.value)}>
          {!zones.includes(value) && <option value={value}>{value}</option>}
          {zones.map((zone) => (
            <option key={zone} value={zone}>
              {zone}
            </option>
          ))}
        </SelectInput>
      )}
    </Field>
  )
}
