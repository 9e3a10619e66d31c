'use client'
import { Search } from 'lucide-react'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { arriving } from '@/components/ui/arriving'
import { Kbd } from '@/components/ui/kbd'

/** Comes when it is first asked for: pages are not larger for it. */
const load = () => import('./palette').then(({ Palette: loaded }) => loaded)
const Palette = arriving(load, { leave: ({ onClose }) => onClose() })

/** The field in the top bar that opens the palette, as Ctrl-K and ⌘K do anywhere. */
export function PaletteButton() {
  const button = useRef<HTMLButtonElement>(null)
  const [returnTo, setReturnTo] = useState<HTMLElement | null>(null)
  const [open, setOpen] = useState(false)
  const show = (): void => {
    const focused = document.activeElement
    setReturnTo(focused instanceof HTMLElement && focused !== document.body ? focused : button.current)
    setOpen(true)
  }
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return
    event.preventDefault()
    if (open) setOpen(false)
    // A dialog that asks for something goes first.
    else if (document.querySelector('[role=dialog],[role=alertdialog]') === null) show()
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => onKey(event)
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])
  return (
    <>
      <button
        ref={button}
        type="button"
        aria-label="Find or go to"
        aria-haspopup="dialog"
        aria-keyshortcuts="Control+K Meta+K"
        onClick={show}
        onPointerEnter={() => void load().catch(() => undefined)}
        className="flex h-[30px] items-center gap-2 rounded-md border border-control bg-surface px-2.5 text-text-3 hover:bg-hover max-lg:px-2 max-md:size-11 max-md:justify-center max-md:border-transparent lg:w-72"
      >
        <Search aria-hidden size={16} strokeWidth={1.75} className="shrink-0 max-md:size-5" />
        <span className="flex-1 truncate text-left max-lg:hidden">Find a firewall, address, rule</span>
        <span className="max-lg:hidden">
          <Kbd>Ctrl K</Kbd>
        </span>
      </button>
      {open && <Palette onClose={() => setOpen(false)} returnTo={returnTo} />}
    </>
  )
}
