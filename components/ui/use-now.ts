'use client'
import { useSyncExternalStore } from 'react'

const TICK_MS = 1000
const listeners = new Set<() => void>()
let nowMs = Date.now()
let timer: ReturnType<typeof setInterval> | undefined

/** One timer for the whole page, and none while nothing on it ages. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(() => {
    nowMs = Date.now()
    for (const each of listeners) each()
  }, TICK_MS)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

function read(): number {
  if (timer === undefined) nowMs = Date.now()
  return Math.floor(nowMs / TICK_MS) * TICK_MS
}

/** This second; null while the server renders, because its clock is not the viewer's. */
export const useNow = (): number | null => useSyncExternalStore<number | null>(subscribe, read, () => null)
