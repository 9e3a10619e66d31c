import { ArrowRight, ChevronDown, ChevronRight, FileText, TriangleAlert } from 'lucide-react'
import type { Column } from '@/components/ui/virtual-table'
import type { Alias, Rule } from '@/lib/adapters/model'
import { cn } from '@/lib/core/cn'
import { plural } from '@/lib/format/numbers'
import { DashOr } from '../figures'
import { ACTION_ICONS } from '../looks'
import { formatShort } from '@/lib/format/numbers'
import { Endpoint, Port } from './endpoint'
import { groupTitle, LAYER_WORDS, type RuleGroup } from './rule-groups'

/** A line of the rules table: the head of a group, or a rule in it. */
export type RuleLine = { key: string; group: RuleGroup; rule: null } | { key: string; group: null; rule: Rule }
export type AliasesByName = ReadonlyMap<string, Alias>

/** The lines that are there to see: rules of a closed group are not. */
export function toLines(groups: readonly RuleGroup[], closed: ReadonlySet<string>): RuleLine[] {
  return groups.flatMap((group): RuleLine[] => {
    const head: RuleLine = { key: `group ${group.key}`, group, rule: null }
    return closed.has(group.key)
      ? [head]
      : [head, ...group.rules.map((rule): RuleLine => ({ key: `${group.key} ${rule.id} ${rule.position}`, group: null, rule }))]
  })
}

export const entriesOf = (alias: Alias | undefined): number | undefined => alias && (alias.liveEntryCount ?? alias.content.length)

export function GroupHead({ group, closed, onToggle }: { group: RuleGroup; closed: boolean; onToggle: () => void }) {
  const Icon = closed ? ChevronRight : ChevronDown
  return (
    <button
      type="button"
      aria-expanded={!closed}
      onClick={onToggle}
      className="-mx-2 inline-flex min-h-7 max-w-full items-center gap-2 rounded-sm px-2 text-text-2 hover:text-text max-md:min-h-11"
    >
      <Icon aria-hidden size={14} className="shrink-0" />
      <span className="truncate text-sm font-semibold text-text">{groupTitle(group)}</span>
      <span className="shrink-0">{group.rules.length === group.total ? plural(group.total, 'rule') : `${group.rules.length} of ${group.total}`}</span>
      <span className="shrink-[9] truncate text-text-3 max-md:hidden">{LAYER_WORDS[group.layer].note}</span>
    </button>
  )
}

function Action({ rule }: { rule: Rule }) {
  const Icon = ACTION_ICONS[rule.action]
  return (
    <span className={cn('inline-flex items-center gap-2 align-bottom', !rule.enabled && 'text-text-3')}>
      <Icon aria-hidden size={14} strokeWidth={1.75} className="shrink-0" />
      <span className={cn((rule.action === 'block' || rule.action === 'reject') && rule.enabled && 'font-semibold')}>{rule.action}</span>
      {!rule.enabled && <span>off</span>}
    </span>
  )
}

function Description({ rule }: { rule: Rule }) {
  return (
    <span title={rule.description}>
      {rule.log === true && <FileText aria-label="logged" size={14} className="mr-1 inline text-text-3" />}
      {rule.description === '' ? (
        <span className="text-text-3">
          {rule.layer === 'interface' && rule.enabled && rule.action === 'pass' && (
            <TriangleAlert aria-hidden size={14} className="mr-1 inline text-warn-mark" />
          )}
          no description
        </span>
      ) : (
        rule.description
      )}
    </span>
  )
}

/** A group's line is drawn over all columns, so its cells are never asked for. */
const ofRule =
  (cell: (rule: Rule) => React.ReactNode) =>
  ({ rule }: RuleLine) =>
    rule === null ? null : cell(rule)

/** `in tcp`, `out udp IPv6`. */
const traffic = ({ direction, protocol, ipVersion }: Rule): string =>
  [direction === 'any' ? 'both' : direction, protocol, ipVersion === '6' ? 'IPv6' : ''].filter(Boolean).join(' ')
