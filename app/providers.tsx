'use client'
import { QueryClientProvider } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { Toaster } from '@/components/ui/toast'
import { newQueryClient } from '@/lib/queries/query-client'

declare global {
  /** Read by the scroll lock of dialogs for the style element that it adds. */
  var __webpack_nonce__: string | undefined
}

/** The style element of a dialog's scroll lock needs the page's nonce, which scripts may read and styles may not. */
function lendNonce(): void {
  if (typeof document !== 'undefined') globalThis.__webpack_nonce__ ??= document.querySelector<HTMLElement>('script[nonce]')?.nonce
}

/** The session has ended: back to the sign-in, and from there to this very view. */
function toSignIn(): void {
  if (window.location.pathname === '/signin') return
  window.location.replace(`/signin?next=${encodeURIComponent(window.location.pathname + window.location.search)}`)
}

export function Providers({ children }: { children: ReactNode }) {
  const [client] = useState(() => {
    lendNonce()
    return newQueryClient(toSignIn)
  })
  return (
    <QueryClientProvider client={client}>
      {children}
      <Toaster />
    </QueryClientProvider>
  )
}
