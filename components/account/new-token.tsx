'use client'
import { Button } from '@/components/ui/button'
import { CodeBlock } from '@/components/ui/code-block'
import { Dialog } from '@/components/ui/dialog'
import { Notice } from '@/components/ui/notice'
import { formatDate } from '@/lib/format/dates'
import type { NewTokenDto } from '@/lib/tokens/input'

/** The token in its only showing, so neither Esc nor a click beside it closes it. */
export function NewToken({ made, onClose }: { made: NewTokenDto; onClose: () => void }) {
  return (
    <Dialog
      open
      onOpenChange={() => undefined}
      title={`The token “${made.name}” is made`}
      description={`It works until ${formatDate(made.expiresAt)}, or until you revoke it.`}
      footer={
        <Button variant="primary" onClick={onClose}>
          {made.secret === null ? 'Close' : 'I have kept it'}
        </Button>
      }
    >
      {made.secret === null ? (
        <Notice tone="warn" title="It was shown when it was made, and is not shown again.">
          Revoke it and make another one.
        </Notice>
      ) : (
        <>
          <CodeBlock text={made.secret} label="Token" className="[&_pre]:break-all" />
          <p className="text-text-2">Keep it where you keep passwords: it is not shown again. A program sends it with every request, for example:</p>
          <CodeBlock
            text={`curl -H "Authorization: Bearer ${made.secret}" ${window.location.origin}/api/v1/firewalls`}
            label="Example"
            className="[&_pre]:break-all"
          />
        </>
      )}
    </Dialog>
  )
}
