'use client'
import { FIREWALL_LOOKS, StateMark } from '@/components/firewalls/state-word'
import { Age } from '@/components/ui/age'
import { Tag } from '@/components/ui/badge'
import type { Equipment, FirewallHit, PlaceHit } from '@/lib/search/dto'
import type { GroupLook } from './found-section'
import { firewallHref } from './hrefs'
import { Marked } from './marked'
import { twoLines } from './two-lines'
import { FirewallCell, placeColumn, placeText, ScopedLink } from './where-cells'

const EQUIPMENT_TABS = { interface: 'interfaces', gateway: 'gateways', tunnel: 'vpn' } as const
const equipmentHref = (row: Equipment) => firewallHref(row.firewall.id, EQUIPMENT_TABS[row.kind])
const relation = ({ kind, match }: Equipment): string => (match === 'is' ? 'is it' : kind === 'interface' ? 'has its network' : 'leads to its network')
export const EQUIPMENT_LOOK: GroupLook<Equipment> = {
  group: 'equipment',
  title: 'On firewalls themselves',
  listName: '',
  pick: ({ equipment }) => equipment,
  keyOf: (row) => `${row.kind} ${row.firewall.id} ${row.name} ${row.address ?? ''}`,
  columns: (asked) => [
    { id: 'address', head: 'Address', width: '190px', mono: true, cell: (row) => (row.address === null ? '' : <Marked text={row.address} part={asked} />) },
    { id: 'what', head: 'What', cell: (row) => <span className="block truncate">{`${row.kind} ${row.name} ${relation(row)}`}</span> },
    { id: 'where', head: 'Firewall', cell: (row) => <FirewallCell firewall={row.firewall} href={equipmentHref(row)} /> },
    placeColumn(),
    { id: 'first', head: 'First seen', width: '120px', hideBelow: 'lg', cell: (row) => <Age at={row.firstSeenAt} /> },
  ],
  card: (row) =>
    twoLines(
      <span className="truncate">{`${row.kind} ${row.name} ${relation(row)}`}</span>,
      <>
        <FirewallCell firewall={row.firewall} href={equipmentHref(row)} />
        <span className="truncate font-mono">{row.address}</span>
      </>,
    ),
}

export const FIREWALL_LOOK: GroupLook<FirewallHit> = {
  group: 'firewalls',
  title: 'Firewalls',
  listName: '',
  pick: ({ firewalls }) => firewalls,
  keyOf: ({ id }) => id,
  columns: (asked) => [
    {
      id: 'name',
      head: 'Name',
      cell: (row) => (
        <ScopedLink href={firewallHref(row.id)}>
          <Marked text={row.name} part={asked} />
        </ScopedLink>
      ),
    },
    {
      id: 'state',
      head: 'State',
      width: '190px',
      cell: (row) => (
        <span className="flex items-center gap-1.5">
          <StateMark look={FIREWALL_LOOKS[row.state]} />
          {FIREWALL_LOOKS[row.state].word}
        </span>
      ),
    },
    { id: 'hostname', head: 'Host name', cell: (row) => <span className="block truncate">{row.hostname ?? 'not reported'}</span> },
    {
      id: 'tags',
      head: 'Tags',
      hideBelow: 'lg',
      cell: (row) => (
        <span className="flex gap-1">
          {row.tags.map((tag) => (
            <Tag key={tag}>{tag}</Tag>
          ))}
        </span>
      ),
    },
    placeColumn(),
  ],
  card: (row, asked) =>
    twoLines(
      <ScopedLink href={firewallHref(row.id)}>
        <Marked text={row.name} part={asked} />
      </ScopedLink>,
      <>
        <StateMark look={FIREWALL_LOOKS[row.state]} />
        <span className="truncate">{`${FIREWALL_LOOKS[row.state].word} · ${placeText(row)}`}</span>
      </>,
    ),
}

const placeHref = (row: PlaceHit) => (row.kind === 'customer' ? `/firewalls?customer=${row.id}` : `/firewalls?site__id=${row.id}`)
export const PLACE_LOOK: GroupLook<PlaceHit> = {
  group: 'places',
  title: 'Customers and sites',
  listName: '',
  pick: ({ places }) => places,
  keyOf: ({ id }) => id,
  columns: (asked) => [
    {
      id: 'name',
      head: 'Name',
      cell: (row) => (
        <ScopedLink href={placeHref(row)}>
          <Marked text={row.name} part={asked} />
        </ScopedLink>
      ),
    },
    { id: 'kind', head: 'What', cell: (row) => (row.kind === 'customer' ? 'customer' : `site of ${row.customer.name}`) },
  ],
  card: (row, asked) =>
    twoLines(
      <ScopedLink href={placeHref(row)}>
        <Marked text={row.name} part={asked} />
      </ScopedLink>,
      <span>{row.kind === 'customer' ? 'customer' : `site of ${row.customer.name}`}</span>,
    ),
}
