import { useState, type KeyboardEvent } from 'react'
import { DID_NOT_ARRIVE } from './did-not-arrive'
import { toast } from './toast'

/**
 * What opens from a button, fetched when someone first reaches for it: pages are not larger for what few open. `attributes`
 * go on the button until `part` is there; then it is drawn in the button's place, open from the start.
 */
export function useOnDemand<T>(load: () => Promise<T>, popup: 'menu' | 'dialog') {
  const [part, setPart] = useState<{ loaded: T } | null>(null)
  const warm = (): void => void load().catch(() => undefined)
  const open = (): void => {
    load().then(
      (loaded) => setPart({ loaded }),
      () => toast.bad(DID_NOT_ARRIVE, { label: 'Try again', act: open }),
    )
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (popup !== 'menu' || event.key !== 'ArrowDown') return
    event.preventDefault()
    open()
  }
  const waiting = { 'aria-haspopup': popup, 'aria-expanded': false, onClick: open, onPointerEnter: warm, onFocus: warm, onKeyDown }
  return { part: part?.loaded ?? null, attributes: part === null ? waiting : {} }
}
