'use client'
import { Check, X } from 'lucide-react'
import { Dock } from '@/components/bulk/bulk-bar'
import { Button } from '@/components/ui/button'
import { Kbd } from '@/components/ui/kbd'
import { ALERTS_AT_ONCE_MAX } from '@/lib/alerts/input'
import type { AlertDto } from '@/lib/alerts/dto'
import { formatCount } from '@/lib/format/numbers'
import { useReason } from './alert-buttons'
import type { AlertActs } from './use-alert-acts'

/** What to do with the chosen alerts. */
export function ChosenBar({ chosen, acts, onClear }: { chosen: readonly AlertDto[]; acts: AlertActs; onClear: () => void }) {
  const open = chosen.filter(({ state }) => state === 'open')
  const acknowledged = chosen.filter(({ state }) => state === 'acknowledged')
  const role = useReason(chosen[0]?.customer.id)
  const reason = role ?? (chosen.length > ALERTS_AT_ONCE_MAX ? `At most ${ALERTS_AT_ONCE_MAX} at once.` : null)
  if (chosen.length === 0) return null
  return (
    <Dock label="Chosen alerts">
      <p role="status" className="px-1 font-semibold whitespace-nowrap">
        {formatCount(chosen.length)} selected
      </p>
      <span aria-hidden className="mx-1 h-6 border-l border-line-2 max-md:hidden" />
      <Button variant="quiet" icon={Check} className="text-text" disabledReason={reason ?? (open.length === 0 ? 'None of them wants someone.' : null)} onClick={() => acts.ask({ act: 'acknowledge', alerts: open })}>
        Acknowledge <Kbd>a</Kbd>
      </Button>
      {acknowledged.length > 0 && (
        <Button variant="quiet" className="text-text" busy={acts.busy} disabledReason={reason} onClick={() => acts.undo(acknowledged.map(({ id }) => id))}>
          Take back
        </Button>
      )}
      <Button variant="quiet" shape="icon" icon={X} aria-label="Clear the selection" title="Esc" onClick={onClear} className="text-text-2" />
    </Dock>
  )
}
