import type { ReactNode } from 'react'

/** The panel beside a page; below it where the window is narrow. */
export function Aside({ label, children }: { label: string; children: ReactNode }) {
  return (
    <aside aria-label={label} className="flex flex-col divide-y divide-line border-line max-xl:border-t xl:w-80 xl:shrink-0 xl:border-l">
      {children}
    </aside>
  )
}

export function AsidePart({ title, note, children }: { title: string; note?: ReactNode; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-2 px-5 py-4 max-md:px-4">
      <div className="flex items-baseline justify-between gap-3">
        <h2 className="font-semibold">{title}</h2>
        {note && <span className="text-xs text-text-3">{note}</span>}
      </div>
      {children}
    </section>
  )
}
