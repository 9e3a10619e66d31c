import type { RevertPort } from '@/lib/adapters/adapter'

/** The API lists the history of configurations but has no call that goes back to one of them. */
export const revert: RevertPort | null = null
export const REVERT_REASON = 'The API of this firewall has no way back. Download a backup and restore it by hand, or go back on the firewall under Diagnostics, Backup & Restore, Config History.'
