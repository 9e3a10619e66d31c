// Browser-safe: the pages and the routes parse with the same schema.
import { z } from 'zod'

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, '64 lower-case hex digits.')
/** As firewalls name their entries; nothing else ever becomes part of an address. */
export const revisionName = z.string().regex(/^[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}$/, 'The name of an entry, as the list of them says it.')

export const historyEntriesInput = z.strictObject({ id: z.uuid() })
export const previewInput = z.strictObject({ id: z.uuid(), revision: revisionName })
export type PreviewInput = z.infer<typeof previewInput>
export const revertInput = z.strictObject({
  id: z.uuid(),
  revision: revisionName,
  sha256: sha256.describe('of the entry, as the preview said it'),
  runningSha256: sha256.describe('of what is stored on the firewall now, as the preview said it'),
  confirmName: z.string().max(200).describe('the name of the firewall'),
})
export type RevertInput = z.infer<typeof revertInput>
export const listRevertsInput = z.strictObject({ id: z.uuid(), limit: z.coerce.number().int().min(1).max(100).default(20), cursor: z.string().max(200).optional() })
export type ListRevertsInput = z.infer<typeof listRevertsInput>
export const restartInput = z.strictObject({ id: z.uuid(), revertId: z.uuid() })
export type RestartInput = z.infer<typeof restartInput>
export const restoreInput = z.strictObject({ id: z.uuid(), backupId: z.uuid() })
export type RestoreInput = z.infer<typeof restoreInput>
