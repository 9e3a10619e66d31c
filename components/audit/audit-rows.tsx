import type { ReactNode } from 'react'
import type { Column } from '@/components/ui/columns'
import type { AuditEntryDto } from '@/lib/audit/dto'
import { formatDay, formatExact, formatTime } from '@/lib/format/dates'
import { formatCount } from '@/lib/format/numbers'
import { AuditResultWord } from './audit-result'

export type AuditRow = { kind: 'day'; key: string; day: string } | { kind: 'entry'; key: string; entry: AuditEntryDto }

/** Entries with a heading wherever another day begins, as the viewer counts days. */
export function withDays(entries: readonly AuditEntryDto[]): AuditRow[] {
  let last = ''
  return entries.flatMap((entry): AuditRow[] => {
    const day = formatDay(entry.at)
    const row: AuditRow = { kind: 'entry', key: String(entry.entry), entry }
    if (day === last) return [row]
    last = day
    return [{ kind: 'day', key: `day ${day}`, day }, row]
  })
}

/** `token grafana-ro`, `worker`; an operator is a name alone. */
export const actorWords = ({ kind, name }: AuditEntryDto['actor']): string => (kind === 'token' ? `token ${name}` : name === '' ? kind : name)

const onEntry = (cell: (entry: AuditEntryDto) => ReactNode) => (row: AuditRow) => (row.kind === 'entry' ? cell(row.entry) : null)

export const AUDIT_COLUMNS: readonly Column<AuditRow>[] = [
  {
    id: 'entry',
    head: 'Entry',
    align: 'right',
    width: '84px',
    mono: true,
    cell: onEntry(({ entry }) => <span className="text-text-3">{formatCount(entry)}</span>),
  },
  {
    id: 'time',
    head: 'Time',
    width: '84px',
    cell: onEntry(({ at }) => (
      <time dateTime={at} title={formatExact(at)}>
        {formatTime(at)}
      </time>
    )),
  },
  {
    id: 'actor',
    head: 'Who',
    width: '15%',
    cell: onEntry(({ actor }) => <span className={actor.kind === 'operator' ? undefined : 'text-text-2'}>{actorWords(actor)}</span>),
  },
  {
    id: 'from',
    head: 'From',
    width: '116px',
    mono: true,
    hideBelow: 'lg',
    cell: onEntry(({ sourceAddress }) => <span className="text-text-2">{sourceAddress ?? '–'}</span>),
  },
  { id: 'action', head: 'Action', width: '21%', cell: onEntry(({ action }) => <span className="font-medium">{action}</span>) },
  {
    id: 'target',
    head: 'Firewall, customer',
    cell: onEntry(({ target, customer }) => (
      <>
        {target.name} <span className="text-text-3">{customer?.name !== target.name && customer?.name}</span>
      </>
    )),
  },
  { id: 'result', head: 'Result', width: '17%', cell: onEntry((entry) => <AuditResultWord entry={entry} />) },
]

/** Two lines for 390 px. */
export function AuditCard({ entry }: { entry: AuditEntryDto }) {
  return (
    <>
      <div className="flex items-center justify-between gap-3">
        <span className="truncate font-medium">{entry.action}</span>
        <AuditResultWord entry={entry} className="max-w-[45%] shrink-0 text-xs" />
      </div>
      <div className="flex items-center justify-between gap-3 text-xs text-text-2">
        <span className="truncate">
          {actorWords(entry.actor)} · {entry.target.name}
        </span>
        <time dateTime={entry.at} className="shrink-0 text-text-3">
          {formatTime(entry.at)}
        </time>
      </div>
    </>
  )
}
