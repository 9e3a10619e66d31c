'use client'
import { useId, type ReactNode } from 'react'
import { cn } from '@/lib/core/cn'

type RadioChoiceProps<V extends string> = {
  legend: string
  value: V
  choices: readonly { value: V; label: ReactNode; help?: ReactNode }[]
  onChange: (value: V) => void
}

/** One of a few, each with what it means. */
export function RadioChoice<V extends string>({ legend, value, choices, onChange }: RadioChoiceProps<V>) {
  const name = useId()
  return (
    <fieldset className="flex max-w-2xl flex-col divide-y divide-line rounded-lg border border-line-2">
      <legend className="sr-only">{legend}</legend>
      {choices.map((choice) => (
        <label key={choice.value} className={cn('flex min-h-11 items-start gap-3 px-3 py-2.5', choice.value === value && 'bg-act-soft')}>
          <input
            type="radio"
            name={name}
            value={choice.value}
            checked={choice.value === value}
            onChange={() => onChange(choice.value)}
            aria-describedby={choice.help === undefined ? undefined : `${name}-${choice.value}`}
            className="mt-0.5 size-4 shrink-0 accent-act-fill"
          />
          <span className="min-w-0 flex-1">
            <span className="block font-medium">{choice.label}</span>
            {choice.help !== undefined && (
              <span id={`${name}-${choice.value}`} className="block text-text-2">
                {choice.help}
              </span>
            )}
          </span>
        </label>
      ))}
    </fieldset>
  )
}
