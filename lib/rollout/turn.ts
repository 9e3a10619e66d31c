import 'server-only'
import type { Tx } from '@/lib/db/client'
import type { Prisma } from '@/lib/db/generated/client'
import { LOCKS } from '@/lib/db/locks'
import type { PlanDesign } from '@/lib/plans/words'
import type { Admission } from '@/lib/updates/admission'
import { ACTIVE_UPDATE_STATES, isActive, updateStateOf, type UpdateReason } from '@/lib/updates/states'

export const turnInclude = {
  plan: { select: { name: true, state: true, design: true } },
  ring: { select: { name: true, state: true, position: true, openedAt: true } },
  firewall: { select: { family: true, customerId: true, siteId: true, haPeerId: true, haPeer: { select: { name: true } } } },
} as const satisfies Prisma.UpdateJobInclude
/** A job with all that decides whether its turn has come. */
export type Turn = Prisma.UpdateJobGetPayload<{ include: typeof turnInclude }>
export type Denied = Exclude<Admission, { go: true }>

export const later = (now: Date, seconds: number, reason: UpdateReason | null, message: string): Denied => ({ go: false, event: 'waits', until: new Date(now.getTime() + seconds * 1000), reason, message })
const FULL_SECONDS = 30

/** Null when there is room beside all that is under way, of whatever plan. Until the transaction ends nobody else counts. */
export async function roomFor(tx: Tx, { firewall: { siteId, customerId } }: Turn, { perSite, perCustomer, fleet }: PlanDesign['concurrency'], now: Date): Promise<Denied | null> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${LOCKS.rollout}::bigint)`
  const [under] = await tx.$queryRaw<{ site: number; customer: number; fleet: number }[]>`
    SELECT count(*) FILTER (WHERE f."siteId" = ${siteId}::uuid)::int AS site, count(*) FILTER (WHERE f."customerId" = ${customerId}::uuid)::int AS customer, count(*)::int AS fleet
    FROM "UpdateJob" j JOIN "Firewall" f ON f.id = j."firewallId" WHERE j."finishedAt" IS NULL AND j.state = ANY(${[...ACTIVE_UPDATE_STATES]}::text[])`
  const full = under && (under.fleet >= fleet ? `${under.fleet} are under way, as many as the plan allows at once.` : under.customer >= perCustomer ? `${under.customer} of its customer are under way, as many as the plan allows at once.` : siteId !== null && under.site >= perSite ? `${under.site} of its site are under way, as many as the plan allows at once.` : null)
  return full ? later(now, FULL_SECONDS, null, full) : null
}

export const pairOf = ({ firewallId, firewall: { haPeerId } }: Turn): string | null => (haPeerId === null ? null : [firewallId, haPeerId].sort().join(' '))

/**
 * Null when the other member of the pair is not in the way: it is never under way at the same time, whatever plan it is of, it is
 * verified before this one begins, and so long ago as the plan asks. Which of them goes first is read from both in preflight.
 */
export async function pairTurn(tx: Tx, job: Turn, gapMinutes: number, now: Date): Promise<Denied | null> {
  const { haPeerId, haPeer } = job.firewall
  if (haPeerId === null || haPeer === null) return job.pairKey === null ? null : { go: false, event: 'held', reason: 'peer', message: 'It was one of a pair when the plan was approved, and its peer is not linked any more. Link it, then release it.' }
  const [open, last] = await Promise.all([
    tx.updateJob.findFirst({ where: { firewallId: haPeerId, finishedAt: null }, select: { state: true, stateSince: true, planId: true } }),
    tx.updateJob.findFirst({ where: { firewallId: haPeerId, intentAt: { not: null }, finishedAt: { not: null } }, orderBy: { finishedAt: 'desc' }, select: { state: true, finishedAt: true, planId: true } }),
  ])
  const state = open && updateStateOf(open.state)
  if (state && isActive(state)) return later(now, 60, 'peer', `${haPeer.name}, the other of the pair, is under way.`)
  if (state === 'package-missing' || state === 'unknown') return later(now, 300, 'peer', `${haPeer.name}, the other of the pair, is not verified yet.`)
  if (open && open.planId === job.planId && (state === 'held' || state === 'blocked')) return later(now, 600, 'peer', `${haPeer.name}, the other of the pair, waits for a person. Decide about it first.`)
  if (last?.state === 'failed' && last.planId === job.planId && !wasDecidedSince(job, last.finishedAt)) return { go: false, event: 'held', reason: 'peer', message: `${haPeer.name}, the other of the pair, failed. Look at it, then release this one.` }
  const verifiedAt = state === 'soaking' ? (open?.stateSince ?? null) : last?.state === 'succeeded' ? last.finishedAt : null
  const free = verifiedAt === null ? null : new Date(verifiedAt.getTime() + gapMinutes * 60_000)
  return free !== null && free > now ? { go: false, event: 'waits', until: free, reason: 'peer', message: `${haPeer.name} is verified; the gap of the pair is not over yet.` } : null
}

/** A person released it after that happened. */
const wasDecidedSince = ({ decidedBy, stateSince }: Turn, at: Date | null): boolean => decidedBy !== null && at !== null && stateSince > at
