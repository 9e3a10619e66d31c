import { LockOpen } from 'lucide-react'
import Link from 'next/link'
import { Age } from '@/components/ui/age'
import { Tag } from '@/components/ui/badge'
import type { Column } from '@/components/ui/columns'
import { cn } from '@/lib/core/cn'
import type { FirewallSummary } from '@/lib/firewalls/dto'
import { shortVersion, splitFamilyLabel } from '@/lib/format/versions'
import { FirewallStateWord, FirmwareWord } from './state-word'

const TAGS_SHOWN = 1
/** The scheme goes without saying when it is https. */
const address = (baseUrl: string): string => baseUrl.replace(/^https:\/\//, '').replace(/\/$/, '')

function Name({ row }: { row: FirewallSummary }) {
  return (
    <span className="flex min-w-0 items-center gap-2">
      <Link href={`/firewalls/${row.id}`} prefetch={false} className="max-w-full shrink-0 truncate font-medium hover:underline">
        {row.name}
      </Link>
      {row.tags.slice(0, TAGS_SHOWN).map((tag) => (
        <Tag key={tag} className="min-w-0 shrink max-xl:hidden">
          {tag}
        </Tag>
      ))}
      {row.tags.length > TAGS_SHOWN && <span className="text-xs text-text-3 max-xl:hidden">+{row.tags.length - TAGS_SHOWN}</span>}
    </span>
  )
}

function Address({ row }: { row: FirewallSummary }) {
  return (
    <span className="inline-flex max-w-full items-center gap-1.5 align-middle" title={row.plainHttp ? 'The credential travels in clear' : undefined}>
      {row.plainHttp && <LockOpen aria-label="Not encrypted" size={14} className="shrink-0 text-warn-mark" />}
      <span className={cn('truncate', row.plainHttp ? 'text-warn' : 'text-text-2')}>{address(row.baseUrl)}</span>
    </span>
  )
}

function Runs({ row }: { row: FirewallSummary }) {
  const { product, api } = splitFamilyLabel(row.familyLabel)
  return (
    <>
      {product} <span className="text-text-2">{row.version === null ? 'version not reported' : shortVersion(row.version)}</span>
      {api !== null && <span className="text-xs text-text-3"> {api}</span>}
    </>
  )
}

function GatewaysUp({ row: { gatewaysUp, gatewaysTotal } }: { row: FirewallSummary }) {
  if (gatewaysUp === null || gatewaysTotal === null) {
    return (
      <span className="text-text-3" title="Not reported">
        <span aria-hidden>–</span>
        <span className="sr-only">not reported</span>
      </span>
    )
  }
  return <span className={cn(gatewaysUp < gatewaysTotal && 'font-semibold text-warn')}>{`${gatewaysUp}/${gatewaysTotal}`}</span>
}

/** The reason of the state; where it has none, the last thing that went wrong. */
const reasonOf = (row: FirewallSummary): string | null => row.stateReason ?? row.lastError?.message ?? null

const Visited = ({ row }: { row: FirewallSummary }) => <Age at={row.visitedAt} intervalSeconds={row.visitIntervalSeconds} zone={row.timeZone} />

export const FLEET_COLUMNS: readonly Column<FirewallSummary>[] = [
  { id: 'name', head: 'Name', sort: 'name', width: '15%', cell: (row) => <Name row={row} /> },
  { id: 'state', head: 'State, in words', sort: 'state', width: '24%', cell: (row) => <FirewallStateWord state={row.state} reason={reasonOf(row)} /> },
  { id: 'address', head: 'Address', width: '10%', mono: true, hideBelow: 'lg', cell: (row) => <Address row={row} /> },
  {
    id: 'customer',
    head: 'Customer, site',
    sort: 'customer',
    width: '14%',
    cell: (row) => (
      <>
        {row.customer.name} <span className="text-text-3">{row.site?.name}</span>
      </>
    ),
  },
  { id: 'runs', head: 'Runs', sort: 'version', width: '12%', cell: (row) => <Runs row={row} /> },
  { id: 'firmware', head: 'Firmware', sort: 'firmware', width: '17%', cell: (row) => <FirmwareWord firmware={row.firmware} /> },
  { id: 'gateways', head: 'Gws up', align: 'right', width: '64px', hideBelow: 'lg', cell: (row) => <GatewaysUp row={row} /> },
  { id: 'visited', head: 'Visited', sort: 'visited', align: 'right', width: '92px', cell: (row) => <Visited row={row} /> },
]

/** Two lines for 390 px. */
export function FleetCard({ row }: { row: FirewallSummary }) {
  return (
    <>
      <div className="flex items-center justify-between gap-3">
        <Link href={`/firewalls/${row.id}`} prefetch={false} className="-my-2 truncate py-2 text-base font-medium">
          {row.name}
        </Link>
        <span className="shrink-0 text-xs">
          <Visited row={row} />
        </span>
      </div>
      <div className="flex items-center justify-between gap-3 text-xs">
        <FirewallStateWord state={row.state} reason={reasonOf(row)} className="min-w-0 flex-1" />
        <FirmwareWord firmware={row.firmware} className="max-w-[45%]" />
      </div>
    </>
  )
}
