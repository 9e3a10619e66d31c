import type { ReactNode } from 'react'
import { Brand } from './brand'

/** A page without the sidebar: sign-in, set-up, and what went wrong before there was one. */
export function PlainPage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-[25rem] flex-col justify-center gap-6 px-5 py-12">
      <Brand />
      <div className="flex flex-col gap-5 rounded-xl border border-line bg-surface p-6">
        <h1 className="text-lg font-semibold">{title}</h1>
        {children}
      </div>
    </main>
  )
}
