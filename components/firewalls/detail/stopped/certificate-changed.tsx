'use client'
import { Diff, ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { CodeBlock } from '@/components/ui/code-block'
import { Table, TableBody, TableCell, TableHead, TableHeader } from '@/components/ui/table'
import { cn } from '@/lib/core/cn'
import type { FirewallDetail, SeenCertificateDto } from '@/lib/firewalls/dto'
import { formatClock, formatDate, formatDateTime } from '@/lib/format/dates'
import { shortFingerprint } from '@/lib/format/versions'
import { Fingerprint } from '@/components/firewalls/enrol/fingerprint'
import { useFirewall } from '../firewall-context'
import { reasonWithout } from '../permissions'
import { StoppedAside } from './stopped-aside'
import { TrustDialog } from './trust-dialog'

type Seen = NonNullable<FirewallDetail['certificateSeen']>
type Line = [name: string, of: (certificate: SeenCertificateDto) => string, mono: boolean]

const LINES: readonly Line[] = [
  ['SHA-256', ({ sha256 }) => shortFingerprint(sha256), true],
  ['Key', ({ keyType, spkiSha256 }) => `${keyType}, ${shortFingerprint(spkiSha256)}`, true],
  ['Subject', ({ subject }) => subject, true],
  ['Issued by', ({ selfSigned, issuer }) => (selfSigned ? 'itself' : issuer), false],
  ['Valid', ({ validFrom, validTo }) => `${formatDate(validFrom)} to ${formatDate(validTo)}`, false],
]

/** Both certificates side by side, what has stopped, and how to be sure. */
export function CertificateChanged({ seen }: { seen: Seen }) {
  const { firewall, role } = useFirewall()
  const [deciding, setDeciding] = useState(false)
  const pinned = firewall.trust.certificate
  return (
    <div className="flex max-xl:flex-col">
      <section aria-label="Certificate changed" className="flex min-w-0 flex-1 flex-col gap-4 px-5 py-4 max-md:px-4">
        <Question seen={seen} known={pinned !== null} />
        <Comparison pinned={pinned} seen={seen} firewall={firewall} />
        <div className="flex flex-wrap items-center gap-3">
          <Button icon={ShieldCheck} disabledReason={reasonWithout(role, 'firewall:manage')} onClick={() => setDeciding(true)}>
            It is ours: trust the new one
          </Button>
          <span className="text-xs text-text-3">
            {seen.sameKey ? 'The key is the same, so the sealed credential stays.' : 'Trusting clears the sealed credential. You enter it again afterwards.'}{' '}
            Not yours: leave it, and it stays stopped.
          </span>
        </div>
        <HowToBeSure seen={seen} baseUrl={firewall.baseUrl} />
      </section>
      <StoppedAside seen={seen} />
      <TrustDialog open={deciding} onOpenChange={setDeciding} seen={seen} />
    </div>
  )
}

function Question({ seen, known }: { seen: Seen; known: boolean }) {
  const title = seen.sameKey
    ? 'The certificate was renewed with the same key. Confirm to go on.'
    : known
      ? 'Is this still the same firewall?'
      : 'Is this the firewall?'
  return (
    <div className="max-w-3xl">
      <h2 className="text-lg font-semibold">{title}</h2>
      <p className="text-text-2">
        {seen.sameKey
          ? `At ${formatClock(seen.seenAt)} it showed another certificate with the key that was pinned. Whoever shows it holds the firewall's key, as after a renewal. Palisade still asks.`
          : `At ${formatClock(seen.seenAt)} it showed ${known ? 'another certificate with another key' : 'this certificate'}. Nothing was sent: no request, no credential. That happens when someone renews the certificate, replaces the firewall or changes its address, or stands between you and it. Palisade cannot tell which; a person at the firewall can.`}
      </p>
    </div>
  )
}

function Comparison({ pinned, seen, firewall: { trust, baseUrl } }: { pinned: SeenCertificateDto | null; seen: Seen; firewall: FirewallDetail }) {
  return (
    <div className="overflow-hidden rounded-lg border border-line-2">
      <Table caption="The trusted certificate and the one shown now" className="max-md:table-fixed">
        <TableHead>
          <tr>
            <td className="w-24 max-md:w-20" />
            <TableHeader className="max-md:py-1.5 max-md:break-words max-md:whitespace-normal">
              {trust.mode === 'public-ca' ? 'Trusted through its public authority' : 'Pinned'}
              {trust.confirmedBy === null ? '' : `, trusted by ${trust.confirmedBy} on ${formatDate(trust.confirmedAt)}`}
            </TableHeader>
            <TableHeader className="max-md:py-1.5 max-md:break-words max-md:whitespace-normal">Shown now, first seen {formatDateTime(seen.seenAt)}</TableHeader>
            <TableHeader className="w-28 max-md:hidden">
              <span className="sr-only">Compared</span>
            </TableHeader>
          </tr>
        </TableHead>
        <TableBody>
          {LINES.map(([name, of, mono]) => {
            const [before, after] = [pinned === null ? null : of(pinned), of(seen)]
            return <CompareRow key={name} name={name} before={before} after={after} mono={mono} />
          })}
          <CompareRow name="Address" before={baseUrl} after={baseUrl} mono />
        </TableBody>
      </Table>
    </div>
  )
}

function CompareRow({ name, before, after, mono }: { name: string; before: string | null; after: string; mono: boolean }) {
  const differs = before !== null && before !== after
  return (
    <tr className="h-8 border-b border-line last:border-b-0">
      <TableHeader scope="row" className="font-normal text-text-3">
        {name}
      </TableHeader>
      <TableCell mono={mono} className="max-md:break-words">
        {before ?? <span className="font-sans text-text-3">not known</span>}
      </TableCell>
      <TableCell mono={mono} className={cn('max-md:break-words', differs && 'bg-you-soft font-medium')}>
        {differs && <Diff aria-label="Differs:" size={14} className="mr-1 inline text-you-mark md:hidden" />}
        {after}
      </TableCell>
      <TableCell className={cn('max-md:hidden', differs ? 'text-you' : 'text-text-3')}>
        {differs ? (
          <span className="inline-flex items-center gap-1.5 align-bottom">
            <Diff aria-hidden size={14} className="text-you-mark" /> Differs
          </span>
        ) : before === null ? (
          'Not known'
        ) : (
          'Same'
        )}
      </TableCell>
    </tr>
  )
}

function HowToBeSure({ seen, baseUrl }: { seen: Seen; baseUrl: string }) {
  const port = URL.canParse(baseUrl) && new URL(baseUrl).port !== '' ? new URL(baseUrl).port : '443'
  const steps = [
    <p key="gui">At the firewall, not over this address: look at the certificate that its web interface uses.</p>,
    <div key="shell" className="flex flex-col gap-2">
      <p>Or in a shell on it:</p>
      <CodeBlock
        label="Command that prints the fingerprint"
        text={`openssl s_client -connect 127.0.0.1:${port} </dev/null 2>/dev/null | openssl x509 -noout -fingerprint -sha256`}
      />
    </div>,
    <details key="compare">
      <summary>
        Compare all 32 pairs with <span className="font-mono text-xs">{shortFingerprint(seen.sha256)}</span>. <span className="text-act">Show all pairs</span>
      </summary>
      <Fingerprint sha256={seen.sha256} />
    </details>,
  ]
  return (
    <section aria-labelledby="how-to-be-sure" className="max-w-3xl">
      <h3 id="how-to-be-sure" className="pb-2 font-semibold">
        How to be sure
      </h3>
      <ol className="flex flex-col gap-3">
        {steps.map((step, index) => (
          <li key={step.key} className="flex gap-3">
            <span aria-hidden className="grid size-5 shrink-0 place-items-center rounded-full border border-line-2 text-2xs text-text-2">
              {index + 1}
            </span>
            <div className="min-w-0 flex-1">{step}</div>
          </li>
        ))}
      </ol>
    </section>
  )
}
