// Plans that run in simulated time: the engine, the workers' steps and the simulated firewalls share one clock.
import { createHash } from 'node:crypto'
import { expect, vi } from 'vitest'
import type { Fleet } from '@/e2e/fake-firewalls/fleet'
import type { Actor } from '@/lib/auth/actor'
import { db } from '@/lib/db/client'
import { approvePlan } from '@/lib/plans/approve'
import { createPlan } from '@/lib/plans/create'
import type { PlanDesign } from '@/lib/plans/words'
import { workOut } from '@/lib/plans/work-out'
import { shapeOf } from '@/lib/plans/shape'
import { admit } from '@/lib/rollout/admit'
import { runPlans } from '@/lib/worker/run-plans'
import { runVisits } from '@/lib/worker/run-visits'
import { updateEngine, type Engine } from './update-world'

const WORKER = 'engine'

/** All that a look at a plan could change, as one text. */
async function standing(): Promise<string> {
  const [row] = await db().$queryRaw<{ text: string | null }[]>`
    SELECT concat((SELECT string_agg(concat(id, state, "stateSince"), ',' ORDER BY id) FROM "UpdateJob"), (SELECT string_agg(concat(id, state), ',' ORDER BY id) FROM "PlanRing"), (SELECT string_agg(concat(id, state), ',' ORDER BY id) FROM "UpdatePlan")) AS text`
  return createHash('sha256').update(row?.text ?? '').digest('hex')
}

export type PlanEngine = Engine & {
  /** Runs plans and jobs until `done` holds; throws when nothing moves any more, or after so many rounds. Looks that find nothing are left out. */
  run(done: () => Promise<boolean>, roundsMax?: number): Promise<void>
}

export function planEngine(fleet: Fleet): PlanEngine {
  const engine = updateEngine(fleet, admit, WORKER)
  let seen = ''
  const look = async (): Promise<boolean> => {
    await db().updatePlan.updateMany({ where: { finishedAt: null }, data: { nextStepAt: new Date(0) } })
    await runPlans(WORKER, engine.now())
    const now = await standing()
    const moved = now !== seen
    seen = now
    return moved
  }
  return {
    ...engine,
    async run(done, roundsMax = 5_000) {
      for (let round = 0; round < roundsMax; round += 1) {
        const moved = await look()
        if (await done()) return
        if ((await engine.step()) > 0 || moved) continue
        const next = await db().updateJob.findFirst({ where: { finishedAt: null }, orderBy: { nextStepAt: 'asc' }, select: { nextStepAt: true } })
        if (!next) throw new Error('No job is open any more.')
        engine.moveTo(Math.max(next.nextStepAt.getTime(), engine.now().getTime() + 1))
      }
      throw new Error(`Not there after ${roundsMax} rounds: ${JSON.stringify(await db().updateJob.groupBy({ by: ['state', 'message'], _count: true }))}`)
    },
  }
}

let count = 0
/** A plan as people make and approve one. Returns its id. */
export async function approvedPlan(actor: Actor, design: PlanDesign, now: Date, more: { query?: string; kind?: 'minor' | 'major' | 'reboot' } = {}): Promise<string> {
  count += 1
  const plan = await createPlan(actor, { name: `Plan ${count}`, kind: more.kind ?? 'minor', query: more.query ?? '', holdIfReboot: false, fourEyes: false, design }, { actorId: 'n', route: 'n', idempotencyKey: null, body: null })
  const row = await db().updatePlan.findUniqueOrThrow({ where: { id: plan.id } })
  const worked = await workOut(shapeOf(row), row.customerIds, now)
  if (worked.setHash === null) throw new Error(`Nothing can run: ${JSON.stringify(worked.rows.flatMap(({ findings }) => findings.map(({ word }) => word)))}`)
  await approvePlan(actor, { id: plan.id, setHash: worked.setHash }, row.revision, now)
  return plan.id
}

/** Visits every firewall that was not visited yet, as the worker does, until all were. */
export async function visitAll(): Promise<void> {
  const stopping = new AbortController()
  const visits = runVisits({ worker: WORKER }, stopping.signal)
  try {
    await vi.waitFor(async () => expect(await db().firewall.count({ where: { OR: [{ visitedAt: null }, { firmwareState: 'not-reported' }] } })).toBe(0), { timeout: 60_000, interval: 50 })
  } finally {
    stopping.abort()
    await visits
  }
}
