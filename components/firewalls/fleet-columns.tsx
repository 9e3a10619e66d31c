import type { ReactNode } from 'react'
import type { FirewallSummary } from '@/lib/firewalls/dto'
import type { FirewallSort } from '@/lib/firewalls/words'
import { formatDate, formatExactBoth } from '@/lib/format/dates'
import {
  AddressCell,
  CertificateCell,
  ClockCell,
  DISK_MAX,
  Figure,
  Milliseconds,
  Percent,
  RunsCell,
  Since,
  StateCell,
  TagsCell,
  UpOf,
  UptimeCell,
  Visited,
} from './fleet-cells'
import type { Fitting } from './fleet-fit'
import { FirmwareWord } from './state-word'

export type FleetColumn = Fitting & {
  head: string
  sort?: FirewallSort
  align?: 'right'
  mono?: true
  /** Always there. */
  fixed?: true
  /** There unless someone chose otherwise. */
  usual?: true
  cell: (row: FirewallSummary) => ReactNode
}

const column = (id: string, head: string, min: number, grow: number, priority: number, cell: FleetColumn['cell'], more: Partial<FleetColumn> = {}): FleetColumn => ({
  id,
  head,
  min,
  grow,
  priority,
  cell,
  ...more,
})
const figure = (id: FirewallSort, head: string, min: number, cell: FleetColumn['cell'], more: Partial<FleetColumn> = {}): FleetColumn =>
  column(id, head, min, 0.2, 40, cell, { sort: id, align: 'right', ...more })

/** Every column, in the order in which they stand; the name is made by the table. */
export const FLEET_COLUMNS: readonly FleetColumn[] = [
  column('name', 'Name', 132, 1.6, 100, (row) => row.name, { sort: 'name', fixed: true }),
  column('state', 'State, in words', 200, 5, 99, (row) => <StateCell row={row} />, { sort: 'state', fixed: true }),
  column('since', 'For', 72, 0, 45, (row) => <Since row={row} />, { align: 'right' }),
  column('address', 'Address', 116, 0.8, 50, (row) => <AddressCell row={row} />, { sort: 'address', mono: true, usual: true }),
  column(
    'customer',
    'Customer, site',
    150,
    1.2,
    80,
    (row) => (
      <span title={row.site ? `${row.customer.name}, ${row.site.name}` : row.customer.name}>
        {row.customer.name} <span className="text-text-3">{row.site?.name}</span>
      </span>
    ),
    { sort: 'customer', usual: true },
  ),
  column('tags', 'Tags', 110, 0.8, 44, (row) => <TagsCell row={row} />),
  column('family', 'Family', 110, 0.4, 42, (row) => row.familyLabel, { sort: 'family' }),
  column('runs', 'Runs', 128, 0.9, 70, (row) => <RunsCell row={row} />, { sort: 'version', usual: true }),
  column('firmware', 'Firmware', 140, 1.2, 85, (row) => <FirmwareWord firmware={row.firmware} />, { sort: 'firmware', usual: true }),
  figure('gateways', 'Gws up', 68, (row) => <UpOf up={row.gatewaysUp} total={row.gatewaysTotal} />, { priority: 60, usual: true }),
  figure('tunnels', 'Tunnels', 76, (row) => <UpOf up={row.tunnelsUp} total={row.tunnelsUp === null ? null : row.tunnelsUp + (row.tunnelsDown ?? 0)} />),
  figure('latency', 'Latency', 80, (row) => <Milliseconds value={row.latencyMs} />),
  figure('cpu', 'CPU', 64, (row) => <Percent value={row.cpuPercent} />),
  figure('memory', 'Memory', 78, (row) => <Percent value={row.memoryPercent} />),
  figure('disk', 'Disk', 64, (row) => <Percent value={row.diskPercent} max={DISK_MAX} />),
  figure('states', 'States', 70, (row) => <Percent value={row.statesPercent} />),
  figure('uptime', 'Uptime', 96, (row) => <UptimeCell row={row} />),
  figure('certificate', 'Certificate ends', 122, (row) => <CertificateCell row={row} />),
  figure('clock', 'Clock', 84, (row) => <ClockCell row={row} />),
  figure('enrolled', 'Enrolled', 100, (row) => <Figure value={formatDate(row.createdAt)} title={formatExactBoth(row.createdAt)} />),
  figure('visited', 'Visited', 88, (row) => <Visited row={row} />, { priority: 90, usual: true }),
]

export const CHOOSABLE_COLUMNS = FLEET_COLUMNS.filter(({ fixed }) => fixed !== true)
export const USUAL_COLUMNS: readonly string[] = CHOOSABLE_COLUMNS.filter(({ usual }) => usual === true).map(({ id }) => id)
/** Columns that someone chose, and those that are always there. */
export const chosenColumns = (chosen: readonly string[]): FleetColumn[] => FLEET_COLUMNS.filter(({ id, fixed }) => fixed === true || chosen.includes(id))
