import 'server-only'
import { z } from 'zod'
import type { UpdateJob } from '@/lib/db/generated/client'

const instant = z.string()
const memory = z.object({
  /** When the firewall was made to look for updates for this job; `checked`: it has finished. */
  checkBegunAt: instant.optional(),
  checked: z.boolean().optional(),
  backupTaskId: z.string().optional(),
  /** An admin lets it go on without a backup. */
  withoutBackup: z.boolean().optional(),
  /** Since when it does not answer, or shows no API; absent while it does. */
  silentSince: instant.optional(),
  missingSince: instant.optional(),
  /** Since when the firewall shows no trace of the update. */
  idleSince: instant.optional(),
  /** How often it was seen restarting. */
  restarts: z.number().optional(),
  apiPackageVersion: z.string().nullable().optional(),
})
/** What one step of a job leaves to the next. */
export type UpdateMemory = z.infer<typeof memory>

export function memoryOf({ memory: stored }: Pick<UpdateJob, 'memory'>): UpdateMemory {
  const parsed = memory.safeParse(stored)
  return parsed.success ? parsed.data : {}
}

/** The stored value with some changed; `undefined` forgets one. */
export const remembering = (job: Pick<UpdateJob, 'memory'>, changes: { [K in keyof UpdateMemory]?: UpdateMemory[K] | undefined }): { memory: UpdateMemory } => ({
  memory: memory.parse(JSON.parse(JSON.stringify({ ...memoryOf(job), ...changes }))),
})
/** How long something holds, in ms; 0 when it does not. */
export const heldMs = (since: string | undefined, now: Date): number => (since === undefined ? 0 : now.getTime() - Date.parse(since))
