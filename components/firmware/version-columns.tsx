import { CalendarPlus, ChevronDown, ChevronRight } from 'lucide-react'
import Link from 'next/link'
import { LookWord, lookRail } from '@/components/firewalls/detail/looks'
import { Age } from '@/components/ui/age'
import { ButtonLink } from '@/components/ui/button-link'
import type { Column } from '@/components/ui/columns'
import { NotReported } from '@/components/ui/facts'
import type { Tone } from '@/components/ui/tone'
import type { VersionRow } from '@/lib/firmware/dto'
import { formatCount, plural } from '@/lib/format/numbers'
import { shortVersion } from '@/lib/format/versions'
import { countWords } from './advisory-lines'
import { SEVERITY_LOOKS } from './severity-looks'
import { planOfRow, standings, versionKey, whereStanding } from './version-words'

export type RowActs = { within: (href: string) => string; mayPlan: boolean; expanded: ReadonlySet<string>; onToggle: (key: string) => void }

export const versionRail = ({ advisories: { worst }, rebootPending }: VersionRow): Tone | null => (worst === null ? null : lookRail(SEVERITY_LOOKS[worst])) ?? (rebootPending > 0 ? 'warn' : null)
const nameOf = ({ version }: VersionRow): string => (version === null ? 'not known yet' : shortVersion(version))

function Opener({ row, expanded, onToggle }: { row: VersionRow } & RowActs) {
  const key = versionKey(row)
  const isOpen = expanded.has(key)
  const Chevron = isOpen ? ChevronDown : ChevronRight
  return (
    <button type="button" aria-expanded={isOpen} title={row.version ?? undefined} onClick={() => onToggle(key)} className="-ml-1 flex h-6 max-w-full items-center gap-1 rounded-sm font-medium hover:underline">
      <Chevron aria-hidden size={14} className="shrink-0 text-text-3" />
      <span className={row.version === null ? 'truncate font-normal text-text-3' : 'truncate font-mono text-xs'}>{nameOf(row)}</span>
    </button>
  )
}

/** A number that leads to the list of what it counts. */
export function CountLink({ href, children }: { href: string | null; children: React.ReactNode }) {
  return href === null ? (
    <span className="tabular-nums">{children}</span>
  ) : (
    <Link href={href} className="tabular-nums hover:text-act hover:underline">
      {children}
    </Link>
  )
}

export function Standings({ row, within }: { row: VersionRow; within: RowActs['within'] }) {
  const parts = standings(row)
  return (
    <span title={parts.map(({ count, word }) => `${formatCount(count)} ${word}`).join(', ')}>
      {parts.map(({ count, word, state }, place) => (
        <span key={state}>
          {place > 0 && ', '}
          <CountLink href={row.where === null ? null : within(`/firewalls?${whereStanding(row.where, state)}`)}>
            {formatCount(count)} {word}
          </CountLink>
        </span>
      ))}
    </span>
  )
}

/** What most of them are offered; `and more` where others are offered something else. */
function Offered({ row: { offers } }: { row: VersionRow }) {
  const [first] = offers
  if (!first) return <span className="text-text-3">none</span>
  return (
    <span title={offers.map(({ version, firewalls }) => `${version}: ${plural(firewalls, 'firewall')}`).join('\n')}>
      <span className="font-mono text-xs">{shortVersion(first.version)}</span>
      {offers.length > 1 ? <span className="text-text-3"> and {offers.length - 1} more</span> : first.kind === 'major' && <span className="text-text-3"> major</span>}
    </span>
  )
}

export function AdvisoryWord({ row: { advisories } }: { row: VersionRow }) {
  const { known, worst, ids } = advisories
  if (worst === null) return <span className="text-text-3">{known ? 'none' : 'not known'}</span>
  return (
    <span title={ids.join(', ')}>
      <LookWord look={SEVERITY_LOOKS[worst]} reason={countWords(ids.length)} />
    </span>
  )
}

function PlanThese({ row, within }: { row: VersionRow; within: RowActs['within'] }) {
  const href = planOfRow(row)
  return href === null ? null : (
    <ButtonLink href={within(href)} size="sm" icon={CalendarPlus} aria-label={`Plan an update for ${row.familyLabel} ${nameOf(row)}`}>
      Plan
    </ButtonLink>
  )
}

export const versionColumns = (acts: RowActs): Column<VersionRow>[] => [
  { id: 'version', head: 'Version', width: '132px', cell: (row) => <Opener row={row} {...acts} /> },
  { id: 'family', head: 'Family', width: '13%', hideBelow: 'lg', cell: ({ familyLabel }) => <span title={familyLabel}>{familyLabel}</span> },
  {
    id: 'firewalls',
    head: 'Firewalls',
    width: '176px',
    cell: ({ firewalls, customers, where }) => (
      <span>
        <CountLink href={where === null ? null : acts.within(`/firewalls?${where}`)}>{plural(firewalls, 'firewall')}</CountLink>
        <span className="text-text-3">, {plural(customers, 'customer')}</span>
      </span>
    ),
  },
  { id: 'standing', head: 'By their last check', cell: (row) => <Standings row={row} within={acts.within} /> },
  { id: 'offered', head: 'Offered', width: '148px', cell: (row) => <Offered row={row} /> },
  { id: 'checked', head: 'Oldest check', width: '104px', hideBelow: 'lg', cell: ({ oldestCheckAt }) => (oldestCheckAt === null ? <NotReported>not of all</NotReported> : <Age at={oldestCheckAt} />) },
  { id: 'advisories', head: 'Advisories', width: '164px', cell: (row) => <AdvisoryWord row={row} /> },
  ...(acts.mayPlan ? [{ id: 'plan', head: 'Update', width: '108px', cell: (row: VersionRow) => <PlanThese row={row} within={acts.within} /> }] : []),
]

export function VersionCard({ row, acts }: { row: VersionRow; acts: RowActs }) {
  return (
    <>
      <span className="flex min-w-0 items-center justify-between gap-3">
        <span className="flex min-w-0 items-center gap-2">
          <Opener row={row} {...acts} />
          <span className="truncate text-text-2">{row.familyLabel}</span>
        </span>
        <span className="shrink-0">
          <CountLink href={row.where === null ? null : acts.within(`/firewalls?${row.where}`)}>{plural(row.firewalls, 'firewall')}</CountLink>
        </span>
      </span>
      <span className="flex min-w-0 items-center justify-between gap-3 text-xs text-text-2">
        <span className="min-w-0 truncate">
          <Standings row={row} within={acts.within} />
        </span>
        {row.advisories.worst !== null && (
          <span className="shrink-0">
            <AdvisoryWord row={row} />
          </span>
        )}
      </span>
    </>
  )
}
