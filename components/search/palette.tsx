'use client'
import { Search } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { Dialog } from 'radix-ui'
import { useEffect, useEffectEvent, useId, useRef, useState, type KeyboardEvent } from 'react'
import { useCustomerScope } from '@/components/layout/customer-scope'
import { useCustomerName } from '@/components/layout/customer-switcher'
import { Kbd } from '@/components/ui/kbd'
import { ProblemNotice } from '@/components/ui/problem'
import { PaletteList } from './palette-list'
import type { PaletteItem } from './palette-items'
import { keepRecent } from './recent'
import { usePalette } from './use-palette'

/** One field for everything: what is found, and where one can go. The highlighted entry is the combobox's active descendant. */
export function Palette({ onClose, returnTo }: { onClose: () => void; returnTo: HTMLElement | null }) {
  const router = useRouter()
  const id = useId()
  const { customerId, within } = useCustomerScope()
  const input = useRef<HTMLInputElement>(null)
  const { typed, setTyped, text, marked, groups, busy, error, owner } = usePalette(customerId)
  const [chosen, setChosen] = useState<string | null>(null)
  const [hurried, setHurried] = useState(false)
  const items = groups.flatMap((group) => group.items)
  const active = items.find((item) => item.id === chosen) ?? items[0]
  const place = active === undefined ? -1 : items.indexOf(active)

  const open = (item: PaletteItem, apart: boolean): void => {
    keepRecent(owner, { title: item.title, detail: [item.mono, item.detail, item.aside].filter(Boolean).join(' '), href: item.href })
    const href = item.href.includes('customer=') ? item.href : within(item.href)
    if (apart) window.open(href, '_blank', 'noopener')
    else router.push(href)
    onClose()
  }
  // Enter before the answer to what was typed is there opens what that answer has first, not what an older one had.
  const openFirst = useEffectEvent(() => active !== undefined && open(active, false))
  useEffect(() => {
    if (hurried && !busy) openFirst()
  }, [hurried, busy])
  const onKey = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 5, PageUp: -5 }
    const step = steps[event.key]
    if (step !== undefined && items.length > 0) {
      event.preventDefault()
      const next = Math.abs(step) === 1 ? (place + step + items.length) % items.length : Math.min(items.length - 1, Math.max(0, place + step))
      setChosen(items[next]?.id ?? null)
    } else if (event.key === 'Enter' && (active !== undefined || busy)) {
      event.preventDefault()
      if (busy && chosen === null) setHurried(true)
      else if (active !== undefined) open(active, event.ctrlKey || event.metaKey)
    }
  }
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-veil" />
        <Dialog.Content
          aria-describedby={undefined}
          onOpenAutoFocus={(event) => {
            event.preventDefault()
            input.current?.focus()
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            returnTo?.focus({ preventScroll: true })
          }}
          className="fixed top-[12vh] left-1/2 z-50 flex max-h-[76vh] w-[min(45rem,calc(100vw-1.5rem))] -translate-x-1/2 flex-col overflow-hidden rounded-xl bg-raised text-text shadow-raised max-md:top-2 max-md:max-h-[calc(100dvh-1rem)]"
        >
          <Dialog.Title className="sr-only">Find or go to</Dialog.Title>
          <div className="flex items-center gap-3 border-b border-line-2 px-4">
            <Search aria-hidden size={16} strokeWidth={1.75} className="shrink-0 text-text-3" />
            <input
              ref={input}
              role="combobox"
              aria-expanded={items.length > 0}
              aria-controls={items.length > 0 ? `${id}-list` : undefined}
              aria-activedescendant={place < 0 ? undefined : `${id}-${place}`}
              aria-autocomplete="list"
              aria-label="Address, MAC, name, port, rule or page"
              placeholder="Address, MAC, name, port, rule or page"
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              maxLength={200}
              value={typed}
              onChange={(event) => {
                setTyped(event.target.value)
                setChosen(null)
                setHurried(false)
              }}
              onKeyDown={onKey}
              className="h-12 min-w-0 flex-1 bg-transparent text-base outline-none"
            />
            <ScopeName customerId={customerId} />
          </div>
          {error !== null && <ProblemNotice error={error} className="m-3" />}
          <PaletteList id={id} groups={groups} active={active ?? null} typed={marked} busy={busy} onChoose={open} onPoint={(item) => setChosen(item.id)} />
          <PaletteFoot count={items.length} busy={busy} text={text} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function ScopeName({ customerId }: { customerId: string | null }) {
  const name = useCustomerName(customerId)
  return <span className="max-w-48 shrink-0 truncate text-xs text-text-3">{customerId === null ? 'all customers' : name}</span>
}

function PaletteFoot({ count, busy, text }: { count: number; busy: boolean; text: string }) {
  const keys = [
    ['↑', '↓', 'move'],
    ['↵', 'open'],
    ['Ctrl ↵', 'new tab'],
    ['>', 'pages and acts only'],
  ]
  return (
    <div className="flex items-center justify-between gap-4 border-t border-line bg-sunken px-4 py-2 text-xs text-text-3">
      <span aria-hidden className="flex items-center gap-4 max-md:hidden">
        {keys.map((each) => (
          <span key={each.join()} className="flex items-center gap-1">
            {each.slice(0, -1).map((key) => (
              <Kbd key={key}>{key}</Kbd>
            ))}
            {each.at(-1)}
          </span>
        ))}
      </span>
      <span role="status">{text === '' ? 'Stored state' : busy ? 'Looking' : `${count} shown, stored state`}</span>
    </div>
  )
}
