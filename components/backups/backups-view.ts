// The view of the fleet's backups as it stands in the address. Pure, so that it can be tested.
import { BACKUP_STATES, type BackupState } from '@/lib/backups/states'

export type BackupsView = { search: string; state: BackupState | null }

/** What is not understood counts as not said, so that an old link still opens. */
export const readBackupsView = (params: { get: (name: string) => string | null }): BackupsView => ({
  // As typed: a blank at the end is the beginning of the next word.
  search: params.get('search') ?? '',
  state: BACKUP_STATES.find((state) => state === params.get('state')) ?? null,
})

/** Writes a change into a query, leaving whatever else it holds. */
export function writeBackupsView(query: string, { search, state }: Partial<BackupsView>): string {
  const params = new URLSearchParams(query)
  const set = (name: string, value: string): void => (value === '' ? params.delete(name) : params.set(name, value))
  if (search !== undefined) set('search', search)
  if (state !== undefined) set('state', state ?? '')
  const text = params.toString()
  return text === '' ? '' : `?${text}`
}
