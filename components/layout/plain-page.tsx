import type { ReactNode } from 'react'
import { Brand } from './brand'

/** A page without the sidebar: sign-in, set-up, and what went wrong before there was one. `step` says how far one is. */
export function PlainPage({ title, step, children }: { title: string; step?: string; children: ReactNode }) {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-[25rem] flex-col justify-center gap-6 px-5 py-12">
      <Brand />
      <div className="flex flex-col gap-5 rounded-xl border border-line bg-surface p-6">
        <div className="flex flex-col gap-1">
          {step !== undefined && <p className="text-xs text-text-3">Step {step}</p>}
          <h1 className="text-lg font-semibold">{title}</h1>
        </div>
        {children}
      </div>
    </main>
  )
}
