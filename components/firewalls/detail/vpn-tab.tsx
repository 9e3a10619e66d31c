'use client'
import { useQuery } from '@tanstack/react-query'
import { Age } from '@/components/ui/age'
import { VirtualTable, type Column } from '@/components/ui/virtual-table'
import type { VpnTunnel } from '@/lib/adapters/model'
import { VPN_KINDS } from '@/lib/adapters/words'
import { formatBytes } from '@/lib/format/bytes'
import { plural } from '@/lib/format/numbers'
import { firewallQueries } from '@/lib/queries/firewalls'
import { EmptyList } from './empty-list'
import { Dash, DashOr, TextOr } from './figures'
import { useFirewall } from './firewall-context'
import { lookRail, LookWord, VPN_IDLE, VPN_LOOKS, type Look } from './looks'
import { ReadingFrame } from './reading-frame'
import { useRefresh } from './use-refresh'

const KIND_WORDS = { ipsec: 'IPsec', openvpn: 'OpenVPN', wireguard: 'WireGuard' } as const satisfies Record<VpnTunnel['kind'], string>
const ROLE_WORDS = { 'site-to-site': 'site to site', server: 'server', client: 'client', peer: 'peer', interface: 'interface' } as const satisfies Record<
  VpnTunnel['role'],
  string
>
const RANK = { down: 0, stale: 1, unknown: 2, up: 3 } as const satisfies Record<VpnTunnel['state'], number>

/** A person who is not connected is no fault; a tunnel between sites that is down is one. */
const lookOf = ({ state, role }: VpnTunnel): Look => (role === 'peer' && state !== 'up' && state !== 'unknown' ? VPN_IDLE : VPN_LOOKS[state])

type VpnLine = { key: string; heading: { kind: VpnTunnel['kind']; up: number; count: number } | null; tunnel: VpnTunnel | null }

function toLines(tunnels: readonly VpnTunnel[]): VpnLine[] {
  return VPN_KINDS.flatMap((kind): VpnLine[] => {
    const own = tunnels.filter((tunnel) => tunnel.kind === kind).sort((a, b) => RANK[a.state] - RANK[b.state])
    if (own.length === 0) return []
    return [
      { key: kind, heading: { kind, up: own.filter(({ state }) => state === 'up').length, count: own.length }, tunnel: null },
      ...own.map((tunnel, index): VpnLine => ({ key: `${kind} ${tunnel.id} ${index}`, heading: null, tunnel })),
    ]
  })
}

const ofTunnel =
  (cell: (tunnel: VpnTunnel) => React.ReactNode) =>
  ({ tunnel }: VpnLine) =>
    tunnel && cell(tunnel)

const COLUMNS: readonly Column<VpnLine>[] = [
  {
    id: 'name',
    head: 'Tunnel',
    cell: ofTunnel(({ name, user }) => (
      <span title={name}>
        <span className="font-medium">{name}</span>
        {user !== null && user !== name && <span className="text-text-2"> {user}</span>}
      </span>
    )),
  },
  { id: 'role', head: 'Role', width: '96px', hideBelow: 'lg', cell: ofTunnel(({ role }) => ROLE_WORDS[role]) },
  { id: 'state', head: 'State', width: '15%', cell: ofTunnel((tunnel) => <LookWord look={lookOf(tunnel)} />) },
  { id: 'remote', head: 'Far end', width: '15%', cell: ofTunnel(({ remoteAddress }) => <TextOr value={remoteAddress} mono />) },
  { id: 'networks', head: 'Networks', width: '16%', hideBelow: 'lg', cell: ofTunnel(({ networks }) => <TextOr value={networks.join(', ')} mono />) },
  { id: 'in', head: 'In', align: 'right', width: '76px', cell: ofTunnel(({ receivedBytes }) => <DashOr value={receivedBytes} format={formatBytes} />) },
  { id: 'out', head: 'Out', align: 'right', width: '76px', cell: ofTunnel(({ sentBytes }) => <DashOr value={sentBytes} format={formatBytes} />) },
  {
    id: 'since',
    head: 'Since, or handshake',
    width: '164px',
    cell: ofTunnel(({ lastHandshakeAt, connectedAt }) => <Since at={lastHandshakeAt ?? connectedAt} />),
  },
]

function Since({ at }: { at: string | null }) {
  const { firewall } = useFirewall()
  return at === null ? <Dash /> : <Age at={at} zone={firewall.timeZone} className="text-text" />
}

export function VpnTab() {
  const { firewall } = useFirewall()
  const query = useQuery(firewallQueries.reading('vpn', firewall.id))
  return (
    <ReadingFrame title="VPN" query={query} refresh={useRefresh('vpn', firewall.id)} columns={7}>
      {({ items }) =>
        items.length === 0 ? (
          <EmptyList none="No tunnels." why="No IPsec, OpenVPN or WireGuard tunnel is set up, apart from what is not reported." />
        ) : (
          <VirtualTable
            caption="Tunnels by kind, worst first"
            rows={toLines(items)}
            columns={COLUMNS}
            rowKey={({ key }) => key}
            rail={({ tunnel }) => tunnel && lookRail(lookOf(tunnel))}
            heading={({ heading }) =>
              heading && (
                <>
                  <span className="text-sm font-semibold text-text">{KIND_WORDS[heading.kind]}</span> {plural(heading.count, 'tunnel')}, {heading.up} up
                </>
              )
            }
            card={({ tunnel }) => tunnel && <TunnelCard tunnel={tunnel} />}
          />
        )
      }
    </ReadingFrame>
  )
}

function TunnelCard({ tunnel }: { tunnel: VpnTunnel }) {
  return (
    <>
      <span className="flex justify-between gap-3">
        <span className="truncate font-medium">{tunnel.name}</span>
        <LookWord look={lookOf(tunnel)} />
      </span>
      <span className="flex justify-between gap-3 text-xs text-text-2">
        <TextOr value={tunnel.remoteAddress} mono />
        <Since at={tunnel.lastHandshakeAt ?? tunnel.connectedAt} />
      </span>
    </>
  )
}
