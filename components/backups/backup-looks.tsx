import { Circle, CircleDashed, GitCompareArrows, Lock, OctagonX, TriangleAlert } from 'lucide-react'
import { lookRail, type Look } from '@/components/firewalls/detail/looks'
import type { Tone } from '@/components/ui/tone'
import type { BackupStateDto } from '@/lib/backups/dto'
import type { BackupState } from '@/lib/backups/states'

/** How a firewall stands with its backups. None at all is broken; the last try that failed will be. */
const BACKUP_LOOKS = {
  none: { word: 'No good backup', role: 'bad', icon: OctagonX, shape: 'mark' },
  failing: { word: 'Last try failed', role: 'warn', icon: TriangleAlert, shape: 'mark' },
  comparison: { word: 'For comparison only', role: 'none', icon: GitCompareArrows, shape: 'mark' },
  good: { word: 'Good', role: 'good', icon: Circle, shape: 'dot' },
} as const satisfies Record<BackupState, Look>

/** One that was enrolled a moment ago has none yet, and nothing is wrong with that. */
const NOT_YET: Look = { word: 'Not taken yet', role: 'none', icon: CircleDashed, shape: 'dashed' }

/** Someone has to decide that Palisade may run the command that reads it. */
const NEEDS_COMMANDS: Look = { word: 'Command permission needed', role: 'you', icon: Lock, shape: 'mark' }

type Row = Pick<BackupStateDto, 'state' | 'backupAt' | 'error' | 'impossibleBecause'>

export function lookOf({ state, backupAt, error, impossibleBecause }: Row): Look {
  if (state === 'none' && impossibleBecause !== null) return NEEDS_COMMANDS
  return state === 'none' && backupAt === null && error === null ? NOT_YET : BACKUP_LOOKS[state]
}

export const backupRail = (row: Row): Tone | null => lookRail(lookOf(row))
