'use client'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { OfferAdvisories } from '@/components/firmware/offer-advisories'
import { useCustomerScope } from '@/components/layout/customer-scope'
import { Age } from '@/components/ui/age'
import { CodeBlock } from '@/components/ui/code-block'
import { NotReported } from '@/components/ui/facts'
import { ProblemNotice } from '@/components/ui/problem'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table'
import { formatExactBoth } from '@/lib/format/dates'
import { formatBytes } from '@/lib/format/bytes'
import { plural } from '@/lib/format/numbers'
import type { FirewallOffer, PreviewRow } from '@/lib/plans/dto'
import type { PlanKind } from '@/lib/plans/words'
import { planQueries } from '@/lib/queries/plans'
import { minutesWords } from './plan-words'
import { FindingWord } from './preview-columns'

/** What is known of one firewall of the preview: its findings with the next step, and what it would install, package by package. */
export function FirewallOfferView({ row, kind }: { row: PreviewRow; kind: PlanKind }) {
  const { within } = useCustomerScope()
  const { data, error, refetch } = useQuery(planQueries.offer(row.firewall.id, kind))
  const { firewall, customer, site, peer, startsAt, endsAt } = row
  return (
    <div className="flex flex-col gap-3 whitespace-normal">
      <p className="flex flex-wrap items-center gap-x-4 gap-y-1 text-xs text-text-2">
        <span>{[customer.name, site?.name, firewall.familyLabel].filter(Boolean).join(' · ')}</span>
        <span>{awayWords(row)}</span>
        <FirewallLink href={within(`/firewalls/${firewall.id}/firmware`)}>Firmware of {firewall.name}</FirewallLink>
        {peer && <FirewallLink href={within(`/firewalls/${peer.id}`)}>Its peer {peer.name}</FirewallLink>}
      </p>
      <ul className="flex flex-col gap-1">
        {row.findings.map((finding) => (
          <li key={finding.code} className="flex flex-wrap items-baseline gap-x-3">
            <FindingWord finding={finding} />
            {finding.sentence !== null && <span className="min-w-0 text-text-2">{finding.sentence}</span>}
          </li>
        ))}
      </ul>
      {startsAt !== null && (
        <p className="text-xs text-text-2">
          Starts {formatExactBoth(startsAt, firewall.timeZone)}
          {endsAt !== null && `; its window ends ${formatExactBoth(endsAt, firewall.timeZone)}`}.
        </p>
      )}
      <ProblemNotice error={error} retry={() => void refetch()} />
      <OfferAdvisories firewallId={row.firewall.id} />
      {data ? <Offer offer={data} /> : error === null && <p className="h-8 text-text-3">Looking up what it would install.</p>}
    </div>
  )
}

/** Whether it restarts, and for how long its site is expected to be without it. */
function awayWords({ reboot, minutesAway }: PreviewRow): string {
  const restarts = reboot === null ? 'whether it restarts is not reported' : reboot ? 'restarts' : 'does not restart'
  const minutes = minutesWords(minutesAway)
  return minutes === null ? restarts : minutes === '0' ? `${restarts}, and its site stays connected` : `${restarts}, away for ${minutes}`
}

function FirewallLink({ href, children }: { href: string; children: React.ReactNode }) {
  return (
    <Link href={href} className="inline-flex min-h-6 items-center text-act hover:underline">
      {children}
    </Link>
  )
}

function Offer({ offer: { offer, reason, packagesReason, checkedAt, losesApiPackage, reinstall, rollback } }: { offer: FirewallOffer }) {
  return (
    <>
      <p className="text-xs text-text-2">
        {offer === null ? (reason ?? 'Nothing is on offer.') : `${offer.packages === null ? '' : `${plural(offer.packages.length, 'package')}, `}download ${offer.downloadBytes === null ? 'not reported' : formatBytes(offer.downloadBytes)}`}, checked <Age at={checkedAt} className="text-inherit" />.
      </p>
      {offer !== null && offer.packages !== null && offer.packages.length > 0 && <Packages packages={offer.packages} />}
      {packagesReason !== null && <p className="text-text-2">{packagesReason}</p>}
      {losesApiPackage && reinstall !== null && (
        <div className="flex max-w-2xl flex-col gap-1">
          <p>{reinstall.note}</p>
          {reinstall.command !== null && <CodeBlock text={reinstall.command} label="Command that reinstalls the API package" />}
        </div>
      )}
      {rollback.length > 0 && (
        <div className="max-w-2xl">
          <h3 className="text-xs font-medium text-text-2">If it goes wrong</h3>
          {rollback.map((text) => (
            <p key={text} className="mt-0.5 text-text-2">
              {text}
            </p>
          ))}
        </div>
      )}
    </>
  )
}

const CHANGES = { upgrade: null, downgrade: 'downgrade', new: 'new', remove: 'removed', reinstall: 'reinstalled' } as const

function Packages({ packages }: { packages: NonNullable<NonNullable<FirewallOffer['offer']>['packages']> }) {
  return (
    <div className="max-h-80 max-w-2xl overflow-y-auto border-y border-line bg-surface">
      <Table caption="Packages that would change">
        <TableHead>
          <tr>
            <TableHeader>Package</TableHeader>
            <TableHeader>Now</TableHeader>
            <TableHeader>Then</TableHeader>
            <TableHeader align="right">Size</TableHeader>
          </tr>
        </TableHead>
        <TableBody>
          {packages.map(({ name, change, from, to, sizeBytes }) => (
            <TableRow key={name}>
              <TableHeader scope="row" className="text-left text-sm font-normal text-text">
                {name} {CHANGES[change] !== null && <span className="text-xs text-text-3">{CHANGES[change]}</span>}
              </TableHeader>
              <TableCell mono>{from ?? <NotReported>none</NotReported>}</TableCell>
              <TableCell mono>{to ?? <NotReported>none</NotReported>}</TableCell>
              <TableCell align="right">{sizeBytes === null ? <NotReported>–</NotReported> : formatBytes(sizeBytes)}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  )
}
