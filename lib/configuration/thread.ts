// Runs on a thread of its own: gets the bytes of one configuration, gives back its masked sections, and ends.
import { parentPort, workerData } from 'node:worker_threads'
import { AppError } from '@/lib/core/errors'
import { parseNow } from './parse'
import type { ThreadReply, ThreadTask } from './thread-messages'

const task: ThreadTask = workerData
const answer = (reply: ThreadReply, transfer: ArrayBuffer[] = []) => parentPort?.postMessage(reply, transfer)
try {
  const parsed = parseNow(task.bytes, task)
  answer({ parsed }, parsed.sections.map(({ bytes }) => bytes.buffer))
} catch (error) {
  // Nothing of the configuration may leave with an error that nobody thought of.
  answer({ refusal: error instanceof AppError ? { message: error.message, nextStep: error.nextStep } : null })
}
