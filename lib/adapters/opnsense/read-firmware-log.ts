// Whose log it is, and what it says (contract section 3.2). The first two lines name the job and its time to the second, which
// tells our update from an older one; what was there before our call is remembered with it.
import { z } from 'zod'
import type { FamilyMemory } from '@/lib/adapters/adapter'
import type { UpdateProgress } from '@/lib/adapters/firmware-port'
import { tailOf as endOf } from '@/lib/core/log-text'
import { MEMORY } from './call'

const UPDATE_LINE = /^\*\*\*GOT REQUEST TO (UPDATE|UPGRADE)\*\*\*$/
/** Both end with `***DONE***` all the same: of 26.x, and of a major upgrade. */
const FAILURES = ['Partial update failure detected', 'The upgrade was aborted due to an error']
const TAIL_CHARACTERS = 4_000

const startMark = z.object({
  kind: z.enum(['minor', 'major']),
  at: z.string(),
  fromVersion: z.string().nullable(),
  toVersion: z.string().nullable(),
  /** Beginnings of the running and of the kept log before our call. */
  logHead: z.string(),
  keptHead: z.string(),
})
export type StartMark = z.infer<typeof startMark>

export const rememberStart = (memory: FamilyMemory, mark: StartMark): Promise<void> => memory.set(MEMORY.update, JSON.stringify(mark))

/** The update that was last started from here; null when none was, or what is stored is not understood. */
export async function recallStart(memory: FamilyMemory): Promise<StartMark | null> {
  const stored = await memory.get(MEMORY.update)
  if (stored === null) return null
  try {
    return startMark.safeParse(JSON.parse(stored)).data ?? null
  } catch {
    return null
  }
}

export const headOf = (log: readonly string[]): string => log.slice(0, 2).join('\n')
export const isUpdateLog = (log: readonly string[], headBefore: string): boolean => UPDATE_LINE.test(log[0] ?? '') && headOf(log) !== headBefore
export const tailOf = (log: readonly string[]): string | null => (log.length === 0 ? null : endOf(log.join('\n'), TAIL_CHARACTERS))

/** A finished log of our update: what it says, held against the version that runs now. */
export function judge(log: readonly string[], mark: StartMark, ranVersion: string | null): Pick<UpdateProgress, 'phase' | 'reason'> {
  const failure = FAILURES.find((sentence) => log.some((line) => line.includes(sentence)))
  if (failure !== undefined) return { phase: 'failed', reason: `The firewall says: ${failure}.` }
  const isUnchanged = ranVersion !== null && ranVersion === mark.fromVersion && mark.toVersion !== null && mark.toVersion !== ranVersion
  return isUnchanged ? { phase: 'failed', reason: `The update ended, but ${ranVersion} still runs.` } : { phase: 'done', reason: null }
}
