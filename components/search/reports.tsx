'use client'
import { useState } from 'react'
import { cn } from '@/lib/core/cn'
import { DuplicateReport, MovedReport, NewReport } from './report-lists'

const REPORTS = [
  { id: 'duplicates', title: 'Duplicate addresses', Report: DuplicateReport },
  { id: 'moved', title: 'Moved devices', Report: MovedReport },
  { id: 'new', title: 'New devices', Report: NewReport },
] as const

/** What is odd about addresses now. One report at a time: each asks the server page by page. */
export function Reports() {
  const [chosen, setChosen] = useState<(typeof REPORTS)[number]['id']>('duplicates')
  return (
    <>
      <div role="group" aria-label="Report" className="flex gap-1 overflow-x-auto px-5 py-2 max-md:px-4">
        {REPORTS.map(({ id, title }) => (
          <button
            key={id}
            type="button"
            aria-pressed={chosen === id}
            onClick={() => setChosen(id)}
            className={cn(
              'h-[30px] shrink-0 rounded-md border px-3 max-md:h-11',
              chosen === id ? 'border-control bg-act-soft font-semibold' : 'border-line-2 text-text-2 hover:bg-hover',
            )}
          >
            {title}
          </button>
        ))}
      </div>
      {REPORTS.map(({ id, Report }) => id === chosen && <Report key={id} />)}
    </>
  )
}
