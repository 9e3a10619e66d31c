'use client'
import { useEffect, useEffectEvent } from 'react'
import { singleKeysOn } from '@/components/ui/single-keys'

/** Where letters are typed or mean something of their own; a box or a circle to tick takes none. */
const TYPED = 'input:not([type=checkbox],[type=radio]),textarea,select,[role=dialog],[role=menu],[contenteditable=true]'

/** Runs an act on one key, silent in fields, in menus and dialogs, and with modifiers. */
export function useSingleKey(key: string, act: () => void): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== key || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
    // Esc is no letter: it always leads out.
    if (key.length === 1 && !singleKeysOn()) return
    if (event.target instanceof Element && event.target.closest(TYPED)) return
    event.preventDefault()
    act()
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => onKey(event)
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])
}
