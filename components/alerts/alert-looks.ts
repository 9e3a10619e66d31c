import {
  ArchiveX,
  ArrowUp,
  Bell,
  BellOff,
  CalendarX,
  CircleCheck,
  ClockAlert,
  Cpu,
  FileDiff,
  GitFork,
  HardDrive,
  Info,
  KeyRound,
  MemoryStick,
  MessageSquare,
  Network,
  OctagonAlert,
  OctagonX,
  PackageX,
  Repeat,
  ShieldAlert,
  TrendingUp,
  TriangleAlert,
  Undo2,
  Unlink,
  Unplug,
  UserCheck,
  type LucideIcon,
} from 'lucide-react'
import type { Tone } from '@/components/ui/tone'
import type { AlertEventWord } from '@/lib/alerts/states'
import type { AlertKind } from '@/lib/alerts/words'
import type { Severity } from '@/lib/notices/kinds'
import { SEVERITY_WORDS } from '@/lib/notices/words'

type SeverityLook = { word: string; tone: Tone; icon: LucideIcon }
export const SEVERITY_LOOKS = {
  critical: { word: SEVERITY_WORDS.critical, tone: 'bad', icon: OctagonAlert },
  warning: { word: SEVERITY_WORDS.warning, tone: 'warn', icon: TriangleAlert },
  notice: { word: SEVERITY_WORDS.notice, tone: 'plain', icon: Info },
} as const satisfies Record<Severity, SeverityLook>

/** A new kind does not compile without its icon. */
export const KIND_ICONS = {
  unreachable: OctagonX,
  'certificate-changed': ShieldAlert,
  'credential-rejected': KeyRound,
  'api-package-missing': PackageX,
  'ha-both-masters': GitFork,
  'gateway-down': Unplug,
  'tunnel-down': Unlink,
  'gateway-lossy': TriangleAlert,
  'disk-full': HardDrive,
  'cpu-high': Cpu,
  'memory-high': MemoryStick,
  'states-high': Network,
  'clock-off': ClockAlert,
  'certificate-ends': CalendarX,
  'no-backup': ArchiveX,
  'updates-waiting': ArrowUp,
  drift: FileDiff,
} as const satisfies Record<AlertKind, LucideIcon>

/** Palisade has stopped on purpose, and only a person can go on. */
const WAITS: readonly AlertKind[] = ['certificate-changed', 'credential-rejected', 'api-package-missing']
export const waitsForPerson = (kind: AlertKind): boolean => WAITS.includes(kind)

/** The colour of an alert: violet where a person has to decide, else that of its severity; none once it is over. */
export const toneOf = ({ kind, severity, state }: { kind: AlertKind; severity: Severity; state: string }): Tone =>
  state === 'resolved' ? 'good' : waitsForPerson(kind) ? 'you' : SEVERITY_LOOKS[severity].tone

export const EVENT_LOOKS = {
  opened: { word: 'Opened', icon: Bell },
  'came-back': { word: 'Came back', icon: Repeat },
  escalated: { word: 'Got worse', icon: TrendingUp },
  flapping: { word: 'Comes and goes; told once more when it has been calm for a while', icon: Repeat },
  silenced: { word: 'Silenced', icon: BellOff },
  acknowledged: { word: 'Acknowledged', icon: UserCheck },
  unacknowledged: { word: 'Acknowledgement taken back', icon: Undo2 },
  noted: { word: 'Note', icon: MessageSquare },
  resolved: { word: 'Resolved', icon: CircleCheck },
} as const satisfies Record<AlertEventWord, { word: string; icon: LucideIcon }>
