// The life of taking a backup: a table that the worker follows.
import { BACKUP_TASK_STATES, type BackupTaskState } from './states'

/**
 * State → event → next state. What is fetched is kept nowhere but in the memory of who fetches until it is stored, so a step
 * that died in the middle begins again with the probe: asking twice is harmless.
 */
export const BACKUP_TRANSITIONS = {
  queued: { began: 'probing', refused: 'refused', failed: 'failed' },
  probing: { began: 'probing', same: 'unchanged', moved: 'fetching', later: 'queued', refused: 'refused', failed: 'failed' },
  fetching: { began: 'probing', fetched: 'storing', later: 'queued', refused: 'refused', failed: 'failed' },
  storing: { began: 'probing', waits: 'storing', stored: 'done', same: 'unchanged', later: 'queued', refused: 'refused', failed: 'failed' },
  done: {},
  unchanged: {},
  refused: {},
  failed: {},
} as const satisfies Record<BackupTaskState, Partial<Record<string, BackupTaskState>>>

export type BackupEvent = { [S in BackupTaskState]: keyof (typeof BACKUP_TRANSITIONS)[S] }[BackupTaskState]

export function nextBackupState(state: BackupTaskState, event: BackupEvent): BackupTaskState | null {
  const exits: Partial<Record<BackupEvent, BackupTaskState>> = BACKUP_TRANSITIONS[state]
  return exits[event] ?? null
}
export const isBackupTaskState = (text: string): text is BackupTaskState => BACKUP_TASK_STATES.some((state) => state === text)
export const isFinalBackupState = (state: BackupTaskState): boolean => Object.keys(BACKUP_TRANSITIONS[state]).length === 0
