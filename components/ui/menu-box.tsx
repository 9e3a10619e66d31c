'use client'
import { DropdownMenu } from 'radix-ui'
import { useRef } from 'react'
import { cn } from '@/lib/core/cn'
import { Kbd } from './kbd'
import type { MenuProps } from './menu-items'

/** The menu itself with its button; open from the start, because it is drawn when it is first asked for. */
export function MenuBox({ trigger, items, label }: MenuProps) {
  const chosen = useRef<(() => void) | null>(null)
  return (
    <DropdownMenu.Root modal={false} defaultOpen>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      {/* Inside a landmark, so that nothing of the page stands outside one. */}
      <DropdownMenu.Portal container={typeof document === 'undefined' ? null : document.getElementById('content')}>
        <DropdownMenu.Content
          align="end"
          sideOffset={4}
          collisionPadding={8}
          aria-label={label}
          onCloseAutoFocus={() => {
            // Acts once the trigger has the focus again, so that a dialog can give it back there.
            if (chosen.current) queueMicrotask(chosen.current)
            chosen.current = null
          }}
          className="z-50 max-w-80 min-w-52 rounded-lg bg-raised p-1 shadow-raised"
        >
          {items.map(({ label: text, icon: Icon, keyHint, danger = false, disabledReason, onSelect }) => (
            <DropdownMenu.Item
              key={text}
              disabled={disabledReason !== undefined && disabledReason !== null}
              onSelect={() => {
                chosen.current = onSelect
              }}
              className={cn(
                'flex min-h-[30px] items-center gap-2.5 rounded-md px-2 py-1 outline-none data-[disabled]:text-text-3 data-[highlighted]:bg-hover max-md:min-h-11',
                danger && 'text-bad',
              )}
            >
              {Icon && <Icon aria-hidden size={16} strokeWidth={1.75} className="shrink-0" />}
              <span className="flex-1">
                {text}
                {disabledReason && <span className="block text-xs text-text-3">{disabledReason}</span>}
              </span>
              {keyHint && <Kbd>{keyHint}</Kbd>}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
