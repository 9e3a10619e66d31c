import 'server-only'
import type { ChainEntry, Checkpoint } from '@/lib/db/audit-chain'
import { ChainCheck, type ChainReport, type KeptCheckpoint } from './chain-check'

/** One thing after another of a source that comes in batches. */
async function feedOf<T>(batches: AsyncIterable<readonly T[]>) {
  async function* each() {
    for await (const batch of batches) yield* batch
  }
  const things = each()
  const take = async (): Promise<T | undefined> => {
    const { done, value } = await things.next()
    return done === true ? undefined : value
  }
  const feed = {
    current: await take(),
    async move(): Promise<void> {
      feed.current = await take()
    },
  }
  return feed
}

async function* nothing<T>(): AsyncGenerator<T[]> {}

/**
 * Looks over a chain and ends at the first thing that is wrong: a missing, doubled, moved or changed entry, a column that
 * says something else than the text, a false checkpoint, an end that was cut off. Entries and checkpoints come in their
 * order; memory does not grow with them. `kept` are checkpoints from outside the database. Throws what `signal` aborts with.
 */
export async function verifyChain(
  entries: AsyncIterable<readonly ChainEntry[]>,
  checkpoints: AsyncIterable<readonly Checkpoint[]>,
  publicKeyPem: string,
  { kept = nothing(), signal }: { kept?: AsyncIterable<readonly KeptCheckpoint[]>; signal?: AbortSignal } = {},
): Promise<ChainReport> {
  const check = new ChainCheck(publicKeyPem)
  const signed = await feedOf(checkpoints)
  const outside = await feedOf(kept)
  /** Those that name an entry up to this one. */
  const checkpointsUpTo = async (entry: number): Promise<void> => {
    for (; signed.current && signed.current.entry <= entry && check.whole; await signed.move()) check.checkpoint(signed.current)
    for (; outside.current && outside.current.entry <= entry && check.whole; await outside.move()) check.kept(outside.current)
  }
  for await (const batch of entries) {
    signal?.throwIfAborted()
    for (const row of batch) {
      // Before the first entry: the anchor after a removal, and what retention left behind.
      if (check.empty) await checkpointsUpTo(row.entry - 1)
      check.entry(row)
      const due = (signed.current && signed.current.entry <= row.entry) || (outside.current && outside.current.entry <= row.entry)
      if (due) await checkpointsUpTo(row.entry)
      if (!check.whole) return check.end()
    }
  }
  await checkpointsUpTo(Number.MAX_SAFE_INTEGER)
  return check.end()
}
