import { Circle, CirclePause, Hourglass, OctagonX, type LucideIcon } from 'lucide-react'
import type { Tone } from '@/components/ui/tone'
import type { CopyDto, CopySecurity } from '@/lib/audit-copies/input'
import type { CopyState } from '@/lib/audit-copies/states'
import { formatClock } from '@/lib/format/dates'
import { plural } from '@/lib/format/numbers'

type Look = { word: string; role: Tone | 'none'; icon: LucideIcon; shape: 'dot' | 'mark' }
/** A new state does not compile without its row. */
export const COPY_LOOKS = {
  failing: { word: 'Failing', role: 'bad', icon: OctagonX, shape: 'mark' },
  behind: { word: 'Behind', role: 'warn', icon: Hourglass, shape: 'mark' },
  paused: { word: 'Paused', role: 'plain', icon: CirclePause, shape: 'mark' },
  'up-to-date': { word: 'Up to date', role: 'good', icon: Circle, shape: 'dot' },
} as const satisfies Record<CopyState, Look>
export const SECURITY_WORDS = { pin: 'TLS, pinned', 'public-ca': 'TLS, public authority', plain: 'not encrypted' } as const satisfies Record<CopySecurity['mode'], string>

/** `logs.example.com:6514` or the folder. */
export const placeOf = ({ target, folder }: Pick<CopyDto, 'target' | 'folder'>): string =>
  target.kind === 'file' ? (folder ?? '') : target.host.includes(':') ? `[${target.host}]:${target.port}` : `${target.host}:${target.port}`

/** How it stands, over all copies; worst first. */
export function copiesSentence(copies: readonly CopyDto[]): string {
  const count = (state: CopyState) => copies.filter((copy) => copy.state === state).length
  const failing = count('failing')
  if (failing > 0) return failing === 1 ? 'One copy of the audit log does not arrive.' : `${failing} copies of the audit log do not arrive.`
  const behind = count('behind')
  if (behind > 0) return behind === 1 ? 'One copy of the audit log is behind and catches up.' : `${behind} copies of the audit log are behind and catch up.`
  const running = count('up-to-date')
  if (running === 0) return 'All copies of the audit log are paused.'
  return running === 1 ? 'One copy of the audit log is up to date.' : `${running} copies of the audit log are up to date.`
}

/** What belongs to the state: what waits there, and until when. */
export function copyReason({ state, behind, nextTryAt }: Pick<CopyDto, 'state' | 'behind' | 'nextTryAt'>): string | null {
  const waits = behind === 0 ? null : `${plural(behind, 'entry waits', 'entries wait')}`
  if (state === 'up-to-date') return null
  if (state !== 'failing' || nextTryAt === null) return waits
  return [waits, `next try ${formatClock(nextTryAt)}`].filter((part) => part !== null).join(', ')
}
