'use client'
import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState, type ReactNode } from 'react'

const GAP_PX = 6
const EDGE_PX = 8

/** Above what it belongs to, below where there is no room, and inside the window. */
function placeOf(anchor: DOMRect, bubble: DOMRect): { top: number; left: number } {
  const above = anchor.top - GAP_PX - bubble.height
  const left = anchor.left + (anchor.width - bubble.width) / 2
  return {
    top: above >= EDGE_PX ? above : anchor.bottom + GAP_PX,
    left: Math.max(EDGE_PX, Math.min(left, window.innerWidth - bubble.width - EDGE_PX)),
  }
}

/** Goes away by Esc and when the page moves under it. */
export function TooltipBubble({ anchor, text, onClose }: { anchor: Element; text: ReactNode; onClose: () => void }) {
  const bubble = useRef<HTMLDivElement>(null)
  const [place, setPlace] = useState<{ top: number; left: number } | null>(null)
  useLayoutEffect(() => {
    if (bubble.current) setPlace(placeOf(anchor.getBoundingClientRect(), bubble.current.getBoundingClientRect()))
  }, [anchor, text])
  const close = useEffectEvent(onClose)
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') close()
    }
    const onScroll = (): void => close()
    window.addEventListener('keydown', onKey)
    window.addEventListener('scroll', onScroll, { capture: true, passive: true })
    return () => {
      window.removeEventListener('keydown', onKey)
      window.removeEventListener('scroll', onScroll, { capture: true })
    }
  }, [])
  return (
    <div
      ref={bubble}
      role="tooltip"
      style={place ?? { top: 0, left: 0, visibility: 'hidden' }}
      className="pointer-events-none fixed z-50 max-w-80 rounded-md bg-raised px-3 py-2 text-xs text-text-2 shadow-raised"
    >
      {text}
    </div>
  )
}
