import { ArrowRight } from 'lucide-react'
import { Dash, TextOr } from '@/components/firewalls/detail/figures'
import { ACTION_ICONS } from '@/components/firewalls/detail/looks'
import { Endpoint, Port } from '@/components/firewalls/detail/rules/endpoint'
import { cn } from '@/lib/core/cn'
import type { RuleFact } from '@/lib/fleet-lists/dto'
import { words, type FactLook } from './fact-look'

function Action({ rule: { action, enabled } }: { rule: RuleFact }) {
  if (action === undefined) return <Dash />
  const Icon = ACTION_ICONS[action]
  return (
    <span className={cn('inline-flex items-center gap-2 align-bottom', enabled === false && 'text-text-3')}>
      <Icon aria-hidden size={14} strokeWidth={1.75} className="shrink-0" />
      <span className={cn((action === 'block' || action === 'reject') && enabled !== false && 'font-semibold')}>{action}</span>
      {enabled === false && <span>off</span>}
    </span>
  )
}

const traffic = ({ direction, protocol, ipVersion }: RuleFact): string =>
  words(direction === 'any' ? 'both' : direction, protocol, ipVersion === '6' ? 'IPv6' : '')
/** `Floating on WAN LAN`, `LAN`: where it is asked. */
const placeOf = ({ layer, layerName, interfaces, position }: RuleFact): string => {
  const on = interfaces?.join(' ') ?? ''
  const name = layer === 'interface' ? layerName || on : words(layer, layerName)
  return words(name, position === undefined ? '' : `#${position}`, layer === 'floating' && on !== '' ? `on ${on}` : '')
}
const endText = (side: RuleFact['source']): string => (side ? words(side.not ? 'not' : '', side.address, side.port && `port ${side.port}`) : '')

export const RULE_FACTS: FactLook<'rules'> = {
  list: 'rules',
  one: 'rule',
  many: 'rules',
  caption: 'Rules of all firewalls',
  keyOf: ({ id }) => id ?? '',
  columns: [
    { id: 'place', head: 'Layer', width: '9%', cell: (rule) => <TextOr value={placeOf(rule)} /> },
    { id: 'action', head: 'Action', width: '80px', cell: (rule) => <Action rule={rule} /> },
    { id: 'traffic', head: 'Traffic', width: '72px', hideBelow: 'lg', cell: (rule) => <TextOr value={traffic(rule)} /> },
    { id: 'source', head: 'Source', width: '11%', cell: ({ source }) => (source ? <Endpoint endpoint={source} /> : <Dash />) },
    { id: 'destination', head: 'Destination', width: '11%', cell: ({ destination }) => (destination ? <Endpoint endpoint={destination} /> : <Dash />) },
    { id: 'port', head: 'Port', width: '60px', cell: ({ destination }) => (destination ? <Port port={destination.port} /> : <Dash />) },
    {
      id: 'description',
      head: 'Description',
      cell: ({ description }) => (description ? <span title={description}>{description}</span> : <span className="text-text-3">no description</span>),
    },
  ],
  card: (rule) => ({
    first: (
      <>
        <Action rule={rule} /> <span className="text-text-2">{traffic(rule)}</span>
      </>
    ),
    second: (
      <>
        {rule.source && <Endpoint endpoint={rule.source} />} <ArrowRight aria-label="to" size={12} className="inline text-text-3" />{' '}
        {rule.destination && <Endpoint endpoint={rule.destination} />} {rule.destination && <Port port={rule.destination.port} />}
      </>
    ),
  }),
  line: (rule) =>
    words(
      rule.enabled === false ? '(disabled)' : '',
      rule.action,
      traffic(rule),
      `from ${endText(rule.source)} to ${endText(rule.destination)}`,
      rule.description ? ` # ${rule.description}` : '',
    ),
  pageOf: ({ id }) => `rules?rule=${encodeURIComponent(id ?? '')}`,
}