const quick = ({ quick: first }: Rule): string => (first === null ? '' : first ? 'quick' : 'last')
const interfaces = ({ interfaces: names }: Rule): string => (names.length === 0 ? 'all' : names.join(' '))

/** Which counters this reading has; a column that no rule fills is left out. */
export type RuleCounters = { evaluations: boolean; states: boolean }
export const countersOf = (rules: readonly Rule[]): RuleCounters => ({
  evaluations: rules.some((rule) => rule.evaluations !== null),
  states: rules.some((rule) => rule.states !== null),
})

export function ruleColumns(aliases: AliasesByName, { evaluations, states }: RuleCounters): Column<RuleLine>[] {
  return [
    { id: 'position', head: '#', align: 'right', width: '52px', cell: ofRule(({ position }) => <span className="text-text-3">{position}</span>) },
    { id: 'action', head: 'Action', width: '84px', cell: ofRule((rule) => <Action rule={rule} />) },
    { id: 'quick', head: 'Quick', width: '60px', hideBelow: 'lg', cell: ofRule((rule) => <span className="text-text-2">{quick(rule)}</span>) },
    { id: 'interface', head: 'Interface', width: '9%', hideBelow: 'lg', cell: ofRule((rule) => <span title={interfaces(rule)}>{interfaces(rule)}</span>) },
    { id: 'traffic', head: 'Traffic', width: '88px', cell: ofRule((rule) => <span title={traffic(rule)}>{traffic(rule)}</span>) },
    {
      id: 'source',
      head: 'Source',
      width: '14%',
      cell: ofRule(({ source }) => <Endpoint endpoint={source} entries={entriesOf(aliases.get(source.address))} />),
    },
    {
      id: 'to',
      head: <span className="sr-only">to</span>,
      width: '30px',
      hideBelow: 'lg',
      cell: ofRule(() => <ArrowRight aria-hidden size={14} className="text-text-3" />),
    },
    {
      id: 'destination',
      head: 'Destination',
      width: '14%',
      cell: ofRule(({ destination }) => <Endpoint endpoint={destination} entries={entriesOf(aliases.get(destination.address))} />),
    },
    { id: 'port', head: 'Port', width: '72px', cell: ofRule(({ destination }) => <Port port={destination.port} />) },
    { id: 'description', head: 'Description', cell: ofRule((rule) => <Description rule={rule} />) },
    ...(evaluations
      ? [
          {
            id: 'hits',
            head: 'Hits',
            align: 'right' as const,
            width: '70px',
            hideBelow: 'lg' as const,
            cell: ofRule((rule) => <DashOr value={rule.evaluations} format={formatShort} />),
          },
        ]
      : []),
    ...(states
      ? [
          {
            id: 'states',
            head: 'States',
            align: 'right' as const,
            width: '66px',
            hideBelow: 'lg' as const,
            cell: ofRule((rule) => <DashOr value={rule.states} format={formatShort} />),
          },
        ]
      : []),
  ]
}

/** Two lines for 390 px. */
export function RuleCard({ rule }: { rule: Rule }) {
  return (
    <>
      <span className="flex items-center justify-between gap-3">
        <span className="flex min-w-0 items-center gap-2">
          <span className="text-text-3">{rule.position}</span>
          <Action rule={rule} />
          <span className="truncate text-text-2">{traffic(rule)}</span>
        </span>
        <Port port={rule.destination.port} />
      </span>
      <span className="flex min-w-0 items-center gap-1.5 text-xs text-text-2">
        <Endpoint endpoint={rule.source} />
        <ArrowRight aria-label="to" size={12} className="shrink-0 text-text-3" />
        <Endpoint endpoint={rule.destination} />
        {rule.description !== '' && <span className="truncate">· {rule.description}</span>}
      </span>
    </>
  )
}
