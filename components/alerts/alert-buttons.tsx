'use client'
import { BellOff, Check, MessageSquare, Undo2 } from 'lucide-react'
import { reasonWithout, roleAt } from '@/components/firewalls/detail/permissions'
import { Button } from '@/components/ui/button'
import type { AlertDto } from '@/lib/alerts/dto'
import { useMe } from '@/lib/queries/use-me'
import type { AlertActs } from './use-alert-acts'

/** Why this person cannot answer the alerts of a customer; null when they can. */
export function useReason(customerId: string | undefined): string | null {
  const me = useMe()
  return me === undefined || customerId === undefined ? null : reasonWithout(roleAt(me, customerId), 'alert:act')
}

/** What can be done with an alert. */
export function AlertButtons({ alert, acts }: { alert: AlertDto; acts: AlertActs }) {
  const reason = useReason(alert.customer.id)
  const alerts = [alert]
  return (
    <>
      {alert.state === 'open' && (
        <Button variant="primary" icon={Check} disabledReason={reason} onClick={() => acts.ask({ act: 'acknowledge', alerts })} className="max-md:flex-1">
          Acknowledge
        </Button>
      )}
      {alert.state === 'acknowledged' && (
        <Button icon={Undo2} busy={acts.busy} disabledReason={reason} onClick={() => acts.undo([alert.id])} className="max-md:flex-1">
          Take it back
        </Button>
      )}
      {alert.state !== 'resolved' && (
        <Button icon={BellOff} disabledReason={reason} onClick={() => acts.ask({ act: 'silence', alerts })}>
          Silence
        </Button>
      )}
      <Button icon={MessageSquare} disabledReason={reason} onClick={() => acts.ask({ act: 'note', alerts })}>
        Note
      </Button>
    </>
  )
}
