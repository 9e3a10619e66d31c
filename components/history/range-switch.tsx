'use client'
import { cn } from '@/lib/core/cn'
import { HISTORY_RANGES, isHistoryRange, type HistoryRange } from '@/lib/history/input'

const WORDS = {
  '1h': ['1 h', 'Last hour'],
  '6h': ['6 h', 'Last 6 hours'],
  '24h': ['24 h', 'Last 24 hours'],
  '7d': ['7 d', 'Last 7 days'],
  '30d': ['30 d', 'Last 30 days'],
  '90d': ['90 d', 'Last 90 days'],
} as const satisfies Record<HistoryRange, readonly [short: string, title: string]>
export const rangeTitle = (range: HistoryRange): string => WORDS[range][1]
/** What an address asks for; a day when it asks for nothing that is known. */
export const readRange = (text: string): HistoryRange => (isHistoryRange(text) ? text : '24h')

export function RangeSwitch({ range, onChange }: { range: HistoryRange; onChange: (range: HistoryRange) => void }) {
  return (
    <div role="group" aria-label="Length of time" className="flex max-md:w-full">
      {Object.keys(HISTORY_RANGES)
        .filter(isHistoryRange)
        .map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={each === range}
            aria-label={rangeTitle(each)}
            onClick={() => onChange(each)}
            className={cn(
              '-ml-px h-7 border px-2.5 text-xs font-medium first:ml-0 first:rounded-l-md last:rounded-r-md max-md:h-11 max-md:flex-1 max-md:px-0',
              each === range ? 'relative z-10 border-act bg-act-soft text-text' : 'border-line-2 bg-surface text-text-2 hover:bg-hover',
            )}
          >
            {WORDS[each][0]}
          </button>
        ))}
    </div>
  )
}
