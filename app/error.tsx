'use client'
import { RefreshCw } from 'lucide-react'
import { PlainPage } from '@/components/layout/plain-page'
import { Button } from '@/components/ui/button'

export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <PlainPage title="This page could not be shown">
      <title>Error · Palisade</title>
      <p className="text-text-2">Something went wrong in Palisade. Try again; if it stays, an admin finds it in the log.</p>
      {error.digest !== undefined && (
        <p className="text-text-3">
          Reference <code className="font-mono text-xs">{error.digest}</code>
        </p>
      )}
      <div>
        <Button variant="primary" icon={RefreshCw} onClick={reset}>
          Try again
        </Button>
      </div>
    </PlainPage>
  )
}
