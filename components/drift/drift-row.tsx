'use client'
import { useEffect, useRef } from 'react'
import { Age } from '@/components/ui/age'
import { cn } from '@/lib/core/cn'
import type { DriftDto } from '@/lib/drift/dto'
import { escapeUnseen } from '@/lib/format/unseen'
import { itemWords, whoWords } from './drift-words'

type DriftRowProps = { drift: DriftDto; active: boolean; takesFocus: boolean; onChoose: () => void; onOpen: () => void }

/** One firewall that drifted. A click shows it beside the list; Enter or a double click opens the whole comparison. */
export function DriftRow({ drift, active, takesFocus, onChoose, onOpen }: DriftRowProps) {
  const ref = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (!active) return
    // Newer browsers answer with a promise, which React would take for the clean-up of the effect.
    void ref.current?.scrollIntoView({ block: 'nearest' })
    if (takesFocus) ref.current?.focus({ preventScroll: true })
  }, [active, takesFocus])
  return (
    <li>
      <button
        ref={ref}
        type="button"
        aria-current={active || undefined}
        onClick={onChoose}
        onDoubleClick={onOpen}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return
          event.preventDefault()
          onOpen()
        }}
        className={cn(
          'grid w-full scroll-mt-24 scroll-mb-4 grid-cols-[minmax(0,1fr)_auto] gap-x-3 border-b border-line px-5 py-2 text-left -outline-offset-2 hover:bg-hover max-md:min-h-14 max-md:px-4',
          active && 'bg-act-soft shadow-[inset_3px_0_0_var(--act)] hover:bg-act-soft',
        )}
      >
        <span className="truncate font-medium">{drift.firewall.name}</span>
        <Age at={drift.since} />
        <span className="truncate text-xs text-text-2">
          {drift.customer.name}, {escapeUnseen(whoWords(drift))}
        </span>
        <span className="text-right text-xs text-text-2">{itemWords(drift.items)}</span>
      </button>
    </li>
  )
}
