import {
  CalendarX,
  CircleDashed,
  CirclePause,
  ClockAlert,
  GitFork,
  HardDrive,
  KeyRound,
  OctagonX,
  PackageX,
  RotateCcw,
  ShieldAlert,
  TriangleAlert,
  Unlink,
  Unplug,
  Wrench,
  type LucideIcon,
} from 'lucide-react'
import type { Tone } from '@/components/ui/tone'
import type { FindingName, Ledger } from '@/lib/overview/findings'

/** A new finding does not compile without its icon; its colour is that of its ledger. */
export const FINDING_ICONS = {
  unreachable: OctagonX,
  'gateway-down': Unplug,
  'tunnel-down': Unlink,
  'two-masters': GitFork,
  'certificate-changed': ShieldAlert,
  'credential-rejected': KeyRound,
  'credential-missing': KeyRound,
  'api-package-missing': PackageX,
  'gateway-lossy': TriangleAlert,
  'certificate-ends': CalendarX,
  'reboot-pending': RotateCcw,
  'disk-full': HardDrive,
  'clock-off': ClockAlert,
  'other-trouble': Wrench,
  stale: CircleDashed,
  'never-visited': CircleDashed,
  paused: CirclePause,
} as const satisfies Record<FindingName, LucideIcon>

type LedgerLook = {
  title: string
  meaning: string
  /** In the legend and after a number. */
  short: string
  /** `none`: nothing is claimed, so it has no hue. */
  tone: Tone | 'none'
}
export const LEDGER_LOOKS = {
  broken: { title: 'Broken now', meaning: 'Service is affected', short: 'broken', tone: 'bad' },
  waits: { title: 'Waits for a person', meaning: 'Palisade has stopped on purpose', short: 'waits', tone: 'you' },
  'will-break': { title: 'Will break', meaning: 'Works, not as it should', short: 'will break', tone: 'warn' },
  'not-known': { title: 'Not known', meaning: 'Nothing is claimed about these', short: 'not known', tone: 'none' },
} as const satisfies Record<Ledger, LedgerLook>
