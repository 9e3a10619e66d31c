import { ArrowRight, CircleCheck, CircleSlash, KeyRound, OctagonX, PackageX, ShieldAlert, type LucideIcon } from 'lucide-react'
import { TONE_MARK, TONE_TEXT, type Tone } from '@/components/ui/tone'
import type { AuditEntryDto } from '@/lib/audit/dto'
import type { AuditResult } from '@/lib/audit/actions'
import { cn } from '@/lib/core/cn'
import { FIREWALL_ERROR_CODES, OWN_ERROR_CODES, type ErrorCode } from '@/lib/core/errors'
import { formatMs } from '@/lib/format/numbers'

type ResultLook = { word: string; tone: Tone | 'none'; icon: LucideIcon }
const LOOKS = {
  intent: { word: 'Intent', tone: 'none', icon: ArrowRight },
  done: { word: 'Done', tone: 'good', icon: CircleCheck },
  failed: { word: 'Failed', tone: 'bad', icon: OctagonX },
  refused: { word: 'Refused', tone: 'none', icon: CircleSlash },
} as const satisfies Record<AuditResult, ResultLook>

/** Failures where Palisade stopped on purpose have the colour of what waits for a person. */
const FAILURES: Partial<Record<ErrorCode, ResultLook>> = {
  'firewall-credential-rejected': { word: 'Credential rejected', tone: 'you', icon: KeyRound },
  'firewall-no-tries-left': { word: 'No tries left', tone: 'you', icon: KeyRound },
  'firewall-privilege-missing': { word: 'Privilege missing', tone: 'you', icon: KeyRound },
  'firewall-certificate-changed': { word: 'Certificate changed', tone: 'you', icon: ShieldAlert },
  'firewall-calls-stopped': { word: 'Calls stopped', tone: 'you', icon: ShieldAlert },
  'firewall-api-package-missing': { word: 'API package missing', tone: 'you', icon: PackageX },
  'firewall-unreachable': { word: 'No answer', tone: 'bad', icon: OctagonX },
  'firewall-timed-out': { word: 'No answer in time', tone: 'bad', icon: OctagonX },
}

const codeOf = ({ details: { code } }: AuditEntryDto): ErrorCode | null => [...FIREWALL_ERROR_CODES, ...OWN_ERROR_CODES].find((known) => known === code) ?? null

/** How it ended, in words: `Done, 84 ms`, `Credential rejected`. */
export function AuditResultWord({ entry, className }: { entry: AuditEntryDto; className?: string }) {
  const code = codeOf(entry)
  const look: ResultLook = (code !== null && entry.result === 'failed' ? FAILURES[code] : undefined) ?? LOOKS[entry.result]
  const { durationMs } = entry.details
  const words = entry.result === 'done' && typeof durationMs === 'number' ? `${look.word}, ${formatMs(durationMs)}` : look.word
  return (
    <span className={cn('inline-flex max-w-full min-w-0 items-center gap-2 align-middle', className)}>
      <look.icon aria-hidden size={16} strokeWidth={1.75} className={cn('shrink-0', look.tone === 'none' ? 'text-text-3' : TONE_MARK[look.tone])} />
      <span className={cn('truncate', look.tone === 'none' ? 'text-text-3' : look.tone === 'good' ? 'text-text-2' : TONE_TEXT[look.tone])}>{words}</span>
    </span>
  )
}
