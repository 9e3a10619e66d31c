import { Footprints, OctagonX, TriangleAlert, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Column } from '@/components/ui/columns'
import { NotReported } from '@/components/ui/facts'
import { TONE_MARK, TONE_TEXT, type Tone } from '@/components/ui/tone'
import { cn } from '@/lib/core/cn'
import { formatClock, formatDayMonth, formatExactBoth, formatMoment } from '@/lib/format/dates'
import { shortVersion } from '@/lib/format/versions'
import type { PreviewFinding, PreviewRow } from '@/lib/plans/dto'
import type { PreviewItem } from './preview-items'
import { minutesWords } from './plan-words'

const FINDING_LOOKS = { bad: ['bad', OctagonX], you: ['you', Footprints], warn: ['warn', TriangleAlert], none: [null, null] } as const satisfies Record<PreviewFinding['tone'], readonly [Tone | null, LucideIcon | null]>

/** Icon and word; what it means stands in the opened row. */
export function FindingWord({ finding }: { finding: PreviewFinding }) {
  const [tone, Icon] = FINDING_LOOKS[finding.tone]
  return (
    <span className="inline-flex max-w-full min-w-0 items-center gap-1.5 align-bottom" title={finding.sentence ?? undefined}>
      {Icon && tone && <Icon aria-hidden size={16} strokeWidth={1.75} className={cn('shrink-0', TONE_MARK[tone])} />}
      <span className={cn('truncate', tone === null ? 'text-text-3' : TONE_TEXT[tone])}>{finding.word}</span>
    </span>
  )
}

/** `26.1.9 to 26.1.10`; a restart installs nothing. */
export function installsWords({ from, to }: Pick<PreviewRow, 'from' | 'to'>): string | null {
  if (to === null) return null
  return from === null ? shortVersion(to) : `${shortVersion(from)} to ${shortVersion(to)}`
}

/** Only what needs somebody has a rail. */
export const rowRail = (item: PreviewItem): Tone | null => {
  const tone = item.kind === 'row' ? item.row.findings[0]?.tone : undefined
  return tone === 'bad' || tone === 'you' ? tone : null
}

const ofRow = (cell: (row: PreviewRow) => ReactNode) => (item: PreviewItem) => (item.kind === 'row' ? cell(item.row) : null)

/** `zone`: that of the viewer, for the head of the times. `opener` draws what opens a row. `roomy`: there is room for all of them. */
export const previewColumns = (zone: string, opener: (row: PreviewRow) => ReactNode, roomy: boolean): Column<PreviewItem>[] => COLUMNS(zone, opener).filter(({ id }) => roomy || !LEFT_OUT.includes(id))

const LEFT_OUT: readonly string[] = ['site', 'reboot', 'away']
const COLUMNS = (zone: string, opener: (row: PreviewRow) => ReactNode): Column<PreviewItem>[] => [
  { id: 'firewall', head: 'Firewall', cell: ofRow(opener) },
  { id: 'site', head: 'Site', width: '10%', cell: ofRow(({ site, customer }) => <span title={customer.name}>{site?.name ?? customer.name}</span>) },
  { id: 'ring', head: 'Ring', width: '62px', cell: ofRow(({ ring }) => ring?.name ?? <NotReported>none</NotReported>) },
  { id: 'installs', head: 'Installs', width: '14%', cell: ofRow((row) => <Installs row={row} />) },
  { id: 'reboot', head: 'Reboot', width: '56px', align: 'right', cell: ofRow(({ reboot }) => (reboot === null ? <Unknown /> : reboot ? 'yes' : 'no')) },
  { id: 'away', head: 'Away', width: '74px', align: 'right', cell: ofRow(({ minutesAway }) => minutesWords(minutesAway) ?? <Unknown />) },
  { id: 'starts', head: `Starts, ${zone}`, width: '106px', cell: ofRow((row) => <Starts row={row} />) },
  { id: 'finding', head: 'Finding', width: '20%', cell: ofRow(({ findings: [first] }) => first && <FindingWord finding={first} />) },
]

const Unknown = () => (
  <span title="not reported" className="text-text-3">
    <span aria-hidden>?</span>
    <span className="sr-only">not reported</span>
  </span>
)

const Installs = ({ row }: { row: PreviewRow }) => {
  const words = installsWords(row)
  return words === null ? <span className="text-text-3">nothing</span> : <span title={words}>{words}</span>
}

const Starts = ({ row: { startsAt, firewall } }: { row: PreviewRow }) =>
  startsAt === null ? <span className="text-text-3">–</span> : <span className="tabular-nums" title={formatExactBoth(startsAt, firewall.timeZone)}>{formatDayMonth(startsAt)} {formatClock(startsAt)}</span>

export function PreviewCard({ row }: { row: PreviewRow }) {
  return (
    <>
      <span className="flex min-w-0 items-center justify-between gap-3">
        <span className="min-w-0 truncate font-medium">{row.firewall.name}</span>
        <span className="min-w-0 shrink-0">{row.findings[0] && <FindingWord finding={row.findings[0]} />}</span>
      </span>
      <span className="flex min-w-0 items-center justify-between gap-3 text-xs text-text-2">
        <span className="min-w-0 truncate">{[row.ring?.name, installsWords(row)].filter(Boolean).join(' · ')}</span>
        <span className="shrink-0 tabular-nums">{row.startsAt === null ? '–' : formatMoment(row.startsAt)}</span>
      </span>
    </>
  )
}
