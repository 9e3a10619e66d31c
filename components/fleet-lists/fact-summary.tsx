'use client'
import { Download } from 'lucide-react'
import { CopyButton } from '@/components/ui/copy-button'
import { FilterSelect } from '@/components/ui/filter-select'
import { EXPORT_ROWS_MAX } from '@/lib/fleet-lists/input'
import { formatCount, plural } from '@/lib/format/numbers'
import { DEFAULT_SORT } from './fact-view'

const SORT_CHOICES = [
  { value: '-changed', label: 'Changed last' },
  { value: '-firstSeen', label: 'First seen last' },
  { value: '-firewall', label: 'Newest firewall first' },
] as const

type FactSummaryProps = {
  one: string
  many: string
  total: number
  atLeast: boolean
  truncated: boolean
  loaded: number
  gone: boolean
  onGone: (gone: boolean) => void
  sort: string
  onSort: (sort: string) => void
  copied: () => string
  exportHref: string
}

/** How many, whether that is all, and what can be done with them. */
export function FactSummary({ one, many, total, atLeast, truncated, loaded, gone, onGone, sort, onSort, copied, exportHref }: FactSummaryProps) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1 px-5 pb-2 text-xs text-text-2 max-md:px-4">
      <p role="status">
        <strong className="font-semibold text-text">{plural(total, one, many)}</strong>
        {atLeast && ' or more'}
        {truncated && '. A regular expression is tried on the first 20,000 rows; add a condition to see the rest.'}
      </p>
      <label className="flex items-center gap-1.5 max-md:min-h-11">
        <input type="checkbox" checked={gone} onChange={(event) => onGone(event.target.checked)} className="size-3.5 accent-(--act-fill)" />
        With what is gone
      </label>
      <span className="md:hidden">
        <FilterSelect label="Order" value={sort === DEFAULT_SORT ? '' : sort} choices={SORT_CHOICES} onChange={(value) => onSort(value || DEFAULT_SORT)} />
      </span>
      <span className="ml-auto flex flex-wrap items-center gap-4">
        {loaded > 0 && <CopyButton text={copied} label={`Copy ${formatCount(loaded)} as text`} variant="quiet" />}
        {total > 0 && (
          <a
            href={exportHref}
            download
            title={atLeast || total > EXPORT_ROWS_MAX ? `The first ${formatCount(EXPORT_ROWS_MAX)} in this order` : undefined}
            className="inline-flex min-h-6 items-center gap-1 text-act hover:underline max-md:min-h-11"
          >
            <Download aria-hidden size={14} />
            Export CSV
          </a>
        )}
      </span>
    </div>
  )
}
