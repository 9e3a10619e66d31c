'use client'
import { CircleCheck, OctagonX, X } from 'lucide-react'
import { useEffect, useSyncExternalStore } from 'react'

type Way = { label: string; act: () => void }
/** With a way on, it stays until somebody goes it or puts it away. */
type Toast = { id: number; tone: 'good' | 'bad'; text: string; way: Way | null }
const STAYS_MS = 6000
const MOST = 3
let toasts: readonly Toast[] = []
let lastId = 0
const listeners = new Set<() => void>()

function show(next: readonly Toast[]): void {
  toasts = next
  for (const each of listeners) each()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

const NONE: readonly Toast[] = []
const dismiss = (id: number): void => show(toasts.filter((toast) => toast.id !== id))
const add = (tone: Toast['tone'], text: string, way: Way | null = null): void => show([...toasts, { id: ++lastId, tone, text, way }].slice(-MOST))

/** Says how an act ended. An error also stands beside its cause; a toast is never its only place. */
export const toast = { good: (text: string): void => add('good', text), bad: (text: string, way?: Way): void => add('bad', text, way) }

/** Where toasts appear; once per page. Ours, because a library's injected styles would need a hole in the content security policy. */
export function Toaster() {
  const shown = useSyncExternalStore(
    subscribe,
    () => toasts,
    () => NONE,
  )
  return (
    <div role="status" aria-live="polite" className="pointer-events-none fixed inset-x-0 bottom-4 z-50 flex flex-col items-center gap-2 px-4 max-md:bottom-20">
      {shown.map((each) => (
        <ToastCard key={each.id} toast={each} />
      ))}
    </div>
  )
}

function ToastCard({ toast: { id, tone, text, way } }: { toast: Toast }) {
  const stays = way !== null
  useEffect(() => {
    if (stays) return undefined
    const timer = setTimeout(() => dismiss(id), STAYS_MS)
    return () => clearTimeout(timer)
  }, [id, stays])
  const go = (): void => {
    dismiss(id)
    way?.act()
  }
  const Icon = tone === 'good' ? CircleCheck : OctagonX
  return (
    <div className="pointer-events-auto flex w-full max-w-md items-start gap-3 rounded-lg bg-raised px-4 py-3 shadow-raised">
      <Icon aria-hidden size={16} strokeWidth={1.75} className={tone === 'good' ? 'mt-0.5 shrink-0 text-good-mark' : 'mt-0.5 shrink-0 text-bad-mark'} />
      <p className="min-w-0 flex-1 break-words">{text}</p>
      {way && (
        <button type="button" onClick={go} className="shrink-0 font-medium text-act hover:underline max-md:min-h-11">
          {way.label}
        </button>
      )}
      <button
        type="button"
        aria-label="Dismiss"
        onClick={() => dismiss(id)}
        className="-m-1 grid size-7 place-items-center rounded-md text-text-3 hover:bg-hover max-md:size-11"
      >
        <X aria-hidden size={14} />
      </button>
    </div>
  )
}
