'use client'
import { useEffect, useEffectEvent } from 'react'

/** Tells which rows are near the window, whenever that changes. */
export function useRange(first: number | undefined, last: number | undefined, onRange: ((first: number, last: number) => void) | undefined): void {
  const tell = useEffectEvent((from: number, to: number) => onRange?.(from, to))
  useEffect(() => {
    if (first !== undefined && last !== undefined) tell(first, last)
  }, [first, last])
}
