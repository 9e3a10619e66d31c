import { useEffect, useState } from 'react'
import type { Language } from './language'

const load = (): Promise<Language> => import('./language').then((module) => module.language)

type LanguageSoon = {
  language: Language | null
  /** It is not there, and what `waits` need not wait any longer. */
  absent: boolean
  bring: () => Promise<Language>
}

/** The query language once it is there. It is fetched at once when something `waits` for it, else by who reaches for the field. */
export function useLanguage(waits: boolean): LanguageSoon {
  const [language, setLanguage] = useState<Language | null>(null)
  const [absent, setAbsent] = useState(false)
  useEffect(() => {
    let shown = true
    // What did not arrive is asked for again by the next key.
    if (waits)
      load().then(
        (loaded) => shown && setLanguage(loaded),
        () => shown && setAbsent(true),
      )
    return () => {
      shown = false
    }
  }, [waits])
  const bring = async (): Promise<Language> => {
    const loaded = await load()
    setLanguage(loaded)
    return loaded
  }
  return { language, absent, bring }
}
