import Link from 'next/link'
import { compareHref } from '@/components/configuration-diff/compare-href'
import { itemWords } from '@/components/drift/drift-words'
import { LookWord } from '@/components/firewalls/detail/looks'
import { SelectBox } from '@/components/firewalls/fleet-card'
import { Age } from '@/components/ui/age'
import { Tag } from '@/components/ui/badge'
import type { Column } from '@/components/ui/columns'
import type { BackupStateDto } from '@/lib/backups/dto'
import { formatCount } from '@/lib/format/numbers'
import { escapeUnseen } from '@/lib/format/unseen'
import { lookOf } from './backup-looks'
import { revisionWords, stateReason } from './backup-words'

const DAY_SECONDS = 86_400
export type FleetSelect = { checked: (id: string) => boolean; toggle: (id: string) => void; head: React.ReactNode }
type Within = (href: string) => string

const tabOf = ({ firewall }: BackupStateDto): string => `/firewalls/${firewall.id}/backups`
const boxOf = ({ firewall }: BackupStateDto, select: FleetSelect) => ({
  name: firewall.name,
  checked: select.checked(firewall.id),
  onChange: () => select.toggle(firewall.id),
})

/** Last good one, by our clock. */
const LastGood = ({ row }: { row: BackupStateDto }) => <Age at={row.backupAt} intervalSeconds={DAY_SECONDS} never="none yet" />

/** Since when it differs from what was accepted, and in how many things; a link to the two. */
function DriftWord({ row, within }: { row: BackupStateDto; within: Within }) {
  const { drift, acceptedBackupId, latest } = row
  if (drift === null) return <span className="text-text-3">{latest === null ? '' : 'none'}</span>
  const words = (
    <>
      {itemWords(drift.items)}{' '}
      <span className="text-text-3">
        since <Age at={drift.since} />
      </span>
    </>
  )
  if (acceptedBackupId === null || latest === null) return words
  return (
    <Link href={within(compareHref(acceptedBackupId, latest.id))} prefetch={false} className="hover:underline">
      {words}
    </Link>
  )
}

/** Columns of the fleet's backups; the first chooses rows. */
export const backupColumns = (select: FleetSelect, within: Within): readonly Column<BackupStateDto>[] => [
  { id: 'select', head: select.head, width: '60px', cell: (row) => <SelectBox {...boxOf(row, select)} /> },
  {
    id: 'name',
    head: 'Firewall',
    width: '16%',
    cell: (row) => (
      <Link href={within(tabOf(row))} prefetch={false} title={row.firewall.name} className="font-medium hover:underline">
        {row.firewall.name}
      </Link>
    ),
  },
  { id: 'state', head: 'Backup, in words', cell: (row) => <LookWord look={lookOf(row)} reason={stateReason(row)} /> },
  { id: 'last', head: 'Last good one', width: '100px', align: 'right', cell: (row) => <LastGood row={row} /> },
  {
    id: 'customer',
    head: 'Customer, site',
    width: '17%',
    hideBelow: 'lg',
    cell: ({ customer, site }) => (
      <span title={site ? `${customer.name}, ${site.name}` : customer.name}>
        {customer.name} <span className="text-text-3">{site?.name}</span>
      </span>
    ),
  },
  {
    id: 'changed',
    head: 'Last change',
    width: '17%',
    hideBelow: 'lg',
    cell: ({ latest }) => {
      if (latest === null) return null
      const words = revisionWords(latest.revisedBy, latest.revisionNote)
      return (
        <span title={words === null ? undefined : escapeUnseen(words)}>
          {words === null ? <span className="text-text-3">not told</span> : escapeUnseen(words)}
        </span>
      )
    },
  },
  { id: 'drift', head: 'Drift', width: '168px', cell: (row) => <DriftWord row={row} within={within} /> },
  { id: 'backups', head: 'Kept', width: '64px', align: 'right', cell: ({ backups }) => formatCount(backups) },
]

/** Two lines for 390 px. */
export function BackupCard({ row, select, within }: { row: BackupStateDto; select: FleetSelect; within: Within }) {
  return (
    <div className="flex min-w-0 items-center gap-1">
      <SelectBox {...boxOf(row, select)} />
      <div className="min-w-0 flex-1">
        <div className="flex items-center justify-between gap-3">
          <Link href={within(tabOf(row))} prefetch={false} className="-my-2 truncate py-2 text-base font-medium">
            {row.firewall.name}
          </Link>
          <span className="shrink-0 text-xs">
            <LastGood row={row} />
          </span>
        </div>
        <div className="flex items-center justify-between gap-3 text-xs">
          <span className="min-w-0 flex-1 truncate">
            <LookWord look={lookOf(row)} reason={stateReason(row)} />
          </span>
          {row.drift !== null && <Tag>{itemWords(row.drift.items)} changed</Tag>}
        </div>
      </div>
    </div>
  )
}
