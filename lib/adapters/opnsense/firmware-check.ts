import type { CheckStep, FirmwareCheckPort } from '@/lib/adapters/adapter'
import { AppError, firewallError } from '@/lib/core/errors'
import { MEMORY, type Session } from './call'
import { htmlToText } from './map-text'
import { below, ENDPOINTS, isPathPart } from './read-endpoints'
import { readFirmware } from './reads'
import { cleanText } from '@/lib/core/clean-text'
import { firmwareChangelog, firmwareProgress, firmwareRunning, firmwareStarted } from './replies'

/** First line of the log of a check; a log that begins otherwise is left over from another job (section 3.1). */
const CHECK_LINE = '***GOT REQUEST TO CHECK FOR UPDATES***'
/** The job is started in the background: for so long an old or empty log says nothing yet. */
const START_MS = 20_000

/**
 * Section 3.1. The start answers ok even when another job holds the lock and nothing starts, so the lock is asked first
 * and the log is believed only when it is the log of a check.
 */
export function createFirmwareCheck(session: Session): FirmwareCheckPort {
  return {
    begin: async (signal) => {
      if (await isBusy(session, signal)) {
        throw firewallError('firewall-busy', { message: 'Another firmware job is running on the firewall.', details: { path: ENDPOINTS.firmwareRunning.path } })
      }
      await session.memory.set(MEMORY.checkBegunAt, session.now().toISOString())
      await session.ask({ endpoint: ENDPOINTS.firmwareCheck, reply: firmwareStarted, signal })
      return { phase: 'running' }
    },
    progress: (signal) => progress(session, signal),
  }
}

async function isBusy(session: Session, signal: AbortSignal): Promise<boolean> {
  return (await session.ask({ endpoint: ENDPOINTS.firmwareRunning, reply: firmwareRunning, signal })).status === 'busy'
}

async function progress(session: Session, signal: AbortSignal): Promise<CheckStep> {
  const { status, log } = await session.ask({ endpoint: ENDPOINTS.firmwareProgress, reply: firmwareProgress, signal })
  if (status === 'reboot') return { phase: 'failed', reason: 'The firewall is about to restart after an update. Check again when it is back.' }
  const isOurs = log[0]?.trim() === CHECK_LINE
  if (status === 'done' && isOurs) return finished(session, signal)
  // "running" is also shown for a job that died, and a left-over log says nothing: the lock decides.
  if (await isBusy(session, signal)) return { phase: 'running' }
  if (await isStarting(session)) return { phase: 'running' }
  if (status === 'running') return { phase: 'failed', reason: 'The check ended on the firewall without a result. Try again in a minute.' }
  return { phase: 'failed', reason: 'The firewall did not run the check; another job or a restart came in between. Try again in a minute.' }
}

async function isStarting(session: Session): Promise<boolean> {
  const begunAt = Date.parse((await session.memory.get(MEMORY.checkBegunAt)) ?? '')
  return Number.isFinite(begunAt) && session.now().getTime() - begunAt < START_MS
}

async function finished(session: Session, signal: AbortSignal): Promise<CheckStep> {
  const firmware = await readFirmware(session, signal)
  if (firmware.state !== 'never-checked') return { phase: 'done', firmware }
  return (await isStarting(session))
    ? { phase: 'running' }
    : { phase: 'failed', reason: 'The check ended on the firewall without a result. Try again in a minute.' }
}

const HTML_LENGTH_MAX = 400_000

/** Change notes as plain text; null when the firewall has none for this version. Only a POST is answered (section 3.2). */
export async function readChangelog(session: Session, version: string, signal: AbortSignal): Promise<string | null> {
  if (!isPathPart(version)) return null
  try {
    const { html } = await session.ask({ endpoint: below(ENDPOINTS.firmwareChangelog, version), reply: firmwareChangelog, signal })
    return htmlToText(html.slice(0, HTML_LENGTH_MAX)).split('\n').map(cleanText).join('\n')
  } catch (error) {
    if (error instanceof AppError && error.details['failure'] !== undefined) return null
    throw error
  }
}
