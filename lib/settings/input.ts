// Browser-safe: the form and the route parse with the same schema.
import { z } from 'zod'

export const SECOND_FACTOR_FOR = ['nobody', 'admins', 'everyone'] as const
export const AUDIT_KEEP_DAYS_MIN = 30
export const editSettingsInput = z.strictObject({
  secondFactorFor: z.enum(SECOND_FACTOR_FOR).optional(),
  /** Null keeps audit entries for ever. */
  auditKeepDays: z.number().int('Whole days.').min(AUDIT_KEEP_DAYS_MIN, `At least ${AUDIT_KEEP_DAYS_MIN} days.`).max(36_500, 'At most 36,500 days.').nullable().optional(),
})
export const settingsDto = z.object({
  secondFactorFor: z.enum(SECOND_FACTOR_FOR),
  auditKeepDays: z.number().nullable(),
  /** Operators whom the rule concerns and who have no second factor yet. */
  withoutSecondFactor: z.number(),
  changedAt: z.string(),
  etag: z.string(),
})
export type SettingsDto = z.infer<typeof settingsDto>

/** What only the owner sees: the state of Palisade itself. */
export const installationDto = z.object({
  createdAt: z.string(),
  migration: z.string(),
  nodeVersion: z.string(),
  masterKey: z.object({ source: z.enum(['file', 'command']), where: z.string() }),
  dataDir: z.string(),
  database: z.object({ embedded: z.boolean(), bytes: z.number() }),
  counts: z.object({ customers: z.number(), firewalls: z.number(), operators: z.number(), workers: z.number() }),
  lastBackup: z.object({ at: z.string(), fileName: z.string(), bytes: z.number(), durationMs: z.number() }).nullable(),
  audit: z.object({
    firstEntry: z.number().nullable(),
    lastEntry: z.number().nullable(),
    lastCheckpoint: z.object({ entry: z.number(), at: z.string() }).nullable(),
    checkpointFile: z.string(),
    publicKeyPem: z.string(),
    lastVerification: z.object({ at: z.string(), firstEntry: z.number(), lastEntry: z.number(), entries: z.number(), problem: z.string().nullable(), problemEntry: z.number().nullable(), durationMs: z.number() }).nullable(),
  }),
})
export type InstallationDto = z.infer<typeof installationDto>
