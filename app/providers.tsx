'use client'
import { QueryClientProvider } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { StepUpDialog } from '@/components/auth/step-up-dialog'
import { Toaster } from '@/components/ui/toast'
import { newQueryClient, type WayIn } from '@/lib/queries/query-client'

declare global {
  /** Read by the scroll lock of dialogs for the style element that it adds. */
  var __webpack_nonce__: string | undefined
}

/** The style element of a dialog's scroll lock needs the page's nonce, which scripts may read and styles may not. */
function lendNonce(): void {
  if (typeof document !== 'undefined') globalThis.__webpack_nonce__ ??= document.querySelector<HTMLElement>('script[nonce]')?.nonce
}

/** The session has ended or owes its second factor: to the page for it, and from there back to this very view. */
function goTo(page: WayIn): void {
  if (window.location.pathname === page) return
  window.location.replace(`${page}?next=${encodeURIComponent(window.location.pathname + window.location.search)}`)
}

export function Providers({ children }: { children: ReactNode }) {
  const [client] = useState(() => {
    lendNonce()
    return newQueryClient(goTo)
  })
  return (
    <QueryClientProvider client={client}>
      {children}
      <StepUpDialog />
      <Toaster />
    </QueryClientProvider>
  )
}
