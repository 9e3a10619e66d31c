import { useEffect, useState } from 'react'
import type { Language } from './language'

const load = (): Promise<Language> => import('./language').then((module) => module.language)

/** The query language once it is there. It is fetched at once when something `waits` for it, else by who reaches for the field. */
export function useLanguage(waits: boolean): { language: Language | null; bring: () => Promise<Language> } {
  const [language, setLanguage] = useState<Language | null>(null)
  useEffect(() => {
    let shown = true
    // What did not arrive is asked for again by the next key.
    if (waits) void load().then((loaded) => shown && setLanguage(loaded)).catch(() => undefined)
    return () => {
      shown = false
    }
  }, [waits])
  const bring = async (): Promise<Language> => {
    const loaded = await load()
    setLanguage(loaded)
    return loaded
  }
  return { language, bring }
}
