'use client'
import { useRouter } from 'next/navigation'
import { compareHref } from '@/components/configuration-diff/compare-href'
import { useFirewall } from '@/components/firewalls/detail/firewall-context'
import { useCustomerScope } from '@/components/layout/customer-scope'
import { VirtualTable } from '@/components/ui/virtual-table'
import type { BackupDto } from '@/lib/backups/dto'
import { formatDay } from '@/lib/format/dates'
import type { Sides } from './chosen-sides'
import { BackupRowCard, timelineColumns, type TimelineActs, type TimelineRow } from './timeline-columns'

/** Backups under the days of who looks, newest first. */
function withDays(backups: readonly BackupDto[]): TimelineRow[] {
  let last = ''
  return backups.flatMap((backup, place): TimelineRow[] => {
    const day = formatDay(backup.takenAt)
    const row: TimelineRow = { kind: 'backup', key: backup.id, backup, place }
    if (day === last) return [row]
    last = day
    return [{ kind: 'day', key: `day ${day}`, day }, row]
  })
}

type TimelineProps = {
  backups: readonly BackupDto[]
  total: number
  sides: Sides
  onSide: (side: 'before' | 'after', id: string) => void
  acts: Omit<TimelineActs, 'sides' | 'places' | 'onSide'>
}

/** Every kept configuration of one firewall; two of them are chosen to be compared. A row opens what it changed. */
export function Timeline({ backups, total, sides, onSide, acts }: TimelineProps) {
  const router = useRouter()
  const { within } = useCustomerScope()
  const { firewall } = useFirewall()
  const placeOf = (id: string | null): number => backups.findIndex((backup) => backup.id === id)
  const all: TimelineActs = { ...acts, sides, places: { before: placeOf(sides.before), after: placeOf(sides.after) }, onSide }
  const open = (row: TimelineRow): void => {
    const earlier = row.kind === 'backup' ? backups[row.place + 1] : undefined
    if (row.kind === 'backup' && earlier) router.push(within(compareHref(earlier.id, row.backup.id)))
  }
  return (
    <VirtualTable
      caption={`Backups of ${firewall.name}`}
      rows={withDays(backups)}
      total={total}
      columns={timelineColumns(all, firewall.timeZone)}
      rowKey={(row) => row.key}
      rowHeight={40}
      heading={(row) => (row.kind === 'day' ? row.day : null)}
      card={(row) => (row.kind === 'backup' ? <BackupRowCard row={row} acts={all} zone={firewall.timeZone} /> : null)}
      cardHeight={96}
      onOpen={open}
      activeKey={null}
    />
  )
}
