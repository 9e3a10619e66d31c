import {
  ArrowLeftRight,
  ArrowUpDown,
  Ban,
  Check,
  Circle,
  CircleDashed,
  CirclePause,
  CircleSlash,
  Clock,
  CornerUpLeft,
  Hourglass,
  OctagonX,
  Pin,
  TriangleAlert,
  Unplug,
  type LucideIcon,
} from 'lucide-react'
import type { ReactNode } from 'react'
import { StateMark } from '@/components/firewalls/state-word'
import { TONE_TEXT, type Tone } from '@/components/ui/tone'
import type { CarpAddress, Gateway, Lease, Neighbour, NetworkInterface, Rule, VpnTunnel } from '@/lib/adapters/model'
import { cn } from '@/lib/core/cn'

/** Word, colour, icon and shape of a state of one kind. A new state does not compile without its row. */
export type Look = { word: string; role: Tone | 'none'; icon: LucideIcon; shape: 'dot' | 'mark' | 'dashed' }

const UNKNOWN = { word: 'Not known', role: 'none', icon: CircleDashed, shape: 'dashed' } as const satisfies Look
const fine = (word: string): Look => ({ word, role: 'good', icon: Circle, shape: 'dot' })

export const GATEWAY_LOOKS: Record<Gateway['state'], Look> = {
  online: fine('Online'),
  degraded: { word: 'Degraded', role: 'warn', icon: TriangleAlert, shape: 'mark' },
  offline: { word: 'Offline', role: 'bad', icon: OctagonX, shape: 'mark' },
  pending: { word: 'Pending', role: 'plain', icon: Hourglass, shape: 'mark' },
  'not-monitored': { word: 'Not watched', role: 'none', icon: CircleDashed, shape: 'dashed' },
  unknown: UNKNOWN,
}
export const INTERFACE_LOOKS: Record<NetworkInterface['state'], Look> = {
  up: fine('Up'),
  down: { word: 'Down', role: 'bad', icon: OctagonX, shape: 'mark' },
  'no-carrier': { word: 'No carrier', role: 'warn', icon: Unplug, shape: 'mark' },
  unknown: UNKNOWN,
}
export const INTERFACE_OFF: Look = { word: 'Disabled', role: 'none', icon: CirclePause, shape: 'mark' }
export const CARP_LOOKS: Record<CarpAddress['state'], Look> = {
  master: { word: 'Master', role: 'good', icon: Circle, shape: 'dot' },
  backup: { word: 'Backup', role: 'plain', icon: ArrowLeftRight, shape: 'mark' },
  init: { word: 'Starting', role: 'warn', icon: TriangleAlert, shape: 'mark' },
  disabled: { word: 'Disabled', role: 'none', icon: CirclePause, shape: 'mark' },
  unknown: UNKNOWN,
}
export const VPN_LOOKS: Record<VpnTunnel['state'], Look> = {
  up: fine('Up'),
  down: { word: 'Down', role: 'bad', icon: OctagonX, shape: 'mark' },
  stale: { word: 'No recent handshake', role: 'warn', icon: TriangleAlert, shape: 'mark' },
  unknown: UNKNOWN,
}
/** A road warrior who is not connected is nobody's trouble. */
export const VPN_IDLE: Look = { word: 'Not connected', role: 'none', icon: CircleSlash, shape: 'mark' }
export const NEIGHBOUR_LOOKS: Record<Neighbour['state'], Look> = {
  complete: fine('Seen'),
  incomplete: { word: 'No answer', role: 'none', icon: CircleDashed, shape: 'dashed' },
  expired: { word: 'Expired', role: 'none', icon: Clock, shape: 'mark' },
  permanent: { word: 'Permanent', role: 'plain', icon: Pin, shape: 'mark' },
}
export const LEASE_LOOKS: Record<Lease['state'], Look> = {
  active: { word: 'Active', role: 'plain', icon: Check, shape: 'mark' },
  reserved: { word: 'Reserved', role: 'plain', icon: Pin, shape: 'mark' },
  expired: { word: 'Expired', role: 'none', icon: Clock, shape: 'mark' },
  unknown: UNKNOWN,
}
/** Runs, stands still though it is enabled, is off, not told. */
export function serviceLook({ running, enabled }: { running: boolean | null; enabled: boolean | null }): Look {
  if (running === true) return fine('Runs')
  if (running === null) return UNKNOWN
  return enabled === false ? { word: 'Off', role: 'none', icon: CirclePause, shape: 'mark' } : { word: 'Stopped', role: 'bad', icon: OctagonX, shape: 'mark' }
}

/** Icons of rule actions. They are what the rule says, no state of health: no colour. */
export const ACTION_ICONS: Record<Rule['action'], LucideIcon> = { pass: Check, block: Ban, reject: CornerUpLeft, match: ArrowUpDown, unknown: CircleDashed }

/** The rail of a row; null for rows that need nobody. */
export const lookRail = ({ role }: Look): Tone | null => (role === 'bad' || role === 'you' || role === 'warn' ? role : null)

/** Icon, word and reason. */
export function LookWord({ look, reason }: { look: Look; reason?: ReactNode }) {
  const loud = look.role === 'bad' || look.role === 'you' || look.role === 'warn'
  return (
    <span className="inline-flex max-w-full min-w-0 items-center gap-2 align-bottom">
      <StateMark look={look} />
      <span className={cn('truncate', look.role === 'none' ? 'text-text-3' : loud ? TONE_TEXT[look.role] : 'text-text')}>
        {look.word}
        {reason && <span className="text-text-2"> · {reason}</span>}
      </span>
    </span>
  )
}
