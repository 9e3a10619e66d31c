import { expect, it } from 'vitest'
import { BACKUP_TRANSITIONS, isFinalBackupState, nextBackupState } from './machine'
import { BACKUP_TASK_STATES } from './states'

it('every state can be reached, and every one that is not final can end, be refused and begin again', () => {
  const reached = new Set<string>(['queued', ...BACKUP_TASK_STATES.flatMap((state) => Object.values(BACKUP_TRANSITIONS[state]))])
  expect(BACKUP_TASK_STATES.filter((state) => !reached.has(state))).toEqual([])
  for (const state of BACKUP_TASK_STATES) {
    const ends = (['failed', 'refused'] as const).map((event) => nextBackupState(state, event))
    expect([state, ...ends]).toEqual(isFinalBackupState(state) ? [state, null, null] : [state, 'failed', 'refused'])
    expect(nextBackupState(state, 'began')).toBe(isFinalBackupState(state) ? null : 'probing')
  }
})
