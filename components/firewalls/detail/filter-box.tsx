'use client'
import { ListFilter, X } from 'lucide-react'
import { useRef } from 'react'
import { Kbd } from '@/components/ui/kbd'
import { useSingleKey } from './use-single-key'

type FilterBoxProps = { value: string; onChange: (value: string) => void; label: string; hint: string }

/** Filters what is stored, in the browser. `/` goes there, Esc empties it. */
export function FilterBox({ value, onChange, label, hint }: FilterBoxProps) {
  const input = useRef<HTMLInputElement>(null)
  useSingleKey('/', () => input.current?.focus())
  return (
    <div className="flex h-[30px] min-w-0 flex-1 items-center gap-2 rounded-md border border-control bg-surface px-2.5 focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-act max-md:h-11">
      <ListFilter aria-hidden size={16} strokeWidth={1.75} className="shrink-0 text-text-3" />
      <input
        ref={input}
        type="text"
        aria-label={label}
        placeholder={hint}
        value={value}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onChange('')
        }}
        className="min-w-0 flex-1 bg-transparent text-sm outline-none max-md:text-base"
      />
      {value === '' ? (
        <Kbd>/</Kbd>
      ) : (
        <button
          type="button"
          aria-label="Clear the filter"
          onClick={() => onChange('')}
          className="grid size-6 place-items-center rounded-sm text-text-2 hover:bg-hover max-md:size-11"
        >
          <X aria-hidden size={14} />
        </button>
      )}
    </div>
  )
}
