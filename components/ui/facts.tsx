import type { ReactNode } from 'react'
import { cn } from '@/lib/core/cn'

/** Label and value, one a line. */
export function Facts({ items, className }: { items: readonly (readonly [label: string, value: ReactNode])[]; className?: string }) {
  return (
    <dl className={cn('grid grid-cols-[minmax(5.5rem,max-content)_1fr] gap-x-4 gap-y-1.5', className)}>
      {items.map(([label, value], place) => (
        <div key={`${place} ${label}`} className="contents">
          <dt className="text-text-3">{label}</dt>
          <dd className="min-w-0 break-words">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** What a firewall does not tell is an answer, not a gap. */
export function NotReported({ children = 'not reported' }: { children?: ReactNode }) {
  return <span className="text-text-3">{children}</span>
}
