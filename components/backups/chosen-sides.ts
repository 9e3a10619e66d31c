// Which two of a firewall's backups are compared. Pure.
import type { BackupDto } from '@/lib/backups/dto'

type Listed = Pick<BackupDto, 'id' | 'isNewest' | 'isAccepted'>
export type Sides = { before: string | null; after: string | null }

/**
 * What was chosen, as far as it is still there; else the newest, against the accepted one or, where that is the newest
 * itself, the one before it. `backups` newest first.
 */
export function chosenSides(backups: readonly Listed[], chosen: { before: string; after: string }): Sides {
  const known = (id: string): string | null => (backups.some((backup) => backup.id === id) ? id : null)
  const after = known(chosen.after) ?? backups[0]?.id ?? null
  const accepted = backups.find(({ isAccepted, id }) => isAccepted && id !== after)
  const at = backups.findIndex(({ id }) => id === after)
  const before = known(chosen.before) ?? accepted?.id ?? backups[at + 1]?.id ?? null
  return { before: before === after ? null : before, after }
}

/** Before is older than after: of two in a list, newest first, only these can be chosen for a side. */
export function mayBe(side: 'before' | 'after', place: number, places: { before: number; after: number }): boolean {
  if (side === 'before') return places.after < 0 || place > places.after
  return places.before < 0 || place < places.before
}
