import {
  ArrowUp,
  Check,
  ChevronsUp,
  Circle,
  CircleDashed,
  CirclePause,
  KeyRound,
  OctagonX,
  PackageX,
  RotateCcw,
  ShieldAlert,
  TriangleAlert,
  type LucideIcon,
} from 'lucide-react'
import { TONE_MARK, TONE_TEXT, type Tone } from '@/components/ui/tone'
import type { FirmwareStateName } from '@/lib/adapters/model'
import { cn } from '@/lib/core/cn'
import type { FirewallSummary } from '@/lib/firewalls/dto'
import type { FirewallState } from '@/lib/firewalls/states'
import { formatBytes } from '@/lib/format/bytes'
import { plural } from '@/lib/format/numbers'
import { shortVersion } from '@/lib/format/versions'

/** `dot` = fine, `mark` = an icon with a meaning of its own, `dashed` = not known. `none` is the quiet grey of what nobody has to look at. */
type StateLook = { word: string; role: Tone | 'none'; icon: LucideIcon; shape: 'dot' | 'mark' | 'dashed' }

/** A new state does not compile without its row. */
export const FIREWALL_LOOKS = {
  reachable: { word: 'Reachable', role: 'good', icon: Circle, shape: 'dot' },
  degraded: { word: 'Degraded', role: 'warn', icon: TriangleAlert, shape: 'mark' },
  unreachable: { word: 'Unreachable', role: 'bad', icon: OctagonX, shape: 'mark' },
  stale: { word: 'Stale', role: 'none', icon: CircleDashed, shape: 'dashed' },
  'not-visited': { word: 'Not visited yet', role: 'none', icon: CircleDashed, shape: 'dashed' },
  paused: { word: 'Paused', role: 'plain', icon: CirclePause, shape: 'mark' },
  'certificate-changed': { word: 'Certificate changed', role: 'you', icon: ShieldAlert, shape: 'mark' },
  'credential-rejected': { word: 'Credential rejected', role: 'you', icon: KeyRound, shape: 'mark' },
  'credential-missing': { word: 'Credential missing', role: 'you', icon: KeyRound, shape: 'mark' },
  'api-package-missing': { word: 'API package missing', role: 'you', icon: PackageX, shape: 'mark' },
} as const satisfies Record<FirewallState, StateLook>

/** Where a version is offered, the version itself is the word. */
export const FIRMWARE_LOOKS = {
  'up-to-date': { word: 'Up to date', role: 'none', icon: Check, shape: 'mark' },
  'never-checked': { word: 'Never checked', role: 'none', icon: CircleDashed, shape: 'dashed' },
  offered: { word: 'Update offered', role: 'plain', icon: ArrowUp, shape: 'mark' },
  'major-offered': { word: 'Major update offered', role: 'plain', icon: ChevronsUp, shape: 'mark' },
  'reboot-pending': { word: 'Reboot pending', role: 'warn', icon: RotateCcw, shape: 'mark' },
  'check-failed': { word: 'Check failed', role: 'warn', icon: TriangleAlert, shape: 'mark' },
  'not-reported': { word: 'Not reported', role: 'none', icon: CircleDashed, shape: 'dashed' },
} as const satisfies Record<FirmwareStateName, StateLook>

/** The rail of a row; null for rows that need nobody. */
export function firewallRail(state: FirewallState): Tone | null {
  const { role } = FIREWALL_LOOKS[state]
  return role === 'bad' || role === 'you' || role === 'warn' ? role : null
}

export function StateMark({ look, className }: { look: StateLook; className?: string }) {
  if (look.shape === 'dot') return <span aria-hidden className={cn('keeps-shape mx-1 inline-block size-2 shrink-0 rounded-full bg-good-mark', className)} />
  return (
    <look.icon aria-hidden size={16} strokeWidth={1.75} className={cn('shrink-0', look.role === 'none' ? 'text-text-3' : TONE_MARK[look.role], className)} />
  )
}

/** A dot says well enough that all is fine: its word stays ink. */
const wordColour = (look: StateLook): string =>
  look.role === 'none' ? 'text-text-3' : look.role === 'good' || look.role === 'plain' ? 'text-text' : TONE_TEXT[look.role]

/** Icon, word and reason. */
export function FirewallStateWord({ state, reason, className }: { state: FirewallState; reason?: string | null; className?: string }) {
  const look = FIREWALL_LOOKS[state]
  return (
    <span className={cn('inline-flex max-w-full min-w-0 items-center gap-2 align-middle', className)}>
      <StateMark look={look} />
      <span className="truncate" title={reason ?? undefined}>
        <span className={wordColour(look)}>{look.word}</span>
        {reason && <span className="text-text-2"> · {reason}</span>}
      </span>
    </span>
  )
}

type FirmwareSummary = FirewallSummary['firmware']

/** Words after the version: how much, how large, and whether it reboots. What is not reported is not there. */
function firmwareParts({ packageCount, downloadBytes, rebootRequired }: FirmwareSummary): string[] {
  return [
    packageCount !== null && packageCount > 0 ? plural(packageCount, 'package') : null,
    downloadBytes !== null && downloadBytes > 0 ? formatBytes(downloadBytes) : null,
    rebootRequired === true ? 'reboot' : null,
  ].filter((part) => part !== null)
}

/** `26.1.10 · 84 packages · 84 MiB · reboot`, or the word where no version is offered. */
export function FirmwareWord({ firmware, className }: { firmware: FirmwareSummary; className?: string }) {
  const look = FIRMWARE_LOOKS[firmware.state]
  const version =
    firmware.state === 'major-offered' ? (firmware.majorVersion ?? firmware.offeredVersion) : firmware.state === 'offered' ? firmware.offeredVersion : null
  const offered = firmware.state === 'offered' || firmware.state === 'major-offered'
  const words = [version === null ? look.word : shortVersion(version), ...(offered ? firmwareParts(firmware) : [])]
  return (
    <span className={cn('inline-flex max-w-full min-w-0 items-center gap-2 align-middle', className)}>
      <StateMark look={look} />
      <span className={cn('truncate', wordColour(look))} title={words.join(' · ')}>
        {offered && version !== null && <span className="sr-only">{look.word}: </span>}
        {words.join(' · ')}
      </span>
    </span>
  )
}
