import { Tag } from '@/components/ui/badge'
import type { FirewallSummary } from '@/lib/firewalls/dto'

type Role = NonNullable<FirewallSummary['haRole']>
export const HA_WORDS = { master: 'Master', backup: 'Backup', mixed: 'Master and backup' } as const satisfies Record<Role, string>
const LETTERS = { master: 'M', backup: 'B', mixed: 'M/B' } as const satisfies Record<Role, string>

/** Which member of a pair a firewall is; dashed while it has a peer and does not say. Nothing for one that stands alone. */
export function HaBadge({ row: { haRole, haPeer } }: { row: Pick<FirewallSummary, 'haRole' | 'haPeer'> }) {
  if (haRole === null && haPeer === null) return null
  const words = `${haRole === null ? 'Role not reported' : HA_WORDS[haRole]}${haPeer === null ? ', not linked with a peer' : `, peer ${haPeer.name}`}`
  return (
    <span title={words} className="shrink-0">
      <Tag dashed={haRole === null || haPeer === null}>
        <span aria-hidden>{haRole === null ? '?' : LETTERS[haRole]}</span>
        <span className="sr-only">{words}</span>
      </Tag>
    </span>
  )
}
