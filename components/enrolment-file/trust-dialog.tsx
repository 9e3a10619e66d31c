'use client'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { CertificateFacts } from '@/components/firewalls/enrol/certificate-facts'
import { Fingerprint } from '@/components/firewalls/enrol/fingerprint'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Checkbox } from '@/components/ui/field'
import { Notice } from '@/components/ui/notice'
import { ProblemNotice } from '@/components/ui/problem'
import { toast } from '@/components/ui/toast'
import type { EnrolmentRowDto } from '@/lib/enrolment/dto'
import { plural } from '@/lib/format/numbers'
import { enrolmentMutations } from '@/lib/queries/enrolment'

/** One certificate in full, or several of which a person ticks those that were compared. Only what was shown here is trusted. */
export function TrustDialog({ fileId, rows, onClose }: { fileId: string; rows: readonly EnrolmentRowDto[]; onClose: () => void }) {
  // The list behind goes on; what was compared must stay what is sent.
  const [shown] = useState(rows)
  const [only] = shown.length === 1 ? shown : []
  const [ticked, setTicked] = useState<ReadonlySet<number>>(new Set(only && !only.plainHttp ? [only.line] : []))
  const { mutate, isPending, error } = useMutation(enrolmentMutations.trust())
  const chosen = shown.filter(({ line }) => ticked.has(line))
  const toggle = (line: number): void => setTicked((now) => new Set(now.has(line) ? [...now].filter((one) => one !== line) : [...now, line]))
  const trust = (): void =>
    mutate(
      { id: fileId, rows: chosen.map(({ line, certificate }) => ({ line, sha256: certificate?.sha256 ?? null })) },
      {
        onSuccess: ({ changed }) => {
          if (changed < chosen.length) toast.bad(`${plural(chosen.length - changed, 'line')} showed another certificate in the meantime. Look again.`)
          onClose()
        },
      },
    )
  return (
    <Dialog
      open
      onOpenChange={(stays) => !stays && onClose()}
      title={only ? (only.plainHttp ? `${only.name} is not encrypted` : `Trust the certificate of ${only.name}`) : 'Compare the certificates'}
      description={
        only?.plainHttp
          ? 'There is no certificate to compare.'
          : 'This is what each firewall showed. No credential has been sent. Compare it at the firewall; then its credential is sent there and tested.'
      }
      footer={
        <>
          <Button onClick={onClose}>Trust nothing</Button>
          <Button
            variant={only?.plainHttp ? 'danger' : 'primary'}
            busy={isPending}
            disabledReason={chosen.length > 0 ? null : only?.plainHttp ? 'Confirm it to go on.' : 'Tick those that you compared.'}
            onClick={trust}
          >
            {only ? (only.plainHttp ? 'Go on without encryption' : 'Trust exactly this certificate') : `Trust ${plural(chosen.length, 'certificate')}`}
          </Button>
        </>
      }
    >
      {only ? (
        <One row={only} confirmed={ticked.has(only.line)} onToggle={() => toggle(only.line)} />
      ) : (
        <Several rows={shown} ticked={ticked} onToggle={toggle} />
      )}
      <ProblemNotice error={error} />
    </Dialog>
  )
}

function One({ row, confirmed, onToggle }: { row: EnrolmentRowDto; confirmed: boolean; onToggle: () => void }) {
  if (row.certificate)
    return (
      <CertificateFacts
        certificate={row.certificate}
        trust="This certificate and no other. If it changes, Palisade stops all calls to this firewall and tells you."
      />
    )
  return (
    <>
      <Notice tone="warn" title="The credential and every reply travel in clear.">
        Whoever stands between can read and change them. Use the https address if the firewall has one.
      </Notice>
      <Checkbox label="I know that the credential travels in clear." checked={confirmed} onChange={onToggle} />
    </>
  )
}

function Several({ rows, ticked, onToggle }: { rows: readonly EnrolmentRowDto[]; ticked: ReadonlySet<number>; onToggle: (line: number) => void }) {
  return (
    <ul aria-label="Certificates to compare" className="flex flex-col divide-y divide-line">
      {rows.map(({ line, name, baseUrl, certificate }) => (
        <li key={line} className="py-2 first:pt-0">
          <Checkbox
            checked={ticked.has(line)}
            onChange={() => onToggle(line)}
            label={
              <span className="flex flex-col gap-0.5">
                <span>
                  <span className="font-medium">{name}</span> <span className="font-mono text-xs break-all text-text-2">{baseUrl}</span>
                </span>
                {certificate ? <Fingerprint sha256={certificate.sha256} /> : <span className="text-warn">Not encrypted: the credential travels in clear.</span>}
              </span>
            }
          />
        </li>
      ))}
    </ul>
  )
}
