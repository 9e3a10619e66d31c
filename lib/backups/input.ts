// What the API asks about backups. Browser-safe.
import { z } from 'zod'
import { BACKUP_STATES } from './states'

const page = { limit: z.coerce.number().int().min(1).max(500).default(100), cursor: z.string().max(300).optional() }

export const listBackupStatesInput = z.strictObject({
  customerId: z.uuid().optional(),
  firewallId: z.uuid().optional(),
  state: z.enum(BACKUP_STATES).optional(),
  search: z.string().trim().max(200).optional().describe('part of the name of the firewall or its customer'),
  ...page,
})
export type ListBackupStatesInput = z.infer<typeof listBackupStatesInput>
export const countBackupStatesInput = listBackupStatesInput.omit({ state: true, limit: true, cursor: true })

export const firewallBackupsInput = z.strictObject({ id: z.uuid() })
/** Newest first. */
export const listBackupsInput = firewallBackupsInput.extend(page)
export type ListBackupsInput = z.infer<typeof listBackupsInput>
export const readBackupInput = firewallBackupsInput.extend({ backupId: z.uuid() })
