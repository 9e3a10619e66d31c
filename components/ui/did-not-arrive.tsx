'use client'
import { OctagonX } from 'lucide-react'
import { Button } from './button'

export const DID_NOT_ARRIVE = 'This part of the page did not arrive. Check your connection, then try again.'

/** Stands in for a part that could not be fetched; the page around it goes on. */
export function DidNotArrive({ onRetry, onLeave }: { onRetry: () => void; onLeave?: (() => void) | undefined }) {
  return (
    <div role="alert" className="fixed inset-x-0 bottom-4 z-50 mx-auto flex w-[min(28rem,calc(100vw-2rem))] items-start gap-3 rounded-lg bg-raised px-4 py-3 text-text shadow-raised max-md:bottom-20">
      <OctagonX aria-hidden size={16} strokeWidth={1.75} className="mt-0.5 shrink-0 text-bad-mark" />
      <div className="flex min-w-0 flex-1 flex-col items-start gap-3">
        <p>{DID_NOT_ARRIVE}</p>
        <div className="flex flex-wrap gap-2">
          <Button onClick={onRetry}>Try again</Button>
          {onLeave && <Button onClick={onLeave}>Leave it</Button>}
        </div>
      </div>
    </div>
  )
}
