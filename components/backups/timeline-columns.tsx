import { CheckCheck, CornerLeftUp, Download, Ellipsis, GitCompareArrows, Undo2 } from 'lucide-react'
import { Tag } from '@/components/ui/badge'
import type { Column } from '@/components/ui/columns'
import { Menu } from '@/components/ui/menu'
import { cn } from '@/lib/core/cn'
import type { BackupDto } from '@/lib/backups/dto'
import { formatBytes } from '@/lib/format/bytes'
import { formatClock, formatExactBoth } from '@/lib/format/dates'
import { escapeUnseen } from '@/lib/format/unseen'
import { differenceMarks, differenceWords, REASON_WORDS } from './backup-words'
import { mayBe, type Sides } from './chosen-sides'

export type TimelineRow = { kind: 'day'; key: string; day: string } | { kind: 'backup'; key: string; backup: BackupDto; place: number }
export type TimelineActs = {
  sides: Sides
  places: { before: number; after: number }
  onSide: (side: 'before' | 'after', id: string) => void
  onDownload: (backup: BackupDto) => void
  onRestore: (backup: BackupDto) => void
  onAccept: (backup: BackupDto) => void
  /** The one before it, to compare with; null = there is none. */ onCompareEarlier: (backup: BackupDto, place: number) => void
  onCompareOther: (backup: BackupDto) => void
  /** Why it cannot be downloaded. */ downloadReason: string | null
  acceptReason: (backup: BackupDto) => string | null
  isLast: (place: number) => boolean
  /** There is no second one to compare with. */ alone: boolean
}
type BackupRow = Extract<TimelineRow, { kind: 'backup' }>
const onBackup = (cell: (row: BackupRow) => React.ReactNode) => (row: TimelineRow) => (row.kind === 'backup' ? cell(row) : null)

function SideRadio({ row, side, acts }: { row: BackupRow; side: 'before' | 'after'; acts: TimelineActs }) {
  if (acts.alone || !mayBe(side, row.place, acts.places)) return null
  return (
    <label className="-my-1 inline-grid size-7 place-items-center align-middle max-md:size-11">
      <input
        type="radio"
        name={side}
        aria-label={`${side === 'before' ? 'Before' : 'After'}: backup of ${formatExactBoth(row.backup.takenAt)}`}
        checked={acts.sides[side] === row.backup.id}
        onChange={() => acts.onSide(side, row.backup.id)}
        className="size-4 accent-act-fill max-md:size-5"
      />
    </label>
  )
}

function Differences({ backup: { differences, compareError } }: { backup: BackupDto }) {
  if (differences === null) return <span className="text-text-3">{compareError === null ? 'the first' : 'cannot be compared'}</span>
  return (
    <span title={differenceWords(differences)}>
      <span aria-hidden className="font-mono text-xs">
        {differenceMarks(differences)}
      </span>
      <span className="sr-only">{differenceWords(differences)}</span>
    </span>
  )
}

/** What is special about it, beside being one of many. */
function Marks({ backup }: { backup: BackupDto }) {
  return (
    <>
      {backup.isNewest && <Tag>newest</Tag>}
      {backup.isAccepted && <Tag>accepted</Tag>}
      {backup.format === 'comparison' && <Tag dashed>for comparison only</Tag>}
    </>
  )
}

/** Why it was taken, by whom, and whether its time never ends. */
function Why({ backup: { reason, takenBy, keptForever } }: { backup: BackupDto }) {
  const words = `${REASON_WORDS[reason]}${keptForever ? ', kept for ever' : ''}`
  return <span title={takenBy === '' ? words : `${words}, by ${takenBy}`}>{words}</span>
}

/** What the firewall says about it: who changed it, and in its words what. */
function Said({ backup: { revision } }: { backup: BackupDto }) {
  const { by, note } = revision
  if (by === null && note === null) return <span className="text-text-3">not told by the firewall</span>
  const text = escapeUnseen([note, by === null ? null : `by ${by}`].filter((part) => part !== null).join(', '))
  return <span title={text}>{text}</span>
}

