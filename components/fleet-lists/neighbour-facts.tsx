import { TextOr } from '@/components/firewalls/detail/figures'
import { LEASE_LOOKS, LookWord } from '@/components/firewalls/detail/looks'
import type { Column } from '@/components/ui/columns'
import { words, type FactLook } from './fact-look'

type Neighbour = { ip?: string | undefined; mac?: string | null | undefined; hostname?: string | null | undefined; interface?: string | null | undefined }
const address = <T extends Neighbour>(): Column<T> => ({
  id: 'ip',
  head: 'Address',
  width: '15%',
  mono: true,
  cell: ({ ip }) => (
    <span title={ip} className="font-medium">
      {ip}
    </span>
  ),
})
const mac = <T extends Neighbour>(): Column<T> => ({
  id: 'mac',
  head: 'MAC',
  width: '148px',
  cell: (row) => (row.mac ? <span className="font-mono text-xs">{row.mac}</span> : <span className="text-text-3">unresolved</span>),
})
const onInterface = <T extends Neighbour>(): Column<T> => ({
  id: 'interface',
  head: 'Interface',
  width: '10%',
  cell: (row) => <TextOr value={row.interface ?? null} />,
})

function Name({ hostname, note }: { hostname: string | null | undefined; note: string | null | undefined }) {
  return hostname || note ? (
    <span title={words(hostname, note)}>
      {hostname} {note && <span className="text-text-3">{note}</span>}
    </span>
  ) : (
    <TextOr value={null} />
  )
}

const pageOf = ({ ip }: Neighbour): string => `neighbours?filter=${encodeURIComponent(ip ?? '')}`
const first = ({ ip, hostname }: Neighbour) => (
  <>
    <span className="font-mono text-xs font-medium">{ip}</span> {hostname}
  </>
)

export const NEIGHBOUR_FACTS: FactLook<'arp'> = {
  list: 'arp',
  one: 'neighbour',
  many: 'neighbours',
  caption: 'ARP and NDP tables of all firewalls',
  keyOf: (row) => words(row.protocol, row.ip, row.device ?? row.interface),
  columns: [
    address(),
    mac(),
    { id: 'name', head: 'Name', cell: ({ hostname, manufacturer }) => <Name hostname={hostname} note={manufacturer} /> },
    onInterface(),
    { id: 'protocol', head: 'By', width: '52px', hideBelow: 'lg', cell: ({ protocol }) => protocol?.toUpperCase() },
  ],
  card: (row) => ({ first: first(row), second: <span className="font-mono">{row.mac ?? 'unresolved'}</span> }),
  line: ({ ip, mac: hardware, hostname, manufacturer, ...row }) => words(ip, hardware, hostname, row.interface, manufacturer ? ` # ${manufacturer}` : ''),
  pageOf,
}

export const LEASE_FACTS: FactLook<'leases'> = {
  list: 'leases',
  one: 'lease',
  many: 'leases',
  caption: 'DHCP leases of all firewalls',
  keyOf: (row) => words(row.ip, row.mac ?? row.hostname),
  columns: [
    address(),
    mac(),
    { id: 'name', head: 'Name', cell: ({ hostname, description }) => <Name hostname={hostname} note={description} /> },
    { id: 'state', head: 'State', width: '110px', cell: ({ state }) => (state ? <LookWord look={LEASE_LOOKS[state]} /> : <TextOr value={null} />) },
    onInterface(),
    { id: 'server', head: 'Server', width: '80px', hideBelow: 'lg', cell: ({ server }) => <TextOr value={server ?? null} /> },
  ],
  card: (row) => ({ first: first(row), second: `${row.mac ?? 'no MAC'} · ${row.state ? LEASE_LOOKS[row.state].word : 'not reported'}` }),
  line: ({ ip, mac: hardware, hostname, state, description }) => words(ip, hardware, hostname, state, description ? ` # ${description}` : ''),
  pageOf,
}
