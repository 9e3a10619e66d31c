'use client'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'

/** Over a form whose stored values somebody else changed while it was filled in. `onDiscard` shows theirs. */
export function ChangedMeanwhile({ what, onDiscard }: { what: string; onDiscard: () => void }) {
  return (
    <Notice tone="you" role="status" className="max-w-2xl" title={`Someone changed ${what} meanwhile.`} actions={<Button onClick={onDiscard}>Show what is there now</Button>}>
      What you typed is kept, and saving puts it in place of theirs. Fields that you left alone show what is there now.
    </Notice>
  )
}
