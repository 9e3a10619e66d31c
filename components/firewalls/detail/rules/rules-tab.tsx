'use client'
import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useMemo, useState } from 'react'
import { AskFleetLink } from '@/components/fleet-lists/ask-fleet-link'
import { CopyButton } from '@/components/ui/copy-button'
import { VirtualTable } from '@/components/ui/virtual-table'
import type { Alias, Rule } from '@/lib/adapters/model'
import { formatExact } from '@/lib/format/dates'
import { formatCount } from '@/lib/format/numbers'
import { firewallQueries } from '@/lib/queries/firewalls'
import { EmptyList } from '../empty-list'
import { FilterBox } from '../filter-box'
import { useFirewall } from '../firewall-context'
import { ReadingFrame } from '../reading-frame'
import { toggled } from '../toggled'
import { useRefresh } from '../use-refresh'
import { useUrlParam } from '../use-url-param'
import { LayerNav } from './layer-nav'
import { countersOf, GroupHead, ruleColumns, RuleCard, toLines } from './rule-columns'
import { RuleDetails } from './rule-details'
import { countLayers, groupRules, indexRules, matchRules, type RuleGroup } from './rule-groups'
import { rulesText } from './rule-text'

export function RulesTab() {
  const { firewall } = useFirewall()
  const query = useQuery(firewallQueries.reading('rules', firewall.id))
  const { data: aliases } = useQuery(firewallQueries.reading('aliases', firewall.id))
  return (
    <ReadingFrame
      title="Rules"
      query={query}
      refresh={useRefresh('rules', firewall.id)}
      columns={8}
      note={
        <>
          {query.data && <span>{formatCount(query.data.items.length)} rules</span>}
          <AskFleetLink list="rules" />
        </>
      }
    >
      {({ items, observedAt }) =>
        items.length === 0 ? (
          <EmptyList none="No rules." why="The firewall lists none. What is said above about parts that are not reported applies." />
        ) : (
          <RuleList rules={items} aliases={aliases?.items ?? NO_ALIASES} observedAt={observedAt} />
        )
      }
    </ReadingFrame>
  )
}

const NO_ALIASES: Alias[] = []
const inLayer = (group: RuleGroup, chosen: string): boolean => chosen === '' || group.layer === chosen || group.key === chosen

function RuleList({ rules, aliases, observedAt }: { rules: Rule[]; aliases: readonly Alias[]; observedAt: string | null }) {
  const { firewall } = useFirewall()
  const [filter, setFilter] = useUrlParam('filter')
  const [chosen, choose] = useUrlParam('layer')
  const [opened, setOpened] = useUrlParam('rule')
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set())
  const wanted = useDeferredValue(filter)

  const indexed = useMemo(() => indexRules(rules), [rules])
  const byName = useMemo(() => new Map(aliases.map((alias) => [alias.name, alias])), [aliases])
  const columns = useMemo(() => ruleColumns(byName, countersOf(rules)), [byName, rules])
  const layers = useMemo(() => countLayers(groupRules(rules, rules)), [rules])
  const groups = useMemo(() => groupRules(rules, matchRules(indexed, wanted)).filter((group) => inLayer(group, chosen)), [rules, indexed, wanted, chosen])
  const lines = useMemo(() => toLines(groups, closed), [groups, closed])
  const shown = groups.reduce((sum, group) => sum + group.rules.length, 0)
  // Who comes for one rule stands on it; after that the keys move on from there.
  const [active, setActive] = useState(() => lines.find(({ rule }) => rule !== null && rule.id === opened)?.key ?? null)
  const expanded = useMemo(() => new Set(lines.filter(({ rule }) => rule?.id === opened).map(({ key }) => key)), [lines, opened])
  const copied = (): string =>
    rulesText(groups, { firewall: firewall.name, shown, total: rules.length, readAt: observedAt === null ? 'never' : formatExact(observedAt) })
  const clear = (): void => {
    setFilter('')
    choose('')
  }

  return (
    <div className="grid grid-cols-[minmax(0,1fr)] lg:grid-cols-[12.5rem_minmax(0,1fr)]">
      <div className="min-w-0 px-3 pb-4 max-lg:pb-0">
        <LayerNav layers={layers} chosen={chosen} onChoose={choose} />
      </div>
      <div className="min-w-0 border-line lg:border-l">
        <div className="flex flex-wrap items-center gap-3 px-5 pb-2 max-md:px-3">
          <FilterBox value={filter} onChange={setFilter} label="Filter the rules" hint="Address, port, alias, description, disabled …" />
          <CopyButton text={copied} label={shown === rules.length ? 'Copy as text' : `Copy ${formatCount(shown)} as text`} size="md" />
        </div>
        <p role="status" className="px-5 pb-2 text-xs text-text-2 max-md:px-3">
          <strong className="font-semibold text-text">{formatCount(shown)}</strong> of {formatCount(rules.length)} shown
        </p>
        {shown === 0 ? (
          <EmptyList none="No rules in this layer." why="Choose another layer." filter={filter || chosen} onClear={clear} total={rules.length} />
        ) : (
          <VirtualTable
            caption={`Rules of ${firewall.name} in the order they are asked`}
            rows={lines}
            columns={columns}
            rowKey={({ key }) => key}
            heading={({ group }) => group && <GroupHead group={group} closed={closed.has(group.key)} onToggle={() => setClosed(toggled(group.key))} />}
            expanded={expanded}
            renderExpanded={({ rule }) => rule && <RuleDetails rule={rule} aliases={byName} zone={firewall.timeZone} />}
            activeKey={active}
            onActive={setActive}
            onOpen={({ rule }) => rule && setOpened(rule.id === opened ? '' : rule.id)}
            card={({ rule }) => rule && <RuleCard rule={rule} />}
          />
        )}
      </div>
    </div>
  )
}
