'use client'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { ButtonLink } from '@/components/ui/button-link'
import { Dialog } from '@/components/ui/dialog'
import { Facts } from '@/components/ui/facts'
import { Notice } from '@/components/ui/notice'
import { ProblemNotice } from '@/components/ui/problem'
import type { FirewallDetail, ProbeResult } from '@/lib/firewalls/dto'
import type { TrustInput } from '@/lib/firewalls/input'
import { formatDateTime } from '@/lib/format/dates'
import { firewallMutations } from '@/lib/queries/firewalls'
import { CertificateFacts } from '@/components/firewalls/enrol/certificate-facts'
import { CertificateStep } from '@/components/firewalls/enrol/certificate-step'
import { useFirewall } from '../firewall-context'
import { reasonWithout } from '../permissions'

const MODE_WORDS = {
  pin: 'Exactly this certificate',
  'public-ca': 'The public authorities',
  'plain-http': 'None: the address is not encrypted',
} as const satisfies Record<FirewallDetail['trust']['mode'], string>

/** How the firewall is known, and a look at what it shows now. */
export function TrustSettings() {
  const { firewall, role } = useFirewall()
  const { trust } = firewall
  const probe = useMutation(firewallMutations.probe())
  const lacks = reasonWithout(role, 'firewall:manage')
  return (
    <div className="flex flex-col gap-3">
      <Facts
        items={[
          ['Trusted', MODE_WORDS[trust.mode]],
          ['Confirmed', `${formatDateTime(trust.confirmedAt)}${trust.confirmedBy === null ? '' : ` by ${trust.confirmedBy}`}`],
        ]}
      />
      {trust.mode === 'plain-http' && <Notice tone="warn" title="The credential and every reply travel in clear." />}
      {trust.certificate && trust.mode !== 'plain-http' && <CertificateFacts certificate={trust.certificate} />}
      {firewall.state === 'certificate-changed' ? (
        <div>
          <ButtonLink href={`/firewalls/${firewall.id}`}>Compare the certificates</ButtonLink>
        </div>
      ) : (
        trust.mode !== 'plain-http' && (
          <div>
            <Button busy={probe.isPending} disabledReason={lacks} onClick={() => probe.mutate({ baseUrl: firewall.baseUrl })}>
              Look at the certificate now
            </Button>
          </div>
        )
      )}
      <ProblemNotice error={probe.error} />
      {probe.data && !probe.isPending && <SeenNow probe={probe.data} onDone={probe.reset} />}
    </div>
  )
}

function SeenNow({ probe, onDone }: { probe: ProbeResult; onDone: () => void }) {
  const { firewall } = useFirewall()
  const [wanted, setWanted] = useState<TrustInput | null>(null)
  const { mutate, isPending, error } = useMutation(firewallMutations.editTrust())
  const same = probe.certificate !== null && probe.certificate.sha256 === firewall.trust.certificate?.sha256
  // A renewal with the pinned key keeps the credential; anything else clears it.
  const keeps = wanted?.mode === firewall.trust.mode && probe.certificate?.spkiSha256 === firewall.trust.certificate?.spkiSha256
  if (same && !(probe.certificate?.publiclyTrusted && firewall.trust.mode === 'pin')) {
    return <Notice tone="good" role="status" title="It shows the certificate that is trusted." />
  }
  const confirm = (): void => {
    if (wanted) mutate({ id: firewall.id, etag: firewall.etag, trust: wanted }, { onSuccess: onDone })
  }
  return (
    <div className="flex flex-col gap-3 border-l-2 border-line-2 pl-4">
      <CertificateStep probe={probe} onTrusted={setWanted} />
      <Dialog
        open={wanted !== null}
        onOpenChange={(open) => {
          if (!open) setWanted(null)
        }}
        title={`Change the trust of ${firewall.name}`}
        description={
          keeps
            ? 'The key is the pinned one, so the sealed credential stays.'
            : 'The sealed credential is cleared, because it was given under the old trust. You enter it again afterwards.'
        }
        footer={
          <>
            <Button onClick={() => setWanted(null)}>Keep the trust as it is</Button>
            <Button variant="danger" busy={isPending} onClick={confirm}>
              {keeps ? 'Trust the renewed certificate' : 'Trust and clear the credential'}
            </Button>
          </>
        }
      >
        <ProblemNotice error={error} />
      </Dialog>
    </div>
  )
}
