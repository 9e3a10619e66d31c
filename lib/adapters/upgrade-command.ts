// What the fixed update commands of the two pfSense families print, read in one place. Pure; the commands themselves are
// constants of each family. The log lies on the disk, so it survives a restart, and older logs are left over: its time and
// size before our call tell ours from those.
import { z } from 'zod'
import { cleanText } from '@/lib/core/clean-text'
import { fromWholeLine, hideSecrets, tailOf } from '@/lib/core/log-text'
import type { FamilyMemory } from './adapter'
import type { Fact, FirmwareFacts, UpdateProgress } from './firmware-port'

/** Name in the family's memory of one firewall. */
const START = 'update'
/** A detached command needs a moment: for so long an unchanged log says nothing yet. */
const START_MS = 60_000
const TAIL_CHARACTERS = 4_000
/** The commands give so much of the end of the log. */
export const LOG_BYTES_MAX = 6_000

const startMark = z.object({
  by: z.enum(['command', 'endpoint']),
  at: z.string(),
  fromVersion: z.string().nullable(),
  /** Time and size of the log before our call; null = it was not looked at. */
  stamp: z.string().nullable(),
})
export type StartMark = z.infer<typeof startMark>

export const rememberStart = (memory: FamilyMemory, mark: StartMark): Promise<void> => memory.set(START, JSON.stringify(mark))

/** The update that was last started from here; null when none was, or what is stored is not understood. */
export async function recallStart(memory: FamilyMemory): Promise<StartMark | null> {
  const stored = await memory.get(START)
  if (stored === null) return null
  try {
    return startMark.safeParse(JSON.parse(stored)).data ?? null
  } catch {
    return null
  }
}

/** `2.8.2-RELEASE` and `2.8.2` are one version: the check names it without what follows the dash. */
export const isSameVersion = (ran: string, wanted: string): boolean => ran.split('-')[0] === wanted.split('-')[0]

export type SeenLog = { stamp: string; isRunning: boolean; text: string }

/** First line time and size of the log, then whether an update runs, then the end of the log in base64; null = cut off. */
export function readProgressOutput(output: string): SeenLog | null {
  const [stamp = '', running = '', encoded = ''] = output.split('\n').map((line) => line.trim())
  if (!/^\d+ \d+$/.test(stamp) || (running !== 'running' && running !== 'idle')) return null
  const bytes = Buffer.from(encoded, 'base64')
  const text = bytes.toString('utf8').replaceAll('\r', '\n')
  return { stamp, isRunning: running === 'running', text: cleanText(bytes.length < LOG_BYTES_MAX ? text : fromWholeLine(text)) }
}

type Seen = { log: SeenLog | null; ranVersion: string | null; bootedAt: Fact<string>; lockLeft: Fact<boolean>; now: Date }

/** What became of the update that `mark` remembers. `log` null: this firewall runs no commands for us, so only version and start are left. */
export function judgeProgress(mark: StartMark | null, { log, ranVersion, bootedAt, lockLeft, now }: Seen): UpdateProgress {
  const isOurs = mark?.by === 'command' && log !== null && mark.stamp !== null && log.stamp !== mark.stamp
  const seen = { logTail: isOurs && log.text !== '' ? tailOf(log.text, TAIL_CHARACTERS) : null, ranVersion }
  if (mark === null) return { ...seen, phase: 'idle', reason: 'Palisade started no update on this firewall.' }
  const restarted = bootedAt.known ? Date.parse(bootedAt.value) > Date.parse(mark.at) : null
  // The version may be written before the restart that makes it run.
  if (isOurs && isRestarting(log.text) && restarted === false) return { ...seen, phase: 'rebooting', reason: null }
  if (ranVersion !== null && mark.fromVersion !== null && !isSameVersion(ranVersion, mark.fromVersion) && log?.isRunning !== true) return { ...seen, phase: 'done', reason: null }
  if (log?.isRunning === true) return { ...seen, phase: isOurs && isRestarting(log.text) && restarted !== true ? 'rebooting' : 'running', reason: null }
  if (isOurs && log !== null) return { ...seen, ...judgeLog(log.text, restarted, ranVersion) }
  if (now.getTime() - Date.parse(mark.at) < START_MS) return { ...seen, phase: 'running', reason: null }
  if (mark.by === 'endpoint' && lockLeft.known && lockLeft.value) return { ...seen, phase: 'failed', reason: 'The update was cut off and left its lock, which lets no other start until the firewall restarts.' }
  if (restarted === true) return { ...seen, phase: 'failed', reason: `The firewall restarted, but ${ranVersion ?? 'the version before'} still runs.` }
  if (mark.by === 'command' && log !== null) return { ...seen, phase: 'idle', reason: 'The firewall has no trace of the update.' }
  return { ...seen, phase: 'not-knowable', reason: 'Without commands this API tells neither progress nor result of an update; only the version shows it.' }
}

