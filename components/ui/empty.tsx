import type { ReactNode } from 'react'
import { cn } from '@/lib/core/cn'

/** Why there is nothing, then the one act that helps. */
export function Empty({ title, children, action, className }: { title: ReactNode; children?: ReactNode; action?: ReactNode; className?: string }) {
  return (
    <div className={cn('flex max-w-2xl flex-col items-start gap-2 px-5 py-10', className)}>
      <p className="text-base font-semibold">{title}</p>
      {children && <div className="text-text-2">{children}</div>}
      {action && <div className="mt-2 flex flex-wrap items-center gap-2">{action}</div>}
    </div>
  )
}
