'use client'
import { FIREWALL_LOOKS, StateMark } from '@/components/firewalls/state-word'
import { Age } from '@/components/ui/age'
import { Tag } from '@/components/ui/badge'
import { plural } from '@/lib/format/numbers'
import type { AliasHit, Equipment, FirewallHit, PlaceHit, RuleHit } from '@/lib/search/dto'
import type { GroupLook } from './found-section'
import { firewallHref } from './hrefs'
import { Marked } from './marked'
import { FirewallCell, placeColumn, placeText, ScopedLink } from './where-cells'

const twoLines = (first: React.ReactNode, second: React.ReactNode) => (
  <div className="flex min-w-0 flex-col gap-0.5">
    <div className="flex min-w-0 items-center justify-between gap-2">{first}</div>
    <div className="flex min-w-0 items-center gap-1.5 text-xs text-text-2">{second}</div>
  </div>
)

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

const ruleHref = (row: RuleHit) => `${firewallHref(row.firewall.id, 'rules')}?${new URLSearchParams({ rule: row.id ?? '' })}`
const ruleText = (row: RuleHit) => (row.description === undefined || row.description === '' ? 'No description' : row.description)
const rulePlace = (row: RuleHit) =>
  [row.layerName === '' ? row.layer : row.layerName, row.position === undefined ? '' : `rule ${row.position}`].filter(Boolean).join(', ')
export const RULE_LOOK: GroupLook<RuleHit> = {
  group: 'rules',
  title: 'In rules',
  listName: 'In the list of rules',
  pick: ({ rules }) => rules,
  keyOf: (row) => `${row.firewall.id} ${row.id ?? ''}`,
  columns: (asked) => [
    {
      id: 'rule',
      head: 'Rule',
      cell: (row) => (
        <span className="flex min-w-0 items-center gap-2">
          <ScopedLink href={ruleHref(row)}>
            <Marked text={ruleText(row)} part={asked} />
          </ScopedLink>
          {row.enabled === false && <Tag>off</Tag>}
        </span>
      ),
    },
    { id: 'action', head: 'Does', width: '90px', cell: (row) => row.action },
    {
      id: 'matched',
      head: 'Because of',
      width: '24%',
      cell: (row) =>
        row.matched.field === 'source' || row.matched.field === 'destination' ? (
          <span className="block truncate">
            {row.matched.field}{' '}
            <span className="font-mono text-xs">
              <Marked text={row.matched.value} part={asked} />
            </span>
          </span>
        ) : (
          <span className="text-text-2">its description</span>
        ),
    },
    { id: 'where', head: 'Firewall', cell: (row) => <FirewallCell firewall={row.firewall} href={ruleHref(row)} /> },
    { id: 'layer', head: 'Place', width: '130px', hideBelow: 'lg', cell: (row) => <span className="block truncate text-text-2">{rulePlace(row)}</span> },
    placeColumn(),
  ],
  card: (row, asked) =>
    twoLines(
      <ScopedLink href={ruleHref(row)}>
        <Marked text={ruleText(row)} part={asked} />
      </ScopedLink>,
      <>
        <FirewallCell firewall={row.firewall} href={ruleHref(row)} />
        <span className="truncate">{`${row.action ?? ''} · ${row.matched.field} ${row.matched.value}`}</span>
      </>,
    ),
}

const aliasHref = (row: AliasHit) => firewallHref(row.firewall.id, 'aliases', row.name)
const used = (row: AliasHit) => (row.usedByRules === 0 ? 'no rule' : plural(row.usedByRules, 'rule'))
export const ALIAS_LOOK: GroupLook<AliasHit> = {
  group: 'aliases',
  title: 'In aliases',
  listName: 'In the list of aliases',
  pick: ({ aliases }) => aliases,
  keyOf: (row) => `${row.firewall.id} ${row.name}`,
  columns: (asked) => [
    {
      id: 'name',
      head: 'Alias',
      cell: (row) => (
        <ScopedLink href={aliasHref(row)}>
          <Marked text={row.name} part={asked} />
        </ScopedLink>
      ),
    },
    {
      id: 'matched',
      head: 'Because of',
      width: '24%',
      cell: (row) =>
        row.matched.field === 'content' ? (
          <span className="block truncate font-mono text-xs">
            <Marked text={row.matched.value} part={asked} />
          </span>
        ) : (
          <span className="text-text-2">{`its ${row.matched.field}`}</span>
        ),
    },
    { id: 'entries', head: 'Entries', width: '80px', align: 'right', cell: (row) => row.entryCount },
    { id: 'used', head: 'Used by', width: '100px', cell: used },
    { id: 'where', head: 'Firewall', cell: (row) => <FirewallCell firewall={row.firewall} href={aliasHref(row)} /> },
    placeColumn(),
  ],
  card: (row, asked) =>
    twoLines(
      <>
        <ScopedLink href={aliasHref(row)}>
          <Marked text={row.name} part={asked} />
        </ScopedLink>
        <span className="shrink-0 text-xs text-text-3">{used(row)}</span>
      </>,
      <>
        <FirewallCell firewall={row.firewall} href={aliasHref(row)} />
        <span className="truncate font-mono">{row.matched.value}</span>
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
