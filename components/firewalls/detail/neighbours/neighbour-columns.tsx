import { Age } from '@/components/ui/age'
import type { Column } from '@/components/ui/virtual-table'
import { formatDateTime } from '@/lib/format/dates'
import { formatDuration } from '@/lib/format/duration'
import { Dash, TextOr } from '../figures'
import { LEASE_LOOKS, LookWord, NEIGHBOUR_LOOKS } from '../looks'
import type { JoinedNeighbour } from './join'

/** `15 min left`, `permanent`; nothing where the family does not tell. */
function Seen({ row: { neighbour } }: { row: JoinedNeighbour }) {
  if (neighbour === null) return <span className="text-text-3">not seen</span>
  const left = neighbour.expiresInSeconds !== null && neighbour.state === 'complete' ? `${formatDuration(neighbour.expiresInSeconds)} left` : null
  return <LookWord look={NEIGHBOUR_LOOKS[neighbour.state]} reason={left} />
}

function LeaseState({ row: { lease } }: { row: JoinedNeighbour }) {
  if (lease === null) return <span className="text-text-3">no lease</span>
  return <LookWord look={LEASE_LOOKS[lease.state]} reason={lease.server} />
}

function LeaseEnd({ row: { lease }, zone }: { row: JoinedNeighbour; zone: string }) {
  if (lease === null) return null
  if (lease.endsAt === null) return <Dash />
  return lease.state === 'expired' ? <Age at={lease.endsAt} zone={zone} /> : <time dateTime={lease.endsAt}>{formatDateTime(lease.endsAt, zone)}</time>
}

/** `zone` is the firewall's: leases end where it stands. */
export const neighbourColumns = (zone: string): Column<JoinedNeighbour>[] => [
  { id: 'ip', head: 'Address', width: '17%', mono: true, cell: ({ ip }) => <span title={ip}>{ip}</span> },
  {
    id: 'mac',
    head: 'MAC',
    width: '148px',
    cell: ({ mac }) => (mac === null ? <span className="text-text-3">unresolved</span> : <span className="font-mono text-xs">{mac}</span>),
  },
  { id: 'name', head: 'Name', cell: ({ hostname, lease, manufacturer }) => <Name hostname={hostname} note={lease?.description || manufacturer} /> },
  { id: 'interface', head: 'Interface', width: '10%', cell: (row) => <TextOr value={row.interface} /> },
  { id: 'protocol', head: 'By', width: '52px', hideBelow: 'lg', cell: ({ neighbour }) => (neighbour === null ? '' : neighbour.protocol.toUpperCase()) },
  { id: 'seen', head: 'Seen', width: '16%', cell: (row) => <Seen row={row} /> },
  { id: 'lease', head: 'Lease', width: '13%', cell: (row) => <LeaseState row={row} /> },
  { id: 'ends', head: 'Lease ends', width: '144px', hideBelow: 'lg', cell: (row) => <LeaseEnd row={row} zone={zone} /> },
]

function Name({ hostname, note }: { hostname: string | null; note: string | null | undefined }) {
  if (!hostname && !note) return <Dash />
  return (
    <span title={[hostname, note].filter(Boolean).join(', ')}>
      {hostname} {note && <span className="text-text-3">{note}</span>}
    </span>
  )
}

export function NeighbourCard({ row }: { row: JoinedNeighbour }) {
  return (
    <>
      <span className="flex justify-between gap-3">
        <span className="truncate font-mono text-xs">{row.ip}</span>
        <span className="truncate">{row.hostname ?? ''}</span>
      </span>
      <span className="flex justify-between gap-3 text-xs text-text-2">
        <span className="truncate">
          <span className="font-mono">{row.mac ?? 'unresolved'}</span> · {row.interface ?? 'interface not reported'}
        </span>
        <span className="shrink-0">{row.lease === null ? 'no lease' : LEASE_LOOKS[row.lease.state].word}</span>
      </span>
    </>
  )
}
