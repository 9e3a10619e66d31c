'use client'
import { useSyncExternalStore } from 'react'

/** Whether a media query holds; false while the server renders. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const list = window.matchMedia(query)
      list.addEventListener('change', changed)
      return () => list.removeEventListener('change', changed)
    },
    () => window.matchMedia(query).matches,
    () => false,
  )
}

/** Below 768 px lists are cards. */
export const usePhone = (): boolean => useMedia('(max-width: 767.98px)')
