'use client'
import { TriangleAlert, X } from 'lucide-react'
import { cn } from '@/lib/core/cn'
import { FILTERS } from '@/lib/query-language/condition'
import type { Pair } from '@/lib/query-language/parse'
import { writeCondition } from './write-condition'

const FILTER = new RegExp(`__(${FILTERS.join('|')})$`)

type ConditionChipProps = { pair: Pair; wrong: boolean; describedBy: string | undefined; onEdit: () => void; onRemove: () => void }

/** A condition in the language as typed. A click edits it. */
export function ConditionChip({ pair, wrong, describedBy, onEdit, onRemove }: ConditionChipProps) {
  const [name, value] = pair
  const filter = FILTER.exec(name)?.[0] ?? ''
  const text = writeCondition(pair)
  return (
    <li
      className={cn(
        'inline-flex h-6 max-w-full min-w-0 items-center rounded-sm border font-mono text-xs max-md:h-11',
        wrong ? 'border-bad-mark bg-bad-soft' : 'border-line-2 bg-sunken',
      )}
    >
      <button
        type="button"
        title={text}
        aria-label={`${wrong ? 'Wrong condition' : 'Condition'} ${text}, edit it`}
        aria-describedby={wrong ? describedBy : undefined}
        onClick={onEdit}
        className="flex h-full max-w-96 min-w-0 items-center rounded-l-sm pl-1.5 hover:bg-hover"
      >
        {wrong && <TriangleAlert aria-hidden size={12} className="mr-1 shrink-0 text-bad-mark" />}
        <span className="shrink-[2] truncate text-text-2">{name.slice(0, name.length - filter.length)}</span>
        <span className="shrink-0 text-act">{filter}=</span>
        <span className="truncate font-semibold">{value}</span>
      </button>
      <button
        type="button"
        aria-label={`Remove ${text}`}
        onClick={onRemove}
        className="grid h-full w-6 shrink-0 place-items-center rounded-r-sm text-text-3 hover:bg-hover hover:text-text max-md:w-11"
      >
        <X aria-hidden size={12} />
      </button>
    </li>
  )
}
