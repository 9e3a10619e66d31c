'use client'
import { useEffect, useEffectEvent, useRef } from 'react'
import { Button } from './button'

/** The next page comes when its place comes near; the button is for who does not scroll. */
export function LoadMore({ more, busy, onMore, what }: { more: boolean; busy: boolean; onMore: () => void; what: string }) {
  const ref = useRef<HTMLDivElement>(null)
  const near = useEffectEvent(() => {
    if (more && !busy) onMore()
  })
  useEffect(() => {
    if (!ref.current) return
    const observer = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && near(), { rootMargin: '600px' })
    observer.observe(ref.current)
    return () => observer.disconnect()
  }, [more, busy])
  if (!more) return null
  return (
    <div ref={ref} className="flex justify-center py-4">
      <Button busy={busy} onClick={onMore}>
        Show more {what}
      </Button>
    </div>
  )
}
