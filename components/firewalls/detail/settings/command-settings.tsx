'use client'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Facts } from '@/components/ui/facts'
import { ProblemNotice } from '@/components/ui/problem'
import { formatDateTime } from '@/lib/format/dates'
import { firewallMutations } from '@/lib/queries/firewalls'
import { useFirewall } from '../firewall-context'
import { reasonWithout } from '../permissions'

/** Off by default; an admin switches it on for each firewall, told what it means. */
export function CommandSettings() {
  const { firewall, role } = useFirewall()
  const { commands } = firewall
  const [asking, setAsking] = useState(false)
  const { mutate, isPending, error, reset } = useMutation(firewallMutations.editCommands())
  const lacks = reasonWithout(role, 'firewall:manage')
  const change = (open: boolean): void => {
    if (!open) reset()
    setAsking(open)
  }
  if (!commands.exist) return <p className="text-text-2">This family needs no commands: its API does everything that Palisade offers.</p>
  const send = (allowed: boolean): void => mutate({ id: firewall.id, etag: firewall.etag, allowed }, { onSuccess: () => change(false) })
  return (
    <div className="flex flex-col gap-3">
      {commands.meaning !== null && <p className="text-text-2">{commands.meaning}</p>}
      <Facts
        items={[
          ['Commands', commands.allowed ? 'on' : 'off'],
          ...(commands.changedAt === null
            ? []
            : [['Changed', `${formatDateTime(commands.changedAt)}${commands.changedBy === null ? '' : ` by ${commands.changedBy}`}`] as const]),
        ]}
      />
      {!asking && <ProblemNotice error={error} />}
      <div>
        {commands.allowed ? (
          <Button busy={isPending} disabledReason={lacks} onClick={() => send(false)}>
            Switch commands off
          </Button>
        ) : (
          <Button disabledReason={lacks} onClick={() => setAsking(true)}>
            Switch commands on
          </Button>
        )}
      </div>
      <Dialog
        open={asking}
        onOpenChange={change}
        title={`Switch commands on for ${firewall.name}`}
        description={commands.meaning ?? 'Palisade may then run fixed commands as root on this firewall.'}
        footer={
          <>
            <Button onClick={() => change(false)}>Leave them off</Button>
            <Button variant="danger" busy={isPending} onClick={() => send(true)}>
              Switch commands on
            </Button>
          </>
        }
      >
        <p className="text-text-2">Only fixed commands are sent, never with text from anyone in them. Each is an audit entry.</p>
        <ProblemNotice error={error} />
      </Dialog>
    </div>
  )
}
