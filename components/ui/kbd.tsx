import type { ReactNode } from 'react'

/** A key, as a hint beside what it does; hidden where there is no keyboard. */
export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="inline-grid h-[18px] min-w-[18px] place-items-center rounded-sm border border-line-2 px-1 font-mono text-2xs text-text-3 max-md:hidden">
      {children}
    </kbd>
  )
}
