import type { ReactNode } from 'react'
import { cn } from '@/lib/core/cn'

/** A short label: a tag of a firewall, a place in a pair. */
export function Tag({ children, dashed = false, className }: { children: ReactNode; dashed?: boolean; className?: string }) {
  return (
    <span
      className={cn(
        'inline-block h-[18px] max-w-40 shrink-0 truncate align-middle leading-4 rounded-sm border border-line-2 px-1.5 text-xs text-text-2',
        dashed && 'border-dashed',
        className,
      )}
    >
      {children}
    </span>
  )
}
