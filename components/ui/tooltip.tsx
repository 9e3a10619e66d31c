'use client'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { createPortal } from 'react-dom'
import { TooltipBubble } from './tooltip-bubble'

const DELAY_MS = 300

/** A few words on hover and focus. Never the only place of something needed: touch has no hover. */
export function Tooltip({ text, children }: { text: ReactNode; children: ReactNode }) {
  const place = useRef<HTMLSpanElement>(null)
  const timer = useRef<number | undefined>(undefined)
  const [anchor, setAnchor] = useState<Element | null>(null)
  const show = (delayMs: number): void => {
    window.clearTimeout(timer.current)
    timer.current = window.setTimeout(() => setAnchor(place.current?.firstElementChild ?? null), delayMs)
  }
  const hide = (): void => {
    window.clearTimeout(timer.current)
    setAnchor(null)
  }
  useEffect(() => () => window.clearTimeout(timer.current), [])
  return (
    <>
      <span
        ref={place}
        className="contents"
        onPointerEnter={(event) => event.pointerType !== 'touch' && show(DELAY_MS)}
        onPointerLeave={hide}
        onPointerDown={hide}
        onFocus={(event) => event.target.matches(':focus-visible') && show(0)}
        onBlur={hide}
      >
        {children}
      </span>
      {anchor && createPortal(<TooltipBubble anchor={anchor} text={text} onClose={hide} />, document.body)}
    </>
  )
}
