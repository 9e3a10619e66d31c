'use client'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Facts } from '@/components/ui/facts'
import { ProblemNotice } from '@/components/ui/problem'
import { firewallMutations } from '@/lib/queries/firewalls'
import { useFirewall } from '../firewall-context'
import { reasonWithout } from '../permissions'

/** The command unless an admin chose the API's own call for this firewall, told what it risks. */
export function UpdateWaySettings({ way }: { way: { byEndpoint: boolean; label: string; risk: string } }) {
  const { firewall, role } = useFirewall()
  const [asking, setAsking] = useState(false)
  const { mutate, isPending, error, reset } = useMutation(firewallMutations.editUpdateWay())
  const lacks = reasonWithout(role, 'firewall:manage')
  const change = (open: boolean): void => {
    if (!open) reset()
    setAsking(open)
  }
  const send = (byEndpoint: boolean): void => mutate({ id: firewall.id, etag: firewall.etag, byEndpoint }, { onSuccess: () => change(false) })
  return (
    <div className="flex flex-col gap-3">
      <Facts items={[['Updates start by', way.byEndpoint ? 'the call of the API' : 'the fixed command, which needs the command permission']]} />
      {!asking && <ProblemNotice error={error} />}
      <div>
        {way.byEndpoint ? (
          <Button busy={isPending} disabledReason={lacks} onClick={() => send(false)}>
            Start by the command
          </Button>
        ) : (
          <Button disabledReason={lacks} onClick={() => setAsking(true)}>
            Start by the API call
          </Button>
        )}
      </div>
      <Dialog
        open={asking}
        onOpenChange={change}
        title={`Start updates of ${firewall.name} by the API call`}
        description={way.risk}
        footer={
          <>
            <Button onClick={() => change(false)}>Keep the command</Button>
            <Button variant="danger" busy={isPending} onClick={() => send(true)}>
              Start by the API call
            </Button>
          </>
        }
      >
        <p className="text-text-2">It holds for updates that start from now on. An update that has begun is not touched.</p>
        <ProblemNotice error={error} />
      </Dialog>
    </div>
  )
}
