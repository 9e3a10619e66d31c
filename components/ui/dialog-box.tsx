'use client'
import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import { useRef } from 'react'
import { cn } from '@/lib/core/cn'
import { Button } from './button'
import type { DialogProps } from './dialog-props'

const shapes = {
  centre: 'top-1/2 left-1/2 max-h-[calc(100dvh-2rem)] w-[min(30rem,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 rounded-xl',
  side: 'inset-y-0 right-0 w-[min(26rem,100vw)]',
} as const

/** Traps and returns the focus; Esc and a click beside it close it. */
export function DialogBox({ open, onOpenChange, title, description, children, footer, shape = 'centre', above = false }: DialogProps) {
  const returnTo = useRef<Element | null>(null)
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={cn('fixed inset-0 bg-veil', above ? 'z-50' : 'z-40')} />
        <Radix.Content
          {...(!description && { 'aria-describedby': undefined })}
          onOpenAutoFocus={() => {
            returnTo.current = document.activeElement
          }}
          onCloseAutoFocus={(event) => {
            // It is opened by state and has no trigger of its own to which the focus would go back.
            event.preventDefault()
            if (returnTo.current instanceof HTMLElement) returnTo.current.focus({ preventScroll: true })
          }}
          className={cn('fixed z-50 flex flex-col overflow-y-auto bg-raised p-6 text-text shadow-raised', shapes[shape])}
        >
          <div className="flex items-start justify-between gap-4">
            <Radix.Title className="min-w-0 text-base font-semibold break-words">{title}</Radix.Title>
            {shape === 'side' && (
              <Radix.Close asChild>
                <Button variant="quiet" shape="icon" icon={X} aria-label="Close" className="-m-1 text-text-2" />
              </Radix.Close>
            )}
          </div>
          {description && <Radix.Description className="mt-1 text-sm text-text-2">{description}</Radix.Description>}
          {children && <div className="mt-4 flex flex-col gap-4">{children}</div>}
          {footer && <div className="mt-5 flex flex-wrap items-center justify-end gap-2">{footer}</div>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
