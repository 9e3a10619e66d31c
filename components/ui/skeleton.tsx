import { cn } from '@/lib/core/cn'

const WIDTHS = ['w-3/4', 'w-1/2', 'w-2/3', 'w-2/5'] as const

/** Bars in the height of the rows to come. They hold their place at once and are seen after 150 ms. */
export function SkeletonRows({ rows, columns, rowHeight = 32 }: { rows: number; columns: number; rowHeight?: 32 | 40 | 60 }) {
  return (
    <div role="status" aria-label="Loading">
      <div aria-hidden className="animate-appear">
        {Array.from({ length: rows }, (_, row) => (
          <div
            key={row}
            className={cn('flex items-center gap-6 border-b border-line px-5 max-md:h-15', rowHeight === 32 ? 'h-8' : rowHeight === 40 ? 'h-10' : 'h-15')}
          >
            {Array.from({ length: columns }, (_, column) => (
              <div key={column} className="flex-1 max-md:nth-[n+3]:hidden">
                <div className={cn('h-2 rounded-full bg-line', WIDTHS[(row + column) % WIDTHS.length])} />
              </div>
            ))}
          </div>
        ))}
      </div>
    </div>
  )
}
