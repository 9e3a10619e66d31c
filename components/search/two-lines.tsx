import type { ReactNode } from 'react'

/** A card at 390 px. */
export const twoLines = (first: ReactNode, second: ReactNode) => (
  <div className="flex min-w-0 flex-col gap-0.5">
    <div className="flex min-w-0 items-center justify-between gap-2">{first}</div>
    <div className="flex min-w-0 items-center gap-1.5 text-xs text-text-2">{second}</div>
  </div>
)