function RowMenu({ row, acts }: { row: BackupRow; acts: TimelineActs }) {
  const { backup, place } = row
  return (
    <Menu
      label={`Acts on the backup of ${formatExactBoth(backup.takenAt)}`}
      trigger={
        <button
          type="button"
          aria-label={`Acts on the backup of ${formatExactBoth(backup.takenAt)}`}
          className="inline-grid size-6 place-items-center rounded-md align-middle text-text-3 hover:bg-line hover:text-text max-md:size-11"
        >
          <Ellipsis aria-hidden size={16} />
        </button>
      }
      items={[
        {
          label: 'What it changed',
          icon: CornerLeftUp,
          disabledReason: acts.isLast(place) ? 'There is no earlier backup.' : null,
          onSelect: () => acts.onCompareEarlier(backup, place),
        },
        { label: 'Compare with another firewall', icon: GitCompareArrows, onSelect: () => acts.onCompareOther(backup) },
        { label: 'Accept it', icon: CheckCheck, disabledReason: acts.acceptReason(backup), onSelect: () => acts.onAccept(backup) },
        { label: 'Restore by hand', icon: Undo2, onSelect: () => acts.onRestore(backup) },
        { label: 'Download', icon: Download, disabledReason: acts.downloadReason, onSelect: () => acts.onDownload(backup) },
      ]}
    />
  )
}

const Clock = ({ at, zone }: { at: string; zone: string }) => (
  <time dateTime={at} title={formatExactBoth(at, zone)}>
    {formatClock(at)}
  </time>
)

export const timelineColumns = (acts: TimelineActs, zone: string): readonly Column<TimelineRow>[] => [
  { id: 'before', head: 'Before', width: '72px', cell: onBackup((row) => <SideRadio row={row} side="before" acts={acts} />) },
  { id: 'after', head: 'After', width: '48px', cell: onBackup((row) => <SideRadio row={row} side="after" acts={acts} />) },
  { id: 'taken', head: 'Taken', width: '60px', cell: onBackup(({ backup }) => <Clock at={backup.takenAt} zone={zone} />) },
  {
    id: 'said',
    head: 'What the firewall says',
    cell: onBackup(({ backup }) => <Said backup={backup} />),
  },
  { id: 'differs', head: 'Changed', width: '96px', cell: onBackup(({ backup }) => <Differences backup={backup} />) },
  {
    id: 'marks',
    head: 'Marks',
    width: '132px',
    cell: onBackup(({ backup }) => (
      <span className="inline-flex max-w-full gap-1 overflow-hidden align-middle">
        <Marks backup={backup} />
      </span>
    )),
  },
  {
    id: 'reason',
    head: 'Why',
    width: '148px',
    hideBelow: 'lg',
    cell: onBackup(({ backup }) => <Why backup={backup} />),
  },
  { id: 'size', head: 'Size', width: '76px', align: 'right', hideBelow: 'lg', cell: onBackup(({ backup }) => formatBytes(backup.bytes)) },
  { id: 'acts', head: <span className="sr-only">Acts</span>, width: '52px', align: 'right', cell: onBackup((row) => <RowMenu row={row} acts={acts} />) },
]

/** On a phone: when and what, who and why, and the two sides. */
export function BackupRowCard({ row, acts, zone }: { row: BackupRow; acts: TimelineActs; zone: string }) {
  const { backup } = row
  return (
    <div className="flex min-w-0 flex-col gap-0.5">
      <div className="flex items-center justify-between gap-3">
        <span className="flex min-w-0 items-center gap-2">
          <span className="text-base font-medium">
            <Clock at={backup.takenAt} zone={zone} />
          </span>
          <span className="truncate text-xs text-text-2">
            <Why backup={backup} />
          </span>
        </span>
        <Differences backup={backup} />
      </div>
      <p className="truncate text-xs text-text-2">
        <Said backup={backup} />
      </p>
      <div className="flex flex-wrap items-center gap-x-3">
        {!acts.alone &&
          (['before', 'after'] as const).map((side) => (
            <span key={side} className={cn('inline-flex items-center text-xs', !mayBe(side, row.place, acts.places) && 'invisible')}>
              <SideRadio row={row} side={side} acts={acts} />
              <span aria-hidden>{side === 'before' ? 'before' : 'after'}</span>
            </span>
          ))}
        <span className="ml-auto flex items-center gap-1">
          <Marks backup={backup} />
          <RowMenu row={row} acts={acts} />
        </span>
      </div>
    </div>
  )
}
