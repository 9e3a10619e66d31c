'use client'
import { useLayoutEffect, useRef, useState, type RefObject } from 'react'

export function keyAt<T>(rows: readonly T[], index: number, rowKey: (row: T) => string): string {
  const row = rows[index]
  return row === undefined ? String(index) : rowKey(row)
}

/** How far below the top of the page the list begins; measured again whenever the page's layout changes. */
export function useScrollMargin<E extends HTMLElement>(): { ref: RefObject<E | null>; scrollMargin: number } {
  const ref = useRef<E>(null)
  const [scrollMargin, setScrollMargin] = useState(0)
  useLayoutEffect(() => {
    const measure = (): void => {
      if (ref.current) setScrollMargin(Math.round(ref.current.getBoundingClientRect().top + window.scrollY))
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(document.body)
    return () => observer.disconnect()
  }, [])
  return { ref, scrollMargin }
}
