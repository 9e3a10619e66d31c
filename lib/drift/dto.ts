// What the API tells about configurations that changed since an operator last accepted them. Browser-safe.
import { z } from 'zod'
import { FAMILIES } from '@/lib/adapters/words'
import { listOf } from '@/lib/lists/list'

const instant = z.string().describe('ISO 8601, UTC')
const named = z.object({ id: z.string(), name: z.string() })

export const driftDto = z.object({
  firewall: named,
  customer: named,
  family: z.enum(FAMILIES),
  /** The first moment that is known at which it differed: when the firewall says it was changed, else the backup's time. */
  since: instant,
  /** How many things differ; null when the two could not be compared. */
  items: z.number().nullable(),
  /** The backup that stands for what is accepted, and the newest one: the two to compare. */
  acceptedBackupId: z.string().nullable(),
  newestBackupId: z.string(),
  newestTakenAt: instant,
  /** What the firewall says about its newest revision. */
  revisedAt: instant.nullable(),
  revisedBy: z.string().nullable(),
  revisionNote: z.string().nullable(),
})
export type DriftDto = z.infer<typeof driftDto>
export const driftList = listOf(driftDto)

const acceptanceDto = z.object({
  id: z.string(),
  /** null once that backup was thinned out. */
  backupId: z.string().nullable(),
  at: instant,
  operatorName: z.string(),
  note: z.string(),
})

/** How one firewall stands. */
export const firewallDrift = z.object({
  /** null before the first backup. */
  acceptedBackupId: z.string().nullable(),
  /** Nobody accepted yet: the first backup stands for what is accepted. */
  byDefault: z.boolean(),
  newestBackupId: z.string().nullable(),
  since: instant.nullable(),
  items: z.number().nullable(),
  /** Newest first, at most 50. */
  acceptances: z.array(acceptanceDto),
})
export type FirewallDrift = z.infer<typeof firewallDrift>
