'use client'
import { usePathname, useSearchParams } from 'next/navigation'
import { useCallback, useEffect, useState } from 'react'

/**
 * One condition of the view, kept in the address; empty when absent. Setting it adds no step to the history.
 * The address follows a moment after a key, so what was set is also held here: a fast typist would lose letters else.
 */
export function useUrlParam(name: string): readonly [value: string, set: (value: string) => void] {
  const params = useSearchParams()
  const path = usePathname()
  const [held, setHeld] = useState<string | null>(null)
  useEffect(() => {
    const release = (): void => setHeld(null)
    window.addEventListener('popstate', release)
    return () => window.removeEventListener('popstate', release)
  }, [])
  const set = useCallback(
    (value: string) => {
      setHeld(value)
      const next = new URLSearchParams(window.location.search)
      if (value === '') next.delete(name)
      else next.set(name, value)
      const query = next.toString()
      window.history.replaceState(null, '', query === '' ? path : `${path}?${query}`)
    },
    [name, path],
  )
  return [held ?? params.get(name) ?? '', set]
}
