import type { Column } from '@/components/ui/virtual-table'
import type { Gateway } from '@/lib/adapters/model'
import { cn } from '@/lib/core/cn'
import { formatMs, formatPercent } from '@/lib/format/numbers'
import { DashOr, TextOr } from './figures'
import { GATEWAY_LOOKS, lookRail, LookWord } from './looks'

/** Worst first; within a state as the firewall lists them. */
const RANK = { offline: 0, degraded: 1, unknown: 2, pending: 3, online: 4, 'not-monitored': 5 } as const satisfies Record<Gateway['state'], number>
export const worstGatewaysFirst = (gateways: readonly Gateway[]): Gateway[] => gateways.toSorted((a, b) => RANK[a.state] - RANK[b.state])

export const gatewayKey = ({ name, interface: at }: Gateway): string => `${name} ${at ?? ''}`
export const gatewayRail = ({ state }: Gateway) => lookRail(GATEWAY_LOOKS[state])
const troubled = ({ state }: Gateway): string => cn(state === 'degraded' && 'font-semibold text-warn', state === 'offline' && 'font-semibold text-bad')

export const GATEWAY_COLUMNS: readonly Column<Gateway>[] = [
  { id: 'name', head: 'Gateway', width: '18%', cell: ({ name }) => <span className="font-medium">{name}</span> },
  { id: 'state', head: 'State', cell: ({ state, reason }) => <LookWord look={GATEWAY_LOOKS[state]} reason={reason} /> },
  { id: 'interface', head: 'Interface', hideBelow: 'lg', width: '9%', cell: (gateway) => <TextOr value={gateway.interface} /> },
  { id: 'address', head: 'Address', width: '14%', cell: ({ address }) => <TextOr value={address} mono /> },
  { id: 'monitor', head: 'Watched address', hideBelow: 'lg', width: '14%', cell: ({ monitorAddress }) => <TextOr value={monitorAddress} mono /> },
  {
    id: 'latency',
    head: 'Latency',
    align: 'right',
    width: '84px',
    cell: (gateway) => (
      <span className={troubled(gateway)}>
        <DashOr value={gateway.latencyMs} format={formatMs} />
      </span>
    ),
  },
  { id: 'jitter', head: 'Jitter', align: 'right', width: '76px', hideBelow: 'lg', cell: ({ jitterMs }) => <DashOr value={jitterMs} format={formatMs} /> },
  {
    id: 'loss',
    head: 'Loss',
    align: 'right',
    width: '68px',
    cell: (gateway) => (
      <span className={troubled(gateway)}>
        <DashOr value={gateway.lossPercent} format={formatPercent} />
      </span>
    ),
  },
  {
    id: 'default',
    head: 'Role',
    width: '80px',
    hideBelow: 'lg',
    cell: ({ isDefault }) => (isDefault === true ? 'default' : isDefault === false ? '' : <TextOr value={null} />),
  },
]

/** What the overview has room for. */
const SHORT = new Set(['name', 'monitor', 'state', 'latency', 'loss', 'default'])
export const SHORT_GATEWAY_COLUMNS = GATEWAY_COLUMNS.filter(({ id }) => SHORT.has(id))

export function GatewayCard({ gateway }: { gateway: Gateway }) {
  const { name, state, reason, latencyMs, lossPercent, address } = gateway
  return (
    <>
      <span className="flex justify-between gap-3">
        <span className="truncate font-medium">{name}</span>
        <LookWord look={GATEWAY_LOOKS[state]} reason={reason} />
      </span>
      <span className="flex justify-between gap-3 text-xs text-text-2">
        <TextOr value={address} mono />
        <span>
          <DashOr value={latencyMs} format={formatMs} /> · loss <DashOr value={lossPercent} format={formatPercent} />
        </span>
      </span>
    </>
  )
}
