'use client'
import { useMutation } from '@tanstack/react-query'
import { Fingerprint } from '@/components/firewalls/enrol/fingerprint'
import { answerTo } from '@/components/ui/answer-to'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { ProblemNotice } from '@/components/ui/problem'
import { formatDate } from '@/lib/format/dates'
import { channelMutations } from '@/lib/queries/channels'
import type { Change, Draft } from './draft'

/** How the mail server proves that it is itself: by public authorities, or by exactly one certificate that was compared. */
export function MailTrust({ draft, change, security }: { draft: Draft; change: Change; security: 'starttls' | 'tls' }) {
  const asked = { host: draft.host.trim(), port: Number(draft.port), security, privateAllowed: draft.privateAllowed }
  const look = useMutation(channelMutations.look())
  const { mutate, reset } = look
  // What another server showed must never be trusted for this one.
  const { data, error, isPending } = answerTo(look, asked)
  const canLook = asked.host !== '' && Number.isInteger(asked.port) && asked.port > 0
  const settle = (pin: string | null): void => {
    change({ pin })
    reset()
  }
  return (
    <div className="flex flex-col gap-3">
      {draft.pin === null ? (
        <p className="text-xs text-text-2">
          Its certificate has to be one that public authorities vouch for. If it has one of its own, look at it and trust exactly that one.
        </p>
      ) : (
        <div className="flex flex-col gap-1">
          <p className="text-xs text-text-2">Exactly this certificate is trusted:</p>
          <Fingerprint sha256={draft.pin} />
        </div>
      )}
      <div className="flex flex-wrap gap-2">
        <Button busy={isPending} disabledReason={canLook ? null : 'Enter server and port first.'} onClick={() => mutate(asked)}>
          Look at its certificate
        </Button>
        {draft.pin !== null && <Button onClick={() => settle(null)}>Ask for a public one instead</Button>}
      </div>
      <ProblemNotice error={error} />
      {data && (
        <Notice
          tone={data.publiclyTrusted ? 'good' : 'you'}
          role="status"
          title={data.publiclyTrusted ? 'Public authorities vouch for it.' : 'This is what the server showed. Nothing has been said to it.'}
          actions={
            data.publiclyTrusted && draft.pin === null ? undefined : (
              <Button onClick={() => settle(data.publiclyTrusted ? null : data.sha256)}>
                {data.publiclyTrusted ? 'Ask for a public one' : 'Trust exactly this certificate'}
              </Button>
            )
          }
        >
          <p>
            {data.subject}, from {formatDate(data.validFrom)} to {formatDate(data.validTo)}. {data.publiclyTrusted ? '' : 'Compare it at the server:'}
          </p>
          <Fingerprint sha256={data.sha256} />
        </Notice>
      )}
    </div>
  )
}
