import type { ReactNode } from 'react'

/** One subject of a settings page: what it is about, then what can be done. */
export function Part({ id, title, about, children }: { id: string; title: string; about?: ReactNode; children: ReactNode }) {
  return (
    <section id={id} aria-labelledby={`${id}-title`} className="flex min-w-0 scroll-mt-14 flex-col gap-3 px-5 py-5 max-md:px-4">
      <div>
        <h3 id={`${id}-title`} className="font-semibold">
          {title}
        </h3>
        {about && <p className="max-w-2xl text-text-2">{about}</p>}
      </div>
      {children}
    </section>
  )
}

/** One act with its consequence, the button at the right. */
export function ActRow({ title, effect, children }: { title: ReactNode; effect: ReactNode; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center gap-x-6 gap-y-2 border-t border-line py-3 first-of-type:border-t-0 first-of-type:pt-0 last:pb-0">
      <div className="min-w-60 flex-1">
        <p className="font-medium">{title}</p>
        <p className="text-text-2">{effect}</p>
      </div>
      {children}
    </div>
  )
}
