import type { ReactNode } from 'react'

/** One numbered part of the design. */
export function DesignPart({ number, title, act, children }: { number: number; title: string; act?: ReactNode; children: ReactNode }) {
  return (
    <section aria-label={title} className="flex flex-col gap-2 border-b border-line py-4 first:pt-3 last:border-b-0">
      <div className="flex min-h-6 items-center justify-between gap-3">
        <h2 className="font-semibold">
          {number}. {title}
        </h2>
        {act}
      </div>
      {children}
    </section>
  )
}

export const Note = ({ children, tone }: { children: ReactNode; tone?: 'bad' }) => <p className={tone === 'bad' ? 'text-xs text-bad' : 'text-xs text-text-3'}>{children}</p>
