'use client'
import { useMutation } from '@tanstack/react-query'
import { ShieldCheck } from 'lucide-react'
import { CertificateFacts } from '@/components/firewalls/enrol/certificate-facts'
import { Fingerprint } from '@/components/firewalls/enrol/fingerprint'
import { answerTo } from '@/components/ui/answer-to'
import { Button } from '@/components/ui/button'
import { ProblemNotice } from '@/components/ui/problem'
import { probeReceiverInput } from '@/lib/audit-copies/input'
import { auditCopyMutations } from '@/lib/queries/audit-copies'
import type { CopyDraft } from './copy-draft'

type TrustProps = { draft: CopyDraft; error: string | undefined; onTrusted: (sha256: string) => void }

/** What is trusted is decided before anything is sent. */
export function ReceiverTrust({ draft: { host, port, sha256 }, error, onTrusted }: TrustProps) {
  const probe = useMutation(auditCopyMutations.probe())
  const at = probeReceiverInput.safeParse({ host, port: Number(port) })
  // What another receiver showed must never be trusted for this one.
  const { data, error: failed, isPending } = answerTo(probe, at.success ? at.data : null)
  const seen = data?.certificate
  return (
    <div className="flex flex-col items-start gap-2">
      {sha256 !== null && (
        <p>
          Trusted: <Fingerprint sha256={sha256} />
        </p>
      )}
      <div className="flex flex-wrap items-center gap-2">
        <Button busy={isPending} disabledReason={at.success ? null : 'Enter the receiver first.'} reasonShown="beside" onClick={() => at.success && probe.mutate(at.data)}>
          {sha256 === null ? 'Look at its certificate' : 'Look at its certificate again'}
        </Button>
      </div>
      {seen && sha256 !== seen.sha256 && !isPending && (
        <div className="flex w-full flex-col items-start gap-2">
          <p className="text-text-2">This is what the receiver showed. Nothing has been sent. Compare it at the receiver, then trust exactly this certificate.</p>
          <CertificateFacts certificate={seen} usualFor="a receiver of one’s own" />
          <Button icon={ShieldCheck} onClick={() => onTrusted(seen.sha256)}>
            Trust exactly this certificate
          </Button>
        </div>
      )}
      <ProblemNotice error={failed} />
      {error !== undefined && sha256 === null && (
        <p role="alert" className="text-xs text-bad">
          {error}
        </p>
      )}
    </div>
  )
}
