// The closed list of queues. A job is a wake-up for a row: the row is the truth, and a lost or doubled job harms nothing.
import { z } from 'zod'

export const QUEUES = {
  'check-step': {
    payload: z.strictObject({ checkId: z.uuid() }),
    /** A firewall may take up to 190 s for one answer; a killed worker's step comes back after this. */
    expireInSeconds: 220,
    retryLimit: 5,
    retryDelaySeconds: 3,
  },
  'revert-step': {
    payload: z.strictObject({ revertId: z.uuid() }),
    /** Longer than the lease of a step (lib/reverts/advance.ts). */
    expireInSeconds: 230,
    retryLimit: 5,
    retryDelaySeconds: 3,
  },
  'enrolment-step': {
    payload: z.strictObject({ fileId: z.uuid() }),
    /** Longer than the lease of a file (lib/enrolment/step.ts). */
    expireInSeconds: 150,
    retryLimit: 5,
    retryDelaySeconds: 3,
  },
  'bulk-step': {
    payload: z.strictObject({ bulkId: z.uuid() }),
    /** A step takes firewalls for 20 s and waits for those it took, of which one may take 100 s to be read. */
    expireInSeconds: 150,
    retryLimit: 5,
    retryDelaySeconds: 3,
  },
  'backup-step': {
    payload: z.strictObject({ taskId: z.uuid() }),
    /** Longer than the lease of a task (lib/backups/step.ts). */
    expireInSeconds: 480,
    retryLimit: 5,
    retryDelaySeconds: 3,
  },
} as const
export type QueueName = keyof typeof QUEUES
export type Payload<Q extends QueueName> = z.output<(typeof QUEUES)[Q]['payload']>

/** The payload of a job, or null when it is not what its queue carries. */
export function parsePayload<Q extends QueueName>(queue: Q, data: unknown): Payload<Q> | null {
  const parsed = QUEUES[queue].payload.safeParse(data)
  // eslint-disable-next-line @typescript-eslint/consistent-type-assertions -- parsed by the schema of this very queue
  return parsed.success ? (parsed.data as Payload<Q>) : null
}
