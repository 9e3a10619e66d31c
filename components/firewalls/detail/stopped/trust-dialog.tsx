'use client'
import { useMutation } from '@tanstack/react-query'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { ProblemNotice } from '@/components/ui/problem'
import type { FirewallDetail } from '@/lib/firewalls/dto'
import { firewallMutations } from '@/lib/queries/firewalls'
import { Fingerprint } from '@/components/firewalls/enrol/fingerprint'
import { useFirewall } from '../firewall-context'

/** Names the effect before it happens; the safe choice comes first. */
export function TrustDialog({
  open,
  onOpenChange,
  seen,
}: {
  open: boolean
  onOpenChange: (open: boolean) => void
  seen: NonNullable<FirewallDetail['certificateSeen']>
}) {
  const { firewall } = useFirewall()
  const { mutate, isPending, error, reset } = useMutation(firewallMutations.editTrust())
  const change = (isOpen: boolean): void => {
    if (!isOpen) reset()
    onOpenChange(isOpen)
  }
  return (
    <Dialog
      open={open}
      onOpenChange={change}
      title={`Trust the new certificate of ${firewall.name}`}
      description={
        seen.sameKey
          ? 'Palisade pins this certificate and goes on with the sealed credential.'
          : 'Palisade pins this certificate and clears the sealed credential, because it was meant for the old one. Enter a credential afterwards; visits go on then.'
      }
      footer={
        <>
          <Button onClick={() => change(false)}>Keep it stopped</Button>
          <Button
            variant="danger"
            busy={isPending}
            onClick={() => mutate({ id: firewall.id, etag: firewall.etag, trust: { mode: 'pin', sha256: seen.sha256 } }, { onSuccess: () => change(false) })}
          >
            {seen.sameKey ? 'Trust the renewed certificate' : 'Trust and clear the credential'}
          </Button>
        </>
      }
    >
      <Fingerprint sha256={seen.sha256} />
      <ProblemNotice error={error} />
    </Dialog>
  )
}
