'use client'
import { useEffect, useRef } from 'react'
import { cn } from '@/lib/core/cn'
import type { Suggestion, Suggestions } from './suggest'

type SuggestionListProps = {
  id: string
  groups: readonly Suggestions[]
  active: number
  /** Values are on their way. */ busy: boolean
  onChoose: (item: Suggestion) => void
}

export const optionId = (listId: string, place: number): string => `${listId}-${place}`

/** The list under the field. The focus stays in the field; the arrow keys move through here. */
export function SuggestionList({ id, groups, active, busy, onChoose }: SuggestionListProps) {
  const current = useRef<HTMLLIElement>(null)
  useEffect(() => {
    // Newer browsers answer with a promise, which React would take for the clean-up of the effect.
    void current.current?.scrollIntoView({ block: 'nearest' })
  }, [active])
  const starts = groups.map((_, place) => groups.slice(0, place).reduce((sum, { items }) => sum + items.length, 0))
  return (
    <div
      id={id}
      role="listbox"
      aria-label="Suggestions"
      aria-busy={busy}
      className="absolute top-full left-0 z-40 mt-1 max-h-80 w-full max-w-xl overflow-y-auto rounded-lg bg-raised p-1 shadow-raised max-md:max-h-64"
      // The field keeps the focus, and with it the list stays open.
      onMouseDown={(event) => event.preventDefault()}
    >
      {groups.map(({ title, items }, group) => (
        <ul key={title} role="group" aria-label={title}>
          <li role="presentation" className="px-2 pt-1.5 pb-0.5 text-xs text-text-3">
            {title}
          </li>
          {items.map((item, at) => {
            const place = (starts[group] ?? 0) + at
            return (
              <li
                key={`${item.typed} ${item.text}`}
                ref={place === active ? current : undefined}
                id={optionId(id, place)}
                role="option"
                aria-selected={place === active}
                onClick={() => onChoose(item)}
                className={cn(
                  'flex min-h-7 cursor-pointer items-baseline gap-3 rounded-md px-2 py-1 hover:bg-hover max-md:min-h-11 max-md:items-center',
                  place === active && 'bg-act-soft',
                )}
              >
                <span className="min-w-0 truncate font-mono text-xs">{item.text}</span>{' '}
                {item.note !== null && <span className="ml-auto shrink-0 text-xs text-text-3">{item.note}</span>}
              </li>
            )
          })}
        </ul>
      ))}
    </div>
  )
}
