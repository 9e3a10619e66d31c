import 'server-only'
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Family } from '@/lib/adapters/model'
import { familyModule } from '@/lib/adapters/registry'
import { AppError } from '@/lib/core/errors'
import { BYTES_MAX, refused } from './limits'
import type { ThreadReply, ThreadTask } from './thread-messages'
import type { ParsedConfiguration } from './tree'

const DEADLINE_MS = 60_000
const HEAP_MIB_MAX = 1024
/** Bundled beside the worker and the admin command, before the pages are built (lib/cli/build.mjs): a thread needs a file, and the build of the pages takes it along. */
const THREAD_FILE = path.join(process.cwd(), '.build', 'configuration-thread.mjs')

export type ParseOptions = {
  family: Family
  format: 'xml' | 'json'
  /** Key of the marks that stand for secrets, 32 bytes; the same for the whole installation, so that two firewalls can be compared. */
  markKey: Uint8Array
  signal: AbortSignal
}

/** One at a time in a process: the memory of a thread is bounded, that of many is not. */
const shared: typeof globalThis & { palisadeParsing?: Promise<unknown> } = globalThis

/** Who asks may give up before it is their turn, and is told at once. */
async function turnAfter(before: Promise<unknown>, signal: AbortSignal): Promise<void> {
  let stop = (): void => undefined
  const givenUp = new Promise<never>((_, reject) => {
    stop = () => {
      const reason: unknown = signal.reason
      const isTime = reason instanceof Error && reason.name === 'TimeoutError'
      reject(reason instanceof Error && !isTime ? reason : new AppError('unavailable', 'Other configurations were being read for so long that it was not the turn of this one.', { nextStep: 'Try again in a minute.' }, { cause: reason }))
    }
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })
  await Promise.race([before, givenUp]).finally(() => signal.removeEventListener('abort', stop))
}

/**
 * Parses and masks a configuration on a thread of its own, which has 60 s from when it begins and 1 GiB and dies with the
 * work; one after the other. Throws unavailable when `signal` ran out of time before its turn, and
 * firewall-reply-not-understood with a sentence for what is no configuration or is refused: a document type, an entity, more
 * than 64 levels, 64 MiB or 2 million elements.
 */
export async function parseConfiguration(bytes: Uint8Array, options: ParseOptions): Promise<ParsedConfiguration> {
  if (bytes.byteLength > BYTES_MAX) throw refused(`It is larger than ${BYTES_MAX / 1024 / 1024} MiB.`)
  const before = shared.palisadeParsing ?? Promise.resolve()
  const turn = turnAfter(before, options.signal)
  const work = turn.then(() => onThread({ bytes, shape: familyModule(options.family).configuration, format: options.format, markKey: options.markKey }, options.signal))
  // Who gave up does not let the next one past those who still work.
  shared.palisadeParsing = Promise.allSettled([before, work]).then(() => undefined)
  return work
}

function onThread(task: ThreadTask, signal: AbortSignal): Promise<ParsedConfiguration> {
  signal.throwIfAborted()
  const thread = new Worker(THREAD_FILE, { workerData: task, resourceLimits: { maxOldGenerationSizeMb: HEAP_MIB_MAX }, stdout: true, stderr: true, env: {} })
  return new Promise<ParsedConfiguration>((resolve, reject) => {
    const late = setTimeout(() => reject(refused('Reading it takes more than a minute.')), DEADLINE_MS)
    const stop = () => reject(signal.reason instanceof Error ? signal.reason : new AppError('unavailable', 'Reading the configuration was stopped.'))
    signal.addEventListener('abort', stop, { once: true })
    thread.on('message', (reply: ThreadReply) => {
      if (reply.parsed) resolve(reply.parsed)
      else reject(reply.refusal ? new AppError('firewall-reply-not-understood', reply.refusal.message, { nextStep: reply.refusal.nextStep ?? '' }) : new AppError('internal', 'The configuration could not be read.'))
    })
    thread.on('error', (error) => reject('code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? refused('Reading it takes more memory than is allowed.') : new AppError('internal', 'The configuration could not be read.', {}, { cause: error })))
    thread.on('exit', () => {
      clearTimeout(late)
      signal.removeEventListener('abort', stop)
      reject(new AppError('internal', 'The thread that reads configurations ended too early.'))
    })
  }).finally(() => void thread.terminate())
}
