import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { formatClock } from '@/lib/format/dates'
import type { WindowDto } from '@/lib/windows/dto'

/** Somebody else saved the window while it was written here: theirs or mine is for the person to say. */
export function WindowConflict({ stored, onTake, onKeep }: { stored: WindowDto; onTake: () => void; onKeep: () => void }) {
  return (
    <Notice
      role="alert"
      tone="warn"
      title={`Someone changed this window at ${formatClock(stored.changedAt)}.`}
      actions={
        <>
          <Button size="sm" onClick={onKeep}>
            Keep mine
          </Button>
          <Button size="sm" onClick={onTake}>
            Take theirs
          </Button>
        </>
      }
    >
      What you typed is not saved. Keep it, and saving puts it in place of theirs; or take theirs, and what you typed is gone.
    </Notice>
  )
}
