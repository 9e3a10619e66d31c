'use client'
import type { Ref } from 'react'
import { cn } from '@/lib/core/cn'

export const CODE_LENGTH = 6

type CodeInputProps = {
  id: string
  value: string
  onChange: (code: string) => void
  /** Runs when the sixth digit is there. */
  onComplete: (code: string) => void
  describedBy?: string | undefined
  invalid?: boolean
  inputRef?: Ref<HTMLInputElement>
  autoFocus?: boolean
}

/** Six digits of an authenticator. One field for keyboards, screen readers and the phone's own offer; six boxes for the eye. */
export function CodeInput({ id, value, onChange, onComplete, describedBy, invalid = false, inputRef, autoFocus }: CodeInputProps) {
  const change = (text: string): void => {
    const code = text.replace(/\D/g, '').slice(0, CODE_LENGTH)
    onChange(code)
    if (code.length === CODE_LENGTH && code !== value) onComplete(code)
  }
  return (
    <div className="group relative my-1 w-fit max-w-full rounded-md outline-offset-4 outline-act has-[:focus-visible]:outline-2">
      <input
        ref={inputRef}
        id={id}
        name="one-time-code"
        type="text"
        inputMode="numeric"
        autoComplete="one-time-code"
        autoFocus={autoFocus}
        spellCheck={false}
        aria-describedby={describedBy}
        aria-invalid={invalid || undefined}
        value={value}
        onChange={(event) => change(event.target.value)}
        className="absolute inset-0 z-10 w-full cursor-text text-base opacity-0"
      />
      <div aria-hidden className="flex gap-1.5">
        {Array.from({ length: CODE_LENGTH }, (_, place) => (
          <span
            key={place}
            className={cn(
              'grid h-10 w-9 min-w-0 place-items-center rounded-md border bg-surface text-base font-semibold text-text max-md:h-12 max-md:w-11',
              invalid ? 'border-bad-mark' : 'border-control',
              place === value.length && 'group-has-[:focus-visible]:border-act',
            )}
          >
            {value[place] ?? (place === value.length && <span className="hidden h-5 w-px bg-act group-has-[:focus-visible]:block" />)}
          </span>
        ))}
      </div>
    </div>
  )
}
