import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { canonicalJson } from '@/lib/core/canonical-json'
import { AppError } from '@/lib/core/errors'
import type { Tx } from '@/lib/db/client'
import { appendAudit } from '@/lib/db/sql'
import type { AuditAction, AuditResult } from './actions'

export type AuditEvent = {
  action: AuditAction
  target: { kind: string; id: string | null; name: string }
  customer?: { id: string; name: string } | null
  details?: Record<string, unknown>
  before?: unknown
  after?: unknown
}

function canonicalEntry(actor: Actor, event: AuditEvent, result: AuditResult, intentEntry: bigint | null): string {
  return canonicalJson({
    at: new Date(),
    actor: { kind: actor.kind, id: actor.id, name: actor.name },
    sourceAddress: actor.source.address,
    requestId: actor.source.requestId,
    action: event.action,
    target: event.target,
    customer: event.customer ?? null,
    result,
    intentEntry: intentEntry === null ? null : Number(intentEntry),
    details: event.details ?? {},
    before: event.before ?? null,
    after: event.after ?? null,
  })
}

/**
 * Appends one entry to the chain when the transaction commits, under the chain's lock, which is held from there to the end
 * of the commit. Call it as the last statement of the transaction that makes the change. If it or the commit throws, the
 * change must not happen; so never catch it.
 */
export async function record(tx: Tx, actor: Actor, event: AuditEvent, result: AuditResult = 'done', intentEntry: bigint | null = null): Promise<void> {
  const rows = await tx.$executeRaw`INSERT INTO "AuditPending" (canonical) VALUES (${canonicalEntry(actor, event, result, intentEntry)})`
  if (rows !== 1) throw new AppError('internal', 'The audit log did not take the entry, so nothing was done.')
}

/**
 * The same, for a transaction that has to note the number of its entry: the chain's lock is held from here to its end, so
 * nothing but that note may follow.
 */
export async function recordNow(tx: Tx, actor: Actor, event: AuditEvent, result: AuditResult = 'done', intentEntry: bigint | null = null): Promise<bigint> {
  const rows = await tx.$queryRaw<{ entry: bigint }[]>`SELECT audit_append(${canonicalEntry(actor, event, result, intentEntry)}) AS entry`
  const entry = rows[0]?.entry
  if (entry === undefined) throw new AppError('internal', 'The audit log did not take the entry, so nothing was done.')
  return entry
}

/** The same for an act that changes nothing of ours: the entry is a transaction of its own. */
export async function recordAlone(actor: Actor, event: AuditEvent, result: AuditResult = 'done', intentEntry: bigint | null = null): Promise<bigint> {
  const entry = await appendAudit(canonicalEntry(actor, event, result, intentEntry))
  if (entry === null) throw new AppError('internal', 'The audit log did not take the entry, so nothing was done.')
  return entry
}

/** What an outcome adds to its intent. */
export type Outcome<T> = { details?: (value: T) => Record<string, unknown>; after?: (value: T) => unknown }

/**
 * A remote act has two entries. The intent is committed first: without it the act does not happen. After a crash in
 * between the log says "intent", which is the truth. The outcome is a second entry; no entry is ever changed.
 */
export async function withAuditedIntent<T>(actor: Actor, event: AuditEvent, act: (intentEntry: bigint) => Promise<T>, outcome: Outcome<T> = {}): Promise<T> {
  const intent = await recordAlone(actor, event, 'intent')
  const startedAt = performance.now()
  const elapsed = () => ({ durationMs: Math.round(performance.now() - startedAt) })
  let value: T
  try {
    value = await act(intent)
  } catch (error) {
    await recordAlone(actor, { ...event, details: { ...event.details, ...failureDetails(error), ...elapsed() } }, 'failed', intent)
    throw error
  }
  const done: AuditEvent = { ...event, details: { ...event.details, ...outcome.details?.(value), ...elapsed() } }
  const after = outcome.after?.(value)
  await recordAlone(actor, after === undefined ? done : { ...done, after }, 'done', intent)
  return value
}

/** Code and sentence of a failure; never a reply of a firewall. */
export function failureDetails(error: unknown): Record<string, unknown> {
  if (!(error instanceof AppError)) return { code: 'internal' }
  return { code: error.code, message: error.message, ...(error.details.privilege !== undefined && { privilege: error.details.privilege }) }
}
