import { Circle, CircleDashed, CirclePause, OctagonX, ShieldAlert, TriangleAlert, type LucideIcon } from 'lucide-react'
import { TONE_MARK } from '@/components/ui/tone'
import { cn } from '@/lib/core/cn'
import type { FirewallCounts } from '@/lib/firewalls/dto'
import { FIREWALL_STATES } from '@/lib/firewalls/states'
import { formatCount, plural } from '@/lib/format/numbers'
import { FIREWALL_LOOKS } from './state-word'

type Role = (typeof FIREWALL_LOOKS)[keyof typeof FIREWALL_LOOKS]['role']
const GROUPS = [
  { role: 'bad', icon: OctagonX, one: 'does not answer', many: 'do not answer' },
  { role: 'you', icon: ShieldAlert, one: 'waits for a person', many: 'wait for a person' },
  { role: 'warn', icon: TriangleAlert, one: 'works, but will break', many: 'work, but will break' },
  { role: 'none', icon: CircleDashed, one: 'is not known', many: 'are not known' },
  { role: 'plain', icon: CirclePause, one: 'is paused', many: 'are paused' },
  { role: 'good', icon: Circle, one: 'is reachable', many: 'are reachable' },
] as const satisfies readonly { role: Role; icon: LucideIcon; one: string; many: string }[]

type FleetSummaryProps = { counts: FirewallCounts | undefined; filtered: boolean; worstFirst: boolean }

/** What is wrong, before the list shows where. Its height is there from the beginning. */
export function FleetSummary({ counts, filtered, worstFirst }: FleetSummaryProps) {
  if (!counts) return <div className="min-h-9" />
  const { matching, total, states } = counts
  const groups = GROUPS.map((group) => ({
    ...group,
    count: FIREWALL_STATES.filter((state) => FIREWALL_LOOKS[state].role === group.role).reduce((sum, state) => sum + (states[state] ?? 0), 0),
  })).filter(({ count }) => count > 0)
  return (
    <div className="flex min-h-9 flex-wrap items-center gap-x-4 gap-y-1 px-5 pb-2 text-xs text-text-2 max-md:px-4">
      <p role="status">
        <strong className="font-semibold text-text">{filtered ? formatCount(matching) : plural(total, 'firewall')}</strong>
        {filtered && ` of ${formatCount(total)} ${matching === 1 ? 'matches' : 'match'}`}
      </p>
      <ul className="flex flex-wrap items-center gap-x-4 gap-y-1" aria-label="By state">
        {groups.map(({ role, icon: Icon, one, many, count }) => (
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
      {worstFirst && <p className="ml-auto text-text-3 max-lg:hidden">Worst first; the order is kept while you select</p>}
    </div>
  )
}
