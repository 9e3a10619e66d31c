'use client'
import { cn } from '@/lib/core/cn'
import type { RawLook } from './raw-rows'

const CHOICES = [
  { look: 'unified', word: 'One below the other' },
  { look: 'split', word: 'Side by side' },
] as const

/** How lines are laid out; not offered where two columns do not fit. */
export function LookSwitch({ look, onChange }: { look: RawLook; onChange: (look: RawLook) => void }) {
  return (
    <div role="group" aria-label="Layout of the lines" className="inline-flex max-md:hidden">
      {CHOICES.map(({ look: each, word }) => (
        <button
          key={each}
          type="button"
          aria-pressed={each === look}
          onClick={() => onChange(each)}
          className={cn(
            'h-[30px] border border-line-2 px-3 text-sm first:rounded-l-md last:-ml-px last:rounded-r-md hover:bg-hover',
            each === look && 'z-10 border-act bg-act-soft font-medium',
          )}
        >
          {word}
        </button>
      ))}
    </div>
  )
}
