import { ArrowUp, GitCompareArrows, RotateCw, ShieldAlert, UserRound, type LucideIcon } from 'lucide-react'
import { FIREWALL_LOOKS } from '@/components/firewalls/state-word'
import type { HistoryEvent } from '@/lib/history/dto'

const ICONS = { version: ArrowUp, boot: RotateCw, certificate: ShieldAlert, changes: GitCompareArrows, act: UserRound } as const satisfies Record<
  Exclude<HistoryEvent['type'], 'state'>,
  LucideIcon
>

export const eventIcon = (event: HistoryEvent): LucideIcon => (event.type === 'state' ? FIREWALL_LOOKS[event.after].icon : ICONS[event.type])
