'use client'
import { ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/field'
import { Notice } from '@/components/ui/notice'
import type { ProbeResult } from '@/lib/firewalls/dto'
import type { TrustInput } from '@/lib/firewalls/input'
import { CertificateFacts } from './certificate-facts'

/** What is trusted is decided before any credential is typed. */
export function CertificateStep({ probe, onTrusted }: { probe: ProbeResult; onTrusted: (trust: TrustInput) => void }) {
  const { certificate } = probe
  if (certificate === null) return <PlainHttp onTrusted={onTrusted} />
  return (
    <div className="flex flex-col gap-3">
      <p className="text-text-2">
        This is what the firewall showed. No credential has been sent. Compare it at the firewall, then trust exactly this certificate.
      </p>
      <CertificateFacts certificate={certificate} />
      <div className="flex flex-wrap items-center gap-2">
        <Button variant="primary" icon={ShieldCheck} onClick={() => onTrusted({ mode: 'pin', sha256: certificate.sha256 })}>
          Trust exactly this certificate
        </Button>
        {certificate.publiclyTrusted && <Button onClick={() => onTrusted({ mode: 'public-ca' })}>Trust the public authority</Button>}
      </div>
      {certificate.publiclyTrusted && (
        <p className="text-xs text-text-3">
          With the public authority a renewed certificate needs nobody. With the pin only this one is accepted, and a renewal asks you.
        </p>
      )}
    </div>
  )
}

function PlainHttp({ onTrusted }: { onTrusted: (trust: TrustInput) => void }) {
  const [confirmed, setConfirmed] = useState(false)
  const [missing, setMissing] = useState(false)
  return (
    <div className="flex flex-col gap-3">
      <Notice tone="warn" title="This address is not encrypted.">
        There is no certificate to compare. The credential and every reply travel in clear, and whoever stands between can read and change them. Use the https
        address if the firewall has one. The firewall stays marked as not encrypted.
      </Notice>
      <Checkbox
        label="I know that the credential travels in clear."
        checked={confirmed}
        error={missing && !confirmed ? 'Confirm it to go on.' : null}
        onChange={(event) => setConfirmed(event.target.checked)}
      />
      <div>
        <Button variant="danger" onClick={() => (confirmed ? onTrusted({ mode: 'plain-http', confirmed: true }) : setMissing(true))}>
          Go on without encryption
        </Button>
      </div>
    </div>
  )
}
