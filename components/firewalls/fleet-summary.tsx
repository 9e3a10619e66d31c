import { Circle, OctagonX, ShieldAlert, TriangleAlert, CircleDashed, type LucideIcon } from 'lucide-react'
import { TONE_MARK } from '@/components/ui/tone'
import { cn } from '@/lib/core/cn'
import type { FirewallSummary } from '@/lib/firewalls/dto'
import { formatCount, plural } from '@/lib/format/numbers'
import { FIREWALL_LOOKS } from './state-word'

type Role = (typeof FIREWALL_LOOKS)[keyof typeof FIREWALL_LOOKS]['role']
const GROUPS = [
  { role: 'bad', icon: OctagonX, one: 'does not answer', many: 'do not answer' },
  { role: 'you', icon: ShieldAlert, one: 'waits for a person', many: 'wait for a person' },
  { role: 'warn', icon: TriangleAlert, one: 'works, but will break', many: 'work, but will break' },
  { role: 'none', icon: CircleDashed, one: 'is not known', many: 'are not known' },
  { role: 'plain', icon: Circle, one: 'is paused', many: 'are paused' },
  { role: 'good', icon: Circle, one: 'is reachable', many: 'are reachable' },
] as const satisfies readonly { role: Role; icon: LucideIcon; one: string; many: string }[]

type FleetSummaryProps = {
  rows: readonly FirewallSummary[]
  total: number
  totalIsAtLeast: boolean
  filtered: boolean
  worstFirst: boolean
  allLoaded: boolean
}

/** What is wrong, before the list shows where. */
export function FleetSummary({ rows, total, totalIsAtLeast, filtered, worstFirst, allLoaded }: FleetSummaryProps) {
  const counts = GROUPS.map((group) => ({ ...group, count: rows.filter((row) => FIREWALL_LOOKS[row.state].role === group.role).length })).filter(
    ({ count }) => count > 0,
  )
  return (
    <div className="flex min-h-9 flex-wrap items-center gap-x-4 gap-y-1 px-5 pb-2 text-xs text-text-2 max-md:px-4">
      <p role="status">
        <strong className="font-semibold text-text">{plural(total, 'firewall')}</strong>
        {totalIsAtLeast && ' or more'}
        {filtered && (total === 1 ? ' matches' : ' match')}
      </p>
      <ul className="flex flex-wrap items-center gap-x-4 gap-y-1" aria-label={allLoaded ? 'By state' : `By state, of the ${formatCount(rows.length)} shown`}>
        {counts.map(({ role, icon: Icon, one, many, count }) => (
          <li key={role} className="inline-flex items-center gap-1.5">
            {role === 'good' ? (
              <span aria-hidden className="keeps-shape size-2 rounded-full bg-good-mark" />
            ) : (
              <Icon aria-hidden size={14} strokeWidth={1.75} className={cn(role === 'none' || role === 'plain' ? 'text-text-3' : TONE_MARK[role])} />
            )}
            <span>
              {formatCount(count)} {count === 1 ? one : many}
            </span>
          </li>
        ))}
      </ul>
      {worstFirst && <p className="ml-auto text-text-3 max-lg:hidden">Worst first</p>}
    </div>
  )
}
