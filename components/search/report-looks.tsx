'use client'
import { Age } from '@/components/ui/age'
import type { Column } from '@/components/ui/virtual-table'
import { plural } from '@/lib/format/numbers'
import type { DuplicateAddress, MovedDevice, NewDevice } from '@/lib/search/dto'
import { MacNote } from './holder-look'
import { firewallHref, searchHref } from './hrefs'
import { FirewallCell, placeColumn, placeText, ScopedLink } from './where-cells'

const neighbours = (row: { firewall: { id: string } }, ip: string) => firewallHref(row.firewall.id, 'neighbours', ip)

const Mac = ({ mac }: { mac: string }) => (
  <ScopedLink href={searchHref(mac)} className="font-mono text-xs text-act hover:underline">
    {mac}
  </ScopedLink>
)
const Ip = ({ ip }: { ip: string }) => <span className="font-mono text-xs">{ip}</span>

const why = ({ takeovers, devices }: DuplicateAddress): string =>
  takeovers === 0 ? `seen as ${plural(devices.length, 'device')} at once` : `taken over ${plural(takeovers, 'time')} within a day`
/** Each MAC once, with the firewalls that see it. */
const devicesOf = ({ devices }: DuplicateAddress) => [...new Map(devices.map((device) => [`${device.mac} ${device.firewall.id}`, device])).values()]

const Devices = ({ row }: { row: DuplicateAddress }) => (
  <ul className="flex flex-col gap-0.5">
    {devicesOf(row).map((device) => (
      <li key={`${device.mac} ${device.firewall.id}`} className="flex min-w-0 items-center gap-2">
        <Mac mac={device.mac} />
        <MacNote row={device} />
        <span className="truncate text-text-2">{device.hostname}</span>
        <span className="ml-auto min-w-0 shrink-0">
          <FirewallCell firewall={device.firewall} href={neighbours(device, row.ip)} />
        </span>
      </li>
    ))}
  </ul>
)

export const DUPLICATE_COLUMNS: readonly Column<DuplicateAddress>[] = [
  { id: 'ip', head: 'Address', width: '150px', cell: (row) => <Ip ip={row.ip} /> },
  { id: 'interface', head: 'Interface', width: '110px', cell: (row) => <span className="block truncate">{row.interface ?? 'not reported'}</span> },
  placeColumn(),
  { id: 'why', head: 'Why', width: '200px', cell: why },
  { id: 'devices', head: 'Devices, and who sees them', width: '40%', cell: (row) => <Devices row={row} /> },
]
export const DuplicateCard = ({ row }: { row: DuplicateAddress }) => (
  <div className="flex min-w-0 flex-col gap-1">
    <div className="flex items-center justify-between gap-2">
      <Ip ip={row.ip} />
      <span className="text-xs text-text-2">{why(row)}</span>
    </div>
    <span className="truncate text-xs text-text-2">{[row.interface, placeText(row)].filter(Boolean).join(' · ')}</span>
    <Devices row={row} />
  </div>
)

const Stay = ({ stay }: { stay: MovedDevice['from'] | MovedDevice['to'] }) => (
  <span className="flex min-w-0 items-center gap-1.5">
    <FirewallCell firewall={stay.firewall} href={neighbours(stay, stay.ip)} />
    <span className="min-w-0 truncate text-text-2" title={placeText(stay)}>
      {[stay.interface, stay.ip].filter(Boolean).join(', ')}
    </span>
  </span>
)
const device = <T extends Pick<NewDevice, 'mac' | 'manufacturer' | 'randomised'>>(): Column<T> => ({
  id: 'mac',
  head: 'MAC',
  width: '270px',
  cell: (row) => (
    <span className="flex min-w-0 items-center gap-2">
      <Mac mac={row.mac} />
      <MacNote row={row} />
    </span>
  ),
})
const hostname = <T extends Pick<NewDevice, 'hostname'>>(): Column<T> => ({
  id: 'hostname',
  head: 'Name',
  hideBelow: 'lg',
  cell: (row) => <span className="block truncate">{row.hostname ?? <span className="text-text-3">none</span>}</span>,
})

export const MOVED_COLUMNS: readonly Column<MovedDevice>[] = [
  device(),
  hostname(),
  { id: 'from', head: 'Was at', cell: ({ from }) => <Stay stay={from} /> },
  { id: 'left', head: 'Until', width: '100px', hideBelow: 'lg', cell: ({ from }) => <Age at={from.lastSeenAt} /> },
  { id: 'to', head: 'Is at', cell: ({ to }) => <Stay stay={to} /> },
  { id: 'since', head: 'Since', width: '100px', cell: ({ to }) => <Age at={to.firstSeenAt} /> },
]
export const MovedCard = ({ row }: { row: MovedDevice }) => (
  <div className="flex min-w-0 flex-col gap-0.5">
    <div className="flex items-center justify-between gap-2">
      <Mac mac={row.mac} />
      <Age at={row.to.firstSeenAt} className="text-xs" />
    </div>
    <Stay stay={row.from} />
    <Stay stay={row.to} />
  </div>
)

export const NEW_COLUMNS: readonly Column<NewDevice>[] = [
  device(),
  { id: 'ip', head: 'Address', width: '150px', cell: (row) => <Ip ip={row.ip} /> },
  hostname(),
  { id: 'where', head: 'Firewall', cell: (row) => <FirewallCell firewall={row.firewall} href={neighbours(row, row.ip)} /> },
  { id: 'interface', head: 'Interface', width: '110px', cell: (row) => <span className="block truncate">{row.interface ?? 'not reported'}</span> },
  placeColumn(),
  { id: 'first', head: 'First seen', width: '110px', cell: (row) => <Age at={row.firstSeenAt} /> },
  { id: 'now', head: 'Now', width: '90px', hideBelow: 'lg', cell: (row) => (row.gone ? <span className="text-text-3">gone</span> : 'there') },
]
export const NewCard = ({ row }: { row: NewDevice }) => (
  <div className="flex min-w-0 flex-col gap-0.5">
    <div className="flex items-center justify-between gap-2">
      <Mac mac={row.mac} />
      <Age at={row.firstSeenAt} className="text-xs" />
    </div>
    <div className="flex min-w-0 items-center gap-1.5 text-xs text-text-2">
      <FirewallCell firewall={row.firewall} href={neighbours(row, row.ip)} />
      <span className="truncate">{[row.ip, row.interface, placeText(row)].filter(Boolean).join(' · ')}</span>
    </div>
  </div>
)
