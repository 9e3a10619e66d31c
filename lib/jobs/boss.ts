import 'server-only'
import PgBoss from 'pg-boss'
import { databaseUrl } from '@/lib/core/env'
import { log } from '@/lib/core/log'
import { LOCKS } from '@/lib/db/locks'
import { onOneConnection } from '@/lib/db/statements'
import { parsePayload, QUEUES, type Payload, type QueueName } from './queues'

const SCHEMA = 'pgboss'
const POOL_CONNECTIONS_MAX = 3
const POLL_SECONDS = 0.5
const STOP_MS = 10_000

const shared: typeof globalThis & { palisadeJobs?: Promise<PgBoss> } = globalThis

async function start(): Promise<PgBoss> {
  const boss = new PgBoss({ connectionString: databaseUrl(), schema: SCHEMA, max: POOL_CONNECTIONS_MAX, application_name: 'palisade jobs' })
  boss.on('error', (error) => log().warn({ err: { message: error.message } }, 'job engine'))
  await boss.start()
  await onOneConnection(async (client) => {
    await client.query('BEGIN')
    await client.query('SELECT pg_advisory_xact_lock($1)', [LOCKS.queues])
    for (const [name, { expireInSeconds, retryLimit, retryDelaySeconds }] of Object.entries(QUEUES)) {
      await boss.createQueue(name, { name, expireInSeconds, retryLimit, retryDelay: retryDelaySeconds })
    }
    await client.query('COMMIT')
  })
  return boss
}

/** The job engine of this process, started at the first use; its tables are in a schema of their own. */
function engine(): Promise<PgBoss> {
  shared.palisadeJobs ??= start().catch((error: unknown) => {
    delete shared.palisadeJobs
    throw error
  })
  return shared.palisadeJobs
}

/** Wakes a worker for a row, at once or after some seconds. Send after the row is committed. */
export async function send<Q extends QueueName>(queue: Q, payload: Payload<Q>, afterSeconds = 0): Promise<void> {
  await (await engine()).send(queue, payload, afterSeconds > 0 ? { startAfter: afterSeconds } : {})
}

/** Carries out jobs of a queue, `atOnce` at a time. A payload that does not parse is a fault of ours: logged, never repeated. */
export async function work<Q extends QueueName>(queue: Q, atOnce: number, act: (payload: Payload<Q>) => Promise<void>): Promise<void> {
  const boss = await engine()
  const lane = () =>
    boss.work<unknown>(queue, { batchSize: 1, pollingIntervalSeconds: POLL_SECONDS }, async ([job]) => {
      const payload = parsePayload(queue, job?.data)
      if (payload) await act(payload)
      else log().error({ queue, job: job?.id }, 'a job without a usable payload was dropped')
    })
  await Promise.all(Array.from({ length: atOnce }, lane))
}

/** Lets running jobs end and closes the engine's connections. */
export async function stopJobs(): Promise<void> {
  const running = shared.palisadeJobs
  delete shared.palisadeJobs
  await (await running)?.stop({ graceful: true, timeout: STOP_MS })
}
