import type { Column } from '@/components/ui/virtual-table'
import type { NetworkInterface } from '@/lib/adapters/model'
import { formatBytes } from '@/lib/format/bytes'
import { Dash, DashOr, TextOr } from './figures'
import { INTERFACE_LOOKS, INTERFACE_OFF, lookRail, LookWord, type Look } from './looks'

/** Down is a fault only where the interface is switched on. */
export function interfaceLook({ enabled, state }: NetworkInterface): Look {
  if (enabled === false || (enabled === null && state === 'down')) return INTERFACE_OFF
  return INTERFACE_LOOKS[state]
}
export const interfaceKey = ({ id, device }: NetworkInterface): string => `${id} ${device}`
export const interfaceRail = (each: NetworkInterface) => lookRail(interfaceLook(each))

const RANK = { bad: 0, you: 0, warn: 1, good: 2, plain: 2, none: 3 } as const satisfies Record<Look['role'], number>
export const worstInterfacesFirst = (interfaces: readonly NetworkInterface[]): NetworkInterface[] =>
  interfaces.toSorted((a, b) => RANK[interfaceLook(a).role] - RANK[interfaceLook(b).role])

export function Addresses({ of: { ipv4, ipv6 } }: { of: NetworkInterface }) {
  const all = [...ipv4, ...ipv6]
  if (all.length === 0) return <span className="text-text-3">none</span>
  return (
    <span className="font-mono text-xs" title={all.join('\n')}>
      {all[0]}
      {all.length > 1 && <span className="font-sans text-text-3"> +{all.length - 1}</span>}
    </span>
  )
}

/** Errors of both directions: `0`, `1,204 in`, `3 in, 8 out`. */
export function ErrorCount({ of: { receiveErrors, sendErrors } }: { of: NetworkInterface }) {
  if (receiveErrors === null && sendErrors === null) return <Dash />
  if (!receiveErrors && !sendErrors) return <>0</>
  return <span className="text-warn">{[receiveErrors ? `${receiveErrors} in` : '', sendErrors ? `${sendErrors} out` : ''].filter(Boolean).join(', ')}</span>
}

export const INTERFACE_COLUMNS: readonly Column<NetworkInterface>[] = [
  {
    id: 'name',
    head: 'Interface',
    width: '20%',
    cell: ({ description, id, device }) => (
      <>
        <span className="font-medium">{description === '' ? id : description}</span> <span className="font-mono text-xs text-text-3">{device}</span>
      </>
    ),
  },
  { id: 'state', head: 'State', cell: (each) => <LookWord look={interfaceLook(each)} reason={each.media} /> },
  { id: 'address', head: 'Address', width: '17%', cell: (each) => <Addresses of={each} /> },
  { id: 'mac', head: 'MAC', width: '148px', hideBelow: 'lg', cell: ({ mac }) => <TextOr value={mac} mono /> },
  {
    id: 'mtu',
    head: 'MTU',
    align: 'right',
    width: '72px',
    hideBelow: 'lg',
    cell: ({ mtuBytes }) => <DashOr value={mtuBytes} format={(bytes) => `${bytes} B`} />,
  },
  { id: 'in', head: 'In since boot', align: 'right', width: '112px', cell: ({ receivedBytes }) => <DashOr value={receivedBytes} format={formatBytes} /> },
  { id: 'out', head: 'Out since boot', align: 'right', width: '116px', cell: ({ sentBytes }) => <DashOr value={sentBytes} format={formatBytes} /> },
  { id: 'errors', head: 'Errors since boot', align: 'right', width: '136px', hideBelow: 'lg', cell: (each) => <ErrorCount of={each} /> },
]

/** What the overview has room for. */
const SHORT = new Set(['name', 'address', 'state', 'in', 'out', 'errors'])
export const SHORT_INTERFACE_COLUMNS = INTERFACE_COLUMNS.filter(({ id }) => SHORT.has(id))

export function InterfaceCard({ each }: { each: NetworkInterface }) {
  return (
    <>
      <span className="flex justify-between gap-3">
        <span className="truncate font-medium">{each.description === '' ? each.id : each.description}</span>
        <LookWord look={interfaceLook(each)} reason={each.media} />
      </span>
      <span className="flex justify-between gap-3 text-xs text-text-2">
        <Addresses of={each} />
        <span>
          in <DashOr value={each.receivedBytes} format={formatBytes} /> · out <DashOr value={each.sentBytes} format={formatBytes} />
        </span>
      </span>
    </>
  )
}
