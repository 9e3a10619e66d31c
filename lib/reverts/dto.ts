// What the API tells about going back. Browser-safe; secrets of configurations are marks here as everywhere.
import { z } from 'zod'
import { changeCounts, itemChange } from '@/lib/configuration/dto'
import { CONFIGURATION_SECTIONS } from '@/lib/adapters/words'
import { listOf } from '@/lib/lists/list'
import { REVERT_STATES } from './states'

const instant = z.string().describe('ISO 8601, UTC')

/** One entry of the history that the firewall keeps itself. */
export const historyEntry = z.object({
  id: z.string(),
  at: instant.nullable(),
  by: z.string().nullable(),
  description: z.string().nullable(),
  bytes: z.number().nullable(),
})
export type HistoryEntryDto = z.infer<typeof historyEntry>

export const historyEntries = z.object({
  observedAt: instant,
  /** Newest first; the first is what is stored now. */
  items: z.array(historyEntry),
})
export type HistoryEntries = z.infer<typeof historyEntries>

/** What would change if the firewall went back: from what is stored now to the entry. */
export const revertPreview = z.object({
  observedAt: instant,
  revision: z.string(),
  entry: historyEntry,
  sha256: z.string(),
  runningSha256: z.string(),
  /** Nothing that counts differs. */
  same: z.boolean(),
  counts: changeCounts,
  sections: z.array(z.object({ section: z.enum(CONFIGURATION_SECTIONS), title: z.string(), counts: changeCounts })),
  /** At most 300, the first of each section. */
  changes: z.array(itemChange),
  /** There were more. */
  shortened: z.boolean(),
})
export type RevertPreview = z.infer<typeof revertPreview>

export const revertDto = z.object({
  id: z.uuid(),
  firewall: z.object({ id: z.uuid(), name: z.string() }),
  entry: historyEntry,
  state: z.enum(REVERT_STATES),
  /** Since when. */
  stateAt: instant,
  /** What happened, beyond the state's own sentence. */
  message: z.string().nullable(),
  askedBy: z.string(),
  restartAskedBy: z.string().nullable(),
  createdAt: instant,
  storedAt: instant.nullable(),
  restartedAt: instant.nullable(),
  finishedAt: instant.nullable(),
  /** The backup that was taken before it. */
  backupId: z.uuid().nullable(),
})
export type RevertDto = z.infer<typeof revertDto>
export const revertList = listOf(revertDto)

/** How a person gives a backup back by hand. */
export const restoreDto = z.object({
  fileName: z.string(),
  /** Why this backup cannot be given back; null when it can. */
  problem: z.string().nullable(),
  menu: z.array(z.string()),
  steps: z.array(z.string()),
  console: z.array(z.string()),
  mind: z.array(z.string()),
  pair: z.array(z.string()),
})
export type RestoreDto = z.infer<typeof restoreDto>
