import 'server-only'
import { createPublicKey } from 'node:crypto'
import { workerActor } from '@/lib/auth/actor'
import { log } from '@/lib/core/log'
import { db } from '@/lib/db/client'
import { LOCKS } from '@/lib/db/locks'
import { unlessRunning } from '@/lib/db/statements'
import { installationKeys } from '@/lib/installation/keys'
import { isSigned } from './checkpoint-text'
import { record } from './record'

const DAY_MS = 86_400_000
/** Less than a day, so that a daily removal does not move through the day. */
const EVERY_MS = 20 * 3_600_000
/** Removed in one transaction. Nobody who writes waits for it, but a crash begins it anew. */
const AT_ONCE_MAX = 50_000
const TRANSACTION_MS = 120_000

/** The checkpoint up to which entries go next: the newest that is old enough, or the first one where there are few. */
async function nextAnchor(before: Date) {
  const [first, head] = await Promise.all([db().auditEntry.findFirst({ orderBy: { entry: 'asc' }, select: { entry: true } }), db().auditEntry.findFirst({ orderBy: { entry: 'desc' }, select: { entry: true } })])
  if (!first || !head) return null
  const old = (below: bigint) => ({ at: { lt: before }, entry: { gte: first.entry, lt: below } })
  const within = first.entry + BigInt(AT_ONCE_MAX)
  return (
    (await db().auditCheckpoint.findFirst({ where: old(within < head.entry ? within : head.entry), orderBy: { entry: 'desc' } })) ?? (await db().auditCheckpoint.findFirst({ where: old(head.entry), orderBy: { entry: 'asc' } }))
  )
}

type Anchor = NonNullable<Awaited<ReturnType<typeof nextAnchor>>>

/** Nothing could say afterwards what the first kept entry has to follow, if the signature were false. */
async function demandSigned({ entry, at, hash, signature }: Anchor): Promise<void> {
  const key = createPublicKey((await installationKeys()).auditPublicPem)
  if (!isSigned(key, { entry: Number(entry), at: at.toISOString(), hash, signature })) throw new Error(`The checkpoint of entry ${entry} has a wrong signature, so no audit entry is removed.`)
}

async function removeUpTo(worker: string, { entry, hash }: Anchor, keepDays: number): Promise<number> {
  return db().$transaction(
    async (tx) => {
      const rows = await tx.$queryRaw<{ removed: bigint }[]>`SELECT audit_prune(${entry}) AS removed`
      const removed = Number(rows[0]?.removed ?? 0)
      await record(tx, workerActor(worker), { action: 'audit.prune', target: { kind: 'audit', id: null, name: 'audit log' }, details: { upTo: entry, hash, removed, keepDays } })
      return removed
    },
    { timeout: TRANSACTION_MS },
  )
}

async function isDue(now: Date): Promise<number | null> {
  const [settings, verification, last] = await Promise.all([
    db().settings.findUniqueOrThrow({ where: { id: 1 } }),
    db().auditVerification.findFirst({ orderBy: { at: 'desc' } }),
    db().auditEntry.findFirst({ where: { action: 'audit.prune' }, orderBy: { entry: 'desc' }, select: { at: true } }),
  ])
  // What may be evidence stays: the whole log has to have been looked over, and found whole.
  if (settings.auditKeepDays === null || verification?.problem !== null) return null
  return last && now.getTime() - last.at.getTime() < EVERY_MS ? null : settings.auditKeepDays
}

/**
 * Once a day, removes the entries that are older than the owner wants to keep, up to a signed checkpoint, so that the
 * chain stays provable. Of any number of workers one does it. Ends between two transactions when `signal` says so.
 */
export async function pruneWhenDue(worker: string, now: Date, signal: AbortSignal): Promise<void> {
  if ((await isDue(now)) === null) return
  await unlessRunning(LOCKS.auditPruning, async () => {
    const keepDays = await isDue(now)
    if (keepDays === null) return
    while (!signal.aborted) {
      const anchor = await nextAnchor(new Date(now.getTime() - keepDays * DAY_MS))
      if (!anchor) return
      await demandSigned(anchor)
      const removed = await removeUpTo(worker, anchor, keepDays)
      log().info({ upTo: Number(anchor.entry), removed, keepDays }, 'old audit entries were removed')
      if (removed === 0) return
    }
  })
}
