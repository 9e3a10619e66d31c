'use client'
import { usePathname, useSearchParams } from 'next/navigation'
import { useCallback } from 'react'

/** One condition of the view, kept in the address; empty when absent. Setting it adds no step to the history. */
export function useUrlParam(name: string): readonly [value: string, set: (value: string) => void] {
  const params = useSearchParams()
  const path = usePathname()
  const set = useCallback(
    (value: string) => {
      const next = new URLSearchParams(window.location.search)
      if (value === '') next.delete(name)
      else next.set(name, value)
      const query = next.toString()
      window.history.replaceState(null, '', query === '' ? path : `${path}?${query}`)
    },
    [name, path],
  )
  return [params.get(name) ?? '', set]
}
