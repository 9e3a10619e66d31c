// Contract, section 4: the history of configurations, one entry of it, going back to it, and the restart that makes it run.
import type { FirewallAdapter, HistoryEntry, RevertPort } from '@/lib/adapters/adapter'
import { momentOf, requireWholeXml } from '@/lib/adapters/configuration-file'
import { AppError } from '@/lib/core/errors'
import { ROOT } from './backup'
import type { Session } from './call'
import { isBusy } from './firmware-update'
import { orNull } from './map-text'
import { below, ENDPOINTS, isPathPart } from './read-endpoints'
import { backupHistory, backupReverted, restarted } from './replies'

/** The firewall keeps 60 unless told otherwise. */
const ENTRIES_MAX = 1_000

async function entries(session: Session, signal: AbortSignal): Promise<HistoryEntry[]> {
  const { items } = await session.ask({ endpoint: ENDPOINTS.backupHistory, reply: backupHistory, signal })
  // A name outside the closed alphabet could not be asked for again, so it is not offered.
  return items
    .filter(({ id }) => isPathPart(id))
    .slice(0, ENTRIES_MAX)
    .map(({ id, time, username, description, filesize }) => ({
      id,
      at: momentOf(time)?.toISOString() ?? null,
      by: orNull(username),
      description: orNull(description),
      bytes: filesize,
    }))
}

/** An unknown entry is answered with 200 and nothing. */
async function content(session: Session, id: string | null, signal: AbortSignal): Promise<Buffer | null> {
  if (id !== null && !isPathPart(id)) return null
  const bytes = await session.download(id === null ? ENDPOINTS.backupDownload : below(ENDPOINTS.backupDownload, id), signal)
  if (bytes.length === 0) return null
  requireWholeXml(bytes, ROOT)
  return bytes
}

/** The firewall's own "failed" arrives as an error with the word in it (call.ts); here it is an answer. */
async function orRefused<T>(asked: Promise<T>): Promise<T | 'refused'> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof AppError && error.details['failure'] !== undefined) return 'refused'
    throw error
  }
}

async function store(session: Session, id: string, signal: AbortSignal): Promise<'stored' | 'no-such-entry' | 'refused'> {
  if (!isPathPart(id)) return 'no-such-entry'
  const answer = await orRefused(session.ask({ endpoint: below(ENDPOINTS.backupRevert, id), reply: backupReverted, signal }))
  if (answer === 'refused') return 'refused'
  return answer.status === 'not_found' ? 'no-such-entry' : 'stored'
}

/** Nothing on the firewall keeps a restart from cutting off an installation (section 2), so it is asked first whether one runs. */
async function restart(session: Session, signal: AbortSignal): Promise<'accepted' | 'refused' | 'busy'> {
  if (await isBusy(session, signal)) return 'busy'
  return (await orRefused(session.ask({ endpoint: ENDPOINTS.restart, reply: restarted, signal }))) === 'refused' ? 'refused' : 'accepted'
}

export function createRevert(session: Session, reads: FirewallAdapter['reads']): RevertPort {
  return {
    entries: (signal) => entries(session, signal),
    content: (id, signal) => content(session, id, signal),
    store: (id, signal) => store(session, id, signal),
    restart: (signal) => restart(session, signal),
    startedAt: async (signal) => {
      const { bootedAt } = await reads.status(signal)
      return bootedAt === null ? null : new Date(bootedAt)
    },
  }
}
