// How backups are told. Pure.
import type { BackupCounts, BackupDto, BackupStateDto } from '@/lib/backups/dto'
import { BACKUP_DAYS_MAX, type BackupReason, type BackupState, type BackupTaskState } from '@/lib/backups/states'
import { formatCount, plural } from '@/lib/format/numbers'

export const REASON_WORDS = {
  daily: 'Daily',
  'before-change': 'Before a change',
  'before-update': 'Before an update',
  'by-hand': 'By hand',
} as const satisfies Record<BackupReason, string>

/** Conditions of the list, in the order of the states: the worst first. */
export const STATE_CHOICES = [
  { value: 'none', label: `None for ${BACKUP_DAYS_MAX} days` },
  { value: 'failing', label: 'Last try failed' },
  { value: 'comparison', label: 'For comparison only' },
  { value: 'good', label: 'Good' },
] as const satisfies readonly { value: BackupState; label: string }[]

/** What Palisade does while a backup is being taken. */
export const TASK_WORDS = {
  queued: 'The backup waits for its turn.',
  probing: 'Palisade asks the firewall whether its configuration changed.',
  fetching: 'The firewall sends its configuration.',
  storing: 'The configuration is checked, sealed and stored.',
  done: 'A backup was taken.',
  unchanged: 'The configuration is the one that is stored already.',
  refused: 'The backup was refused.',
  failed: 'The backup failed.',
} as const satisfies Record<BackupTaskState, string>

const have = (count: number): string => (count === 1 ? 'has' : 'have')

/** The sentences that the page opens with: how many have one, then what is wrong with the others. */
export function backupsSentence({ total, states }: BackupCounts): { first: string; rest: string } {
  if (total === 0) return { first: 'There is no firewall here.', rest: '' }
  const good = total - states.none
  const days = `from the last ${BACKUP_DAYS_MAX} days`
  const first =
    states.none === 0
      ? total === 1
        ? `The firewall has a backup ${days}.`
        : `All ${formatCount(total)} firewalls have a backup ${days}.`
      : good === 0
        ? `No firewall has a backup ${days}.`
        : `${formatCount(good)} of ${plural(total, 'firewall')} ${have(good)} a backup ${days}. ${formatCount(states.none)} ${have(states.none)} none.`
  const rest = [
    states.failing === 0 ? '' : `The last try of ${formatCount(states.failing)} failed.`,
    states.comparison === 0 ? '' : `${plural(states.comparison, 'firewall gives', 'firewalls give')} a configuration that can be compared, but not given back.`,
  ]
  return { first, rest: rest.filter(Boolean).join(' ') }
}

type Differences = NonNullable<BackupDto['differences']>
/** `+2 −1 ~3`: added, removed, changed; spoken in full elsewhere. */
export const differenceMarks = ({ added, removed, changed }: Differences): string =>
  [added > 0 ? `+${formatCount(added)}` : '', removed > 0 ? `−${formatCount(removed)}` : '', changed > 0 ? `~${formatCount(changed)}` : '']
    .filter(Boolean)
    .join(' ') || '0'
export const differenceWords = ({ added, removed, changed }: Differences): string =>
  added + removed + changed === 0
    ? 'nothing differs from the one before'
    : `${formatCount(added)} added, ${formatCount(removed)} removed, ${formatCount(changed)} changed since the one before`

/** `by root@10.0.0.2: Rule edited`; null where the firewall says neither. */
export function revisionWords(by: string | null, note: string | null): string | null {
  if (by === null && note === null) return null
  return [by === null ? null : `by ${by}`, note].filter((part) => part !== null).join(': ')
}

/** Why none can be taken from here; null when one can. */
export const reasonNotToTake = ({ possible, impossibleBecause }: { possible: boolean; impossibleBecause: string | null }): string | null =>
  possible ? null : (impossibleBecause ?? 'A backup cannot be taken now.')

/** The state of a row in words, with what stands beside it. */
export const stateReason = ({ state, error }: Pick<BackupStateDto, 'state' | 'error'>): string | null => (state === 'good' ? null : error)
