'use client'
import { Age } from '@/components/ui/age'
import { Tag } from '@/components/ui/badge'
import { cn } from '@/lib/core/cn'
import type { Holder } from '@/lib/search/dto'
import type { GroupLook } from './found-section'
import { firewallHref } from './hrefs'
import { Marked } from './marked'
import { FirewallCell, placeColumn, placeText } from './where-cells'

const SOURCE_WORDS = { arp: 'ARP', lease: 'lease', past: 'ARP before' } as const
/** A reading of ARP and leases is renewed so often. */
const INTERVAL_SECONDS = 300
const href = (row: Holder) => firewallHref(row.firewall.id, 'neighbours', row.ip)

/** An address or MAC that is there no more is struck, and says so. */
function Struck({ row, text, asked }: { row: Holder; text: string; asked: string }) {
  return (
    <span className={cn('font-mono text-xs', row.gone && 'text-text-3 line-through')}>
      <Marked text={text} part={asked} />
    </span>
  )
}

/** The manufacturer, or that the MAC is one the device made up. */
export const MacNote = ({ row }: { row: Pick<Holder, 'manufacturer' | 'randomised'> }) =>
  row.randomised ? <Tag dashed>made-up MAC</Tag> : row.manufacturer === null ? null : <span className="truncate text-xs text-text-3">{row.manufacturer}</span>

export const LastSeen = ({ row }: { row: Holder }) =>
  row.gone ? (
    <span className="text-text-2">
      gone <Age at={row.lastSeenAt} />
    </span>
  ) : (
    <Age at={row.lastSeenAt} intervalSeconds={INTERVAL_SECONDS} />
  )

export const HOLDER_LOOK: GroupLook<Holder> = {
  group: 'holders',
  title: 'Who has it',
  listName: 'In the ARP list',
  pick: ({ holders }) => holders,
  keyOf: (row) => `${row.firewall.id} ${row.ip} ${row.mac ?? ''}`,
  columns: (asked) => [
    { id: 'ip', head: 'Address', width: '150px', cell: (row) => <Struck row={row} text={row.ip} asked={asked} /> },
    {
      id: 'mac',
      head: 'MAC',
      width: '260px',
      cell: (row) => (
        <span className="flex min-w-0 items-center gap-2">
          {row.mac === null ? <span className="text-text-3">not resolved</span> : <Struck row={row} text={row.mac} asked={asked} />}
          <MacNote row={row} />
        </span>
      ),
    },
    {
      id: 'hostname',
      head: 'Name',
      cell: (row) => (
        <span className="block truncate">
          {row.hostname === null ? <span className="text-text-3">none</span> : <Marked text={row.hostname} part={asked} />}
        </span>
      ),
    },
    { id: 'where', head: 'Firewall', cell: (row) => <FirewallCell firewall={row.firewall} href={href(row)} /> },
    { id: 'interface', head: 'Interface', width: '110px', cell: (row) => <span className="block truncate">{row.interface ?? 'not reported'}</span> },
    placeColumn(),
    {
      id: 'sources',
      head: 'Seen in',
      width: '100px',
      hideBelow: 'lg',
      cell: (row) => <span className="text-text-2">{row.sources.map((source) => SOURCE_WORDS[source]).join(', ')}</span>,
    },
    { id: 'first', head: 'First seen', width: '100px', hideBelow: 'lg', cell: (row) => <Age at={row.firstSeenAt} /> },
    { id: 'last', head: 'Last seen', width: '120px', cell: (row) => <LastSeen row={row} /> },
  ],
  card: (row, asked) => (
    <div className="flex min-w-0 flex-col gap-0.5">
      <div className="flex items-center justify-between gap-2">
        <span className="min-w-0 truncate">
          <Struck row={row} text={row.ip} asked={asked} /> <Struck row={row} text={row.mac ?? ''} asked={asked} />
        </span>
        <span className="shrink-0 text-xs">
          <LastSeen row={row} />
        </span>
      </div>
      <div className="flex min-w-0 items-center gap-1.5 text-xs text-text-2">
        <FirewallCell firewall={row.firewall} href={href(row)} />
        <span className="truncate">{[row.interface, row.hostname, placeText(row)].filter(Boolean).join(' · ')}</span>
      </div>
    </div>
  ),
}
