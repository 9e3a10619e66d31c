'use client'
import { useQuery } from '@tanstack/react-query'
import { CalendarPlus, FileText, ListChecks } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { ButtonLink } from '@/components/ui/button-link'
import { CodeBlock } from '@/components/ui/code-block'
import { NotReported } from '@/components/ui/facts'
import { ProblemNotice } from '@/components/ui/problem'
import { SkeletonRows } from '@/components/ui/skeleton'
import type { AdvisoryDto } from '@/lib/advisories/dto'
import type { VersionOffer, VersionRow } from '@/lib/firmware/dto'
import { plural } from '@/lib/format/numbers'
import { shortVersion } from '@/lib/format/versions'
import type { VersionHoldDto } from '@/lib/plans/dto'
import { firewallQueries } from '@/lib/queries/firewalls'
import { AdvisoryLines } from './advisory-lines'
import { HoldVersion, type Holdable } from './hold-version'
import { CountLink, Standings } from './version-columns'
import { offerWords, planOfOffer } from './version-words'

type Notes = { firewallId: string; version: string }
type VersionDetailProps = {
  row: VersionRow
  advisories: readonly AdvisoryDto[]
  /** What is held already. */
  holds: readonly VersionHoldDto[]
  within: (href: string) => string
  mayPlan: boolean
  /** Why firewalls cannot be asked; null when they can. */
  askReason: string | null
  busy: boolean
  onCheck: () => void
}

/** What the firewalls of one version are offered, what is said about it, and what one can do. */
export function VersionDetail({ row, advisories, holds, within, mayPlan, askReason, busy, onCheck }: VersionDetailProps) {
  const [notes, setNotes] = useState<Notes | null>(null)
  const { family, familyLabel } = row
  return (
    <div className="flex flex-col gap-3 whitespace-normal">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <p className="min-w-0 flex-1">
          {familyLabel}: <Standings row={row} within={within} />
        </p>
        {row.version !== null && <HoldVersion family={family} familyLabel={familyLabel} version={row.version} holds={holds} />}
        {row.where !== null && (
          <Button size="sm" icon={ListChecks} busy={busy} disabledReason={askReason} onClick={onCheck}>
            Check these for updates
          </Button>
        )}
      </div>
      {row.offers.length === 0 ? <p className="text-text-2">Nothing is on offer to them by their last checks.</p> : <Offers offers={row.offers} of={{ family, familyLabel }} holds={holds} within={within} mayPlan={mayPlan} askReason={askReason} onNotes={setNotes} />}
      {row.losesApiPackage && row.offers.length > 0 && <p className="text-you">An update of the base removes the API package. Someone reinstalls it on each firewall; the plan says how.</p>}
      {notes !== null && <ChangeNotes {...notes} />}
      {advisories.length > 0 && <AdvisoryLines items={advisories} />}
    </div>
  )
}

type OffersProps = Pick<VersionDetailProps, 'holds' | 'within' | 'mayPlan' | 'askReason'> & { offers: readonly VersionOffer[]; of: Omit<Holdable, 'version'>; onNotes: (notes: Notes) => void }

/** A list, not a table: it stands in an opened row, on a phone too. */
function Offers({ offers, of, holds, within, mayPlan, askReason, onNotes }: OffersProps) {
  return (
    <ul aria-label="What these firewalls are offered" className="flex flex-col">
      {offers.map((offer) => {
        const { packages, size, restarts } = offerWords(offer)
        const { notesFrom, version, kind, firewalls, where } = offer
        const href = mayPlan ? planOfOffer(offer) : null
        return (
          <li key={`${kind} ${version}`} className="flex flex-wrap items-center gap-x-5 gap-y-1 border-t border-line py-1.5">
            <span className="w-32 shrink-0">
              <span className="font-mono text-xs">{shortVersion(version)}</span> <span className="text-text-3">{kind}</span>
            </span>
            <CountLink href={where === null ? null : within(`/firewalls?${where}`)}>{plural(firewalls, 'firewall')}</CountLink>
            <span>{packages === null ? <NotReported>packages not reported</NotReported> : `${packages} packages`}</span>
            <span>{size === null ? <NotReported>size not reported</NotReported> : size}</span>
            <span>restart: {restarts}</span>
            <span className="ml-auto flex flex-wrap justify-end gap-2">
              {notesFrom !== null && (
                <Button size="sm" variant="quiet" icon={FileText} disabledReason={askReason} onClick={() => onNotes({ firewallId: notesFrom, version })}>
                  Change notes
                </Button>
              )}
              <HoldVersion {...of} version={version} holds={holds} />
              {href !== null && (
                <ButtonLink size="sm" icon={CalendarPlus} href={within(href)}>
                  Plan an update for these
                </ButtonLink>
              )}
            </span>
          </li>
        )
      })}
    </ul>
  )
}

/** Asked from one of the firewalls, and shown as text. */
function ChangeNotes({ firewallId, version }: Notes) {
  const { data, error, refetch } = useQuery(firewallQueries.changelog(firewallId, version))
  if (error) return <ProblemNotice error={error} retry={() => void refetch()} />
  return data ? <CodeBlock label={`Change notes of ${version}`} text={data.text} /> : <SkeletonRows rows={6} columns={1} />
}
