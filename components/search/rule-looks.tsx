'use client'
import { Tag } from '@/components/ui/badge'
import { plural } from '@/lib/format/numbers'
import type { AliasHit, RuleHit } from '@/lib/search/dto'
import type { GroupLook } from './found-section'
import { firewallHref } from './hrefs'
import { Marked } from './marked'
import { twoLines } from './two-lines'
import { FirewallCell, placeColumn, ScopedLink } from './where-cells'

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