const isRestarting = (text: string): boolean => /\brebooting\b/i.test(text)

function judgeLog(text: string, restarted: boolean | null, ranVersion: string | null): Pick<UpdateProgress, 'phase' | 'reason'> {
  const error = text.split('\n').findLast((line) => /\b(ERROR|failed|No space left)\b/i.test(line))
  if (error !== undefined) return { phase: 'failed', reason: `The log of the firewall says: ${hideSecrets(error.trim()).slice(0, 300)}` }
  if (restarted === true) return { phase: 'failed', reason: `The firewall restarted, but ${ranVersion ?? 'the version before'} still runs.` }
  if (isRestarting(text)) return { phase: 'rebooting', reason: null }
  if (/up to date/i.test(text)) return { phase: 'failed', reason: 'The firewall found nothing to install.' }
  return { phase: 'failed', reason: 'The update ended on the firewall without a result and without a restart.' }
}

type CommandFacts = Pick<FirmwareFacts, 'bootedAt' | 'diskFreeBytes' | 'diskUsedPercent' | 'rulesLoaded' | 'updateRunning' | 'lockLeft'>
const SOURCE = 'a fixed command'

/** `name=value` lines. What is not understood is not known, and never good. */
export function readFactsOutput(output: string): CommandFacts {
  const lines = new Map(output.split('\n').map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1).trim()]))
  const [, seconds] = /sec = (\d{9,11})/.exec(lines.get('boot') ?? '') ?? []
  // Device, blocks, used, available, capacity, mount point.
  const [, available, percent] = /^\S+\s+\d+\s+\d+\s+(-?\d+)\s+(\d+)%\s/.exec(lines.get('disk') ?? '') ?? []
  const packetFilter = lines.get('pf')
  const rules = Number(lines.get('rules') || Number.NaN)
  const check = lines.get('check')
  const isRulesTold = packetFilter !== undefined && packetFilter !== '' && Number.isFinite(rules) && check !== undefined
  return {
    bootedAt: fact(seconds === undefined ? null : new Date(Number(seconds) * 1000).toISOString(), 'kern.boottime'),
    diskFreeBytes: fact(available === undefined ? null : Math.max(0, Number(available)) * 1024, 'df'),
    diskUsedPercent: fact(percent === undefined ? null : Number(percent), 'df'),
    rulesLoaded: fact(isRulesTold ? packetFilter.startsWith('Status: Enabled') && rules > 0 && check === '0' : null, 'pfctl'),
    updateRunning: fact(lines.has('run') ? lines.get('run') !== '' : null, 'pgrep'),
    lockLeft: fact(lines.has('lock') ? lines.get('lock') !== '' : null, 'ls'),
  }
}

const fact = <T>(value: T | null, program: string): Fact<T> =>
  value === null ? { known: false, reason: `The command "${program}" on the firewall told nothing that is understood.` } : { known: true, value, source: `${SOURCE} (${program})` }

/** Where commands are off. */
export function factsWithoutCommands(reason: string): CommandFacts {
  const unknown = { known: false, reason } as const
  return { bootedAt: unknown, diskFreeBytes: unknown, diskUsedPercent: unknown, rulesLoaded: unknown, updateRunning: unknown, lockLeft: unknown }
}
