'use client'
import { useQuery } from '@tanstack/react-query'
import { ArrowRight } from 'lucide-react'
import { useMemo } from 'react'
import { Notice } from '@/components/ui/notice'
import { VirtualTable, type Column } from '@/components/ui/virtual-table'
import type { Nat, NatRule } from '@/lib/adapters/model'
import { cn } from '@/lib/core/cn'
import { plural } from '@/lib/format/numbers'
import { firewallQueries } from '@/lib/queries/firewalls'
import { EmptyList } from './empty-list'
import { TextOr } from './figures'
import { FilterBox } from './filter-box'
import { useFirewall } from './firewall-context'
import { ReadingFrame } from './reading-frame'
import { Endpoint, Port } from './rules/endpoint'
import { matchText } from './match-text'
import { useRefresh } from './use-refresh'
import { useUrlParam } from './use-url-param'

const KINDS = ['port-forward', 'one-to-one', 'prefix-translation', 'outbound'] as const satisfies readonly NatRule['kind'][]
const KIND_WORDS = {
  'port-forward': 'Port forwards',
  'one-to-one': 'One to one',
  'prefix-translation': 'Prefix translation',
  outbound: 'Outbound',
} as const satisfies Record<NatRule['kind'], string>
const MODES = {
  automatic: 'Outbound NAT is automatic: the firewall makes the rules itself.',
  hybrid: 'Outbound NAT is hybrid: own rules first, then the automatic ones.',
  manual: 'Outbound NAT is manual: only own rules count.',
  disabled: 'Outbound NAT is switched off.',
} as const satisfies Record<NonNullable<Nat['outboundMode']>, string>

type NatLine = { key: string; heading: { kind: NatRule['kind']; count: number } | null; rule: NatRule | null }
const searched = (rule: NatRule): string =>
  [
    rule.kind,
    rule.protocol,
    rule.interfaces.join(' '),
    rule.source.address,
    rule.source.port,
    rule.destination.address,
    rule.destination.port,
    rule.target,
    rule.targetPort,
    rule.description,
    rule.enabled ? 'enabled' : 'disabled',
    rule.automatic ? 'automatic' : '',
  ].join('\n')

function toLines(rules: readonly NatRule[]): NatLine[] {
  return KINDS.flatMap((kind): NatLine[] => {
    const own = rules.filter((rule) => rule.kind === kind)
    return own.length === 0
      ? []
      : [
          { key: kind, heading: { kind, count: own.length }, rule: null },
          ...own.map((rule, index): NatLine => ({ key: `${kind} ${rule.id} ${index}`, heading: null, rule })),
        ]
  })
}

const ofRule =
  (cell: (rule: NatRule) => React.ReactNode) =>
  ({ rule }: NatLine) =>
    rule && cell(rule)
const COLUMNS: readonly Column<NatLine>[] = [
  {
    id: 'state',
    head: 'State',
    width: '96px',
    cell: ofRule(({ enabled, automatic }) => <span className={cn(!enabled && 'text-text-3')}>{automatic ? 'automatic' : enabled ? 'on' : 'off'}</span>),
  },
  { id: 'interface', head: 'Interface', width: '10%', cell: ofRule(({ interfaces }) => (interfaces.length === 0 ? 'all' : interfaces.join(' '))) },
  {
    id: 'protocol',
    head: 'Traffic',
    width: '88px',
    hideBelow: 'lg',
    cell: ofRule(({ protocol, ipVersion }) => `${protocol}${ipVersion === '6' ? ' IPv6' : ''}`),
  },
  { id: 'source', head: 'Source', width: '15%', cell: ofRule(({ source }) => <Endpoint endpoint={source} />) },
  { id: 'destination', head: 'Destination', width: '15%', cell: ofRule(({ destination }) => <Endpoint endpoint={destination} />) },
  { id: 'port', head: 'Port', width: '76px', cell: ofRule(({ destination }) => <Port port={destination.port} />) },
  { id: 'to', head: <span className="sr-only">becomes</span>, width: '32px', cell: ofRule(() => <ArrowRight aria-hidden size={14} className="text-text-3" />) },
  { id: 'target', head: 'Translated to', width: '17%', cell: ofRule((rule) => <Target rule={rule} />) },
  { id: 'description', head: 'Description', hideBelow: 'lg', cell: ofRule(({ description }) => <TextOr value={description} />) },
]

function Target({ rule: { target, targetPort } }: { rule: NatRule }) {
  if (target === null) return <TextOr value={null} />
  return (
    <span className="font-mono text-xs" title={target}>
      {targetPort === null ? target : `${target}:${targetPort}`}
    </span>
  )
}

export function NatTab() {
  const { firewall } = useFirewall()
  const query = useQuery(firewallQueries.reading('nat', firewall.id))
  const [filter, setFilter] = useUrlParam('filter')
  const items = query.data?.items
  const lines = useMemo(() => toLines(matchText(items ?? [], filter, searched)), [items, filter])
  return (
    <ReadingFrame
      title="NAT"
      query={query}
      refresh={useRefresh('nat', firewall.id)}
      columns={7}
      controls={<FilterBox value={filter} onChange={setFilter} label="Filter the NAT rules" hint="Filter" />}
    >
      {(nat) => (
        <>
          {nat.outboundMode && <Notice tone="plain" title={MODES[nat.outboundMode]} className="mx-5 mb-3 max-md:mx-3" />}
          {lines.length === 0 ? (
            <EmptyList
              none="No NAT rules."
              why="Nothing is forwarded and nothing is translated by own rules."
              filter={filter}
              onClear={() => setFilter('')}
              total={nat.items.length}
            />
          ) : (
            <VirtualTable
              caption="NAT rules by kind"
              rows={lines}
              columns={COLUMNS}
              rowKey={({ key }) => key}
              heading={({ heading }) =>
                heading && (
                  <>
                    <span className="text-sm font-semibold text-text">{KIND_WORDS[heading.kind]}</span> {plural(heading.count, 'rule')}
                  </>
                )
              }
              card={({ rule }) => rule && <NatCard rule={rule} />}
            />
          )}
        </>
      )}
    </ReadingFrame>
  )
}

function NatCard({ rule }: { rule: NatRule }) {
  return (
    <>
      <span className="flex items-center gap-2">
        <Endpoint endpoint={rule.destination} /> <Port port={rule.destination.port} />
        <ArrowRight aria-label="becomes" size={12} className="shrink-0 text-text-3" />
        <Target rule={rule} />
      </span>
      <span className="truncate text-xs text-text-2">
        {rule.automatic ? 'automatic' : rule.enabled ? 'on' : 'off'} · {rule.interfaces.join(' ') || 'all'} · {rule.protocol}
        {rule.description !== '' && ` · ${rule.description}`}
      </span>
    </>
  )
}
