import { useState } from 'react'

/** The address of the logo while it can be shown; a missing one leaves no broken picture on paper. */
export function useLogo(path: string | null): readonly [string | null, () => void] {
  const [broken, setBroken] = useState<string | null>(null)
  return [path === broken ? null : path, () => setBroken(path)]
}
