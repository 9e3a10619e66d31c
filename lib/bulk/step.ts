import 'server-only'
import { actorOfJob } from '@/lib/auth/actor-of-job'
import { claimBulk, claimBulkItems, closeBulk, postponeBulk } from '@/lib/db/bulk-sql'
import { db } from '@/lib/db/client'
import type { BulkAct } from '@/lib/db/generated/client'
import { send } from '@/lib/jobs/boss'
import { actOnOne, type Outcome } from './acts'
import { workOf, type WorkOf } from './follow'
import { bulkAct, type BulkActInput } from './input'
import { whileHolding } from './hold'

/** A step takes no new firewalls after this, and ends when those that it took are done. */
const STEP_MILLISECONDS = 20_000
const LEASE_SECONDS = 30
/** Firewalls of one act at a time. */
const AT_ONCE = 8
const CLAIMED_AT_ONCE = 32
const LOOK_AGAIN_SECONDS = 2
const OVERDUE_SECONDS = 5

/** Open acts whose time came and whose wake-up got lost, for instance with a killed process. */
export async function overdueBulk(now: Date): Promise<string[]> {
  const rows = await db().bulkAct.findMany({ where: { finishedAt: null, nextStepAt: { lt: new Date(now.getTime() - OVERDUE_SECONDS * 1000) } }, select: { id: true }, take: 100 })
  return rows.map(({ id }) => id)
}

type Step = { bulk: BulkAct; asked: BulkActInput; worker: string; endsAt: number; stopping: AbortSignal }

/** With the rights that who asked has at this moment. */
async function actOn({ bulk, asked, worker }: Step, firewallId: string): Promise<void> {
  await settle(bulk.id, firewallId, await actOnOne(await actorOfJob(bulk.actor, worker), firewallId, asked))
}

async function settle(bulkId: string, firewallId: string, { state, message }: Outcome): Promise<void> {
  if (state === 'running') return
  await db().bulkItem.updateMany({ where: { bulkId, firewallId, state: 'running' }, data: { state, message, changedAt: new Date() } })
}

/** Hands out firewalls one by one, claimed in batches; null when none waits. What is left at the end goes back. */
function feeder(bulkId: string) {
  let waiting: string[] = []
  let refill: Promise<void> | null = null
  return {
    async next(): Promise<string | null> {
      if (waiting.length === 0) {
        refill ??= claimBulkItems(bulkId, CLAIMED_AT_ONCE).then((ids) => {
          waiting = ids
          refill = null
        })
        await refill
      }
      return waiting.shift() ?? null
    },
    giveBack: () => putBack(bulkId, waiting),
  }
}

const putBack = (bulkId: string, firewallIds?: readonly string[]) =>
  db().bulkItem.updateMany({ where: { bulkId, state: 'running', ...(firewallIds && { firewallId: { in: [...firewallIds] } }) }, data: { state: 'pending' } })

/** Acts that end when the call returns: several lanes, until the time of the step is over. */
async function actInLanes(step: Step): Promise<void> {
  // The step is ours alone, so what still runs was left by a worker that died.
  await putBack(step.bulk.id)
  const feed = feeder(step.bulk.id)
  const lane = async (): Promise<void> => {
    while (Date.now() < step.endsAt && !step.stopping.aborted) {
      const id = await feed.next()
      if (id === null) return
      await actOn(step, id)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, lane))
  await feed.giveBack()
}

/** Looks how what was begun ended, and begins as much more as may be under way at once. */
async function follow(step: Step, workOf: WorkOf): Promise<void> {
  const begun = await db().bulkItem.findMany({ where: { bulkId: step.bulk.id, state: 'running' }, take: AT_ONCE })
  let open = 0
  for (const { firewallId, changedAt } of begun) {
    const work = await workOf(firewallId)
    const ended = work !== null && work.finishedAt !== null && changedAt !== null && new Date(work.finishedAt) >= changedAt
    if (work?.outcome.state === 'running') open += 1
    else if (work !== null && ended) await settle(step.bulk.id, firewallId, work.outcome)
    // The worker died between taking it and asking.
    else await actOn(step, firewallId)
  }
  const next = await claimBulkItems(step.bulk.id, AT_ONCE - open)
  await Promise.all(next.map((firewallId) => actOn(step, firewallId)))
}

/**
 * One step of an act over many firewalls; a step that is not due does nothing, and one whose worker stops begins no further
 * firewall. Never throws for a firewall's fault.
 */
export async function stepBulk(bulkId: string, worker: string, stopping: AbortSignal): Promise<void> {
  const bulk = await claimBulk(bulkId, LEASE_SECONDS)
  if (!bulk) return
  const asked = bulkAct.parse({ act: bulk.act, input: bulk.input })
  const step: Step = { bulk, asked, worker, endsAt: Date.now() + STEP_MILLISECONDS, stopping }
  const followed = workOf(asked.act)
  await whileHolding(LEASE_SECONDS, () => postponeBulk(bulkId, LEASE_SECONDS), () => (followed ? follow(step, followed) : actInLanes(step)))
  if (await closeBulk(bulkId)) return
  const seconds = followed ? LOOK_AGAIN_SECONDS : 0
  await postponeBulk(bulkId, seconds)
  await send('bulk-step', { bulkId }, seconds)
}
