'use client'
import { X } from 'lucide-react'
import { cn } from '@/lib/core/cn'

type FilterSelectProps = { label: string; value: string; choices: readonly { value: string; label: string }[]; onChange: (value: string) => void }

/** One condition of a filter as a choice; once set it can be taken back by itself. */
export function FilterSelect({ label, value, choices, onChange }: FilterSelectProps) {
  const set = value !== ''
  const unlisted = set && !choices.some((choice) => choice.value === value)
  return (
    <span className={cn('inline-flex h-8 max-w-52 shrink-0 items-center rounded-md border max-md:h-11', set ? 'border-act bg-act-soft' : 'border-control')}>
      <select
        aria-label={label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className="h-full max-w-44 min-w-0 truncate [field-sizing:content] rounded-md bg-transparent pr-1 pl-2 text-sm [&>option]:bg-raised [&>option]:text-text"
      >
        <option value="">{set ? `Any ${label.toLowerCase()}` : label}</option>
        {unlisted && <option value={value}>{value}</option>}
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
      {set && (
        <button
          type="button"
          aria-label={`Remove the condition on ${label.toLowerCase()}`}
          onClick={() => onChange('')}
          className="grid h-full w-7 place-items-center rounded-md text-text-2 hover:text-text max-md:w-11"
        >
          <X aria-hidden size={14} />
        </button>
      )}
    </span>
  )
}
