// A log of plausible entries for runs that try to deceive it; the same for the same seed.
import { checkpointKeeper } from '@/lib/audit/checkpoint'
import { AUDIT_ACTIONS } from '@/lib/audit/actions'
import { canonicalJson } from '@/lib/core/canonical-json'
import { readChain, type ChainEntry, type Checkpoint } from '@/lib/db/audit-chain'
import { db } from '@/lib/db/client'

export type Random = (below: number) => number

/** Whole numbers below a limit, by mulberry32. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

const pickOf = <T>(random: Random, things: readonly T[]): T => things[random(things.length)] as T
const NAMES = ['Mistral Foods', 'Ærø Færge', '日本橋', 'a "quoted" name', 'tab\tand\nline', '🙂', 'x', 'Anvil & Sons']

function entryText(random: Random, number: number): string {
  const name = () => `${pickOf(random, NAMES)} ${random(50)}`
  return canonicalJson({
    action: pickOf(random, AUDIT_ACTIONS.filter((action) => action !== 'audit.prune')),
    actor: { id: random(9) === 0 ? null : `o${random(30)}`, kind: pickOf(random, ['operator', 'token', 'worker', 'console']), name: name() },
    after: random(3) === 0 ? { tags: [name(), random(1e9) / 7] } : null,
    at: new Date(Date.UTC(2026, 0, 1) + number * 61_003),
    before: random(3) === 0 ? { name: name() } : null,
    customer: random(4) === 0 ? null : { id: `c${random(40)}`, name: name() },
    details: { rows: random(1_000), ok: random(2) === 0 },
    intentEntry: number > 1 && random(2) === 0 ? number - 1 : null,
    requestId: random(5) === 0 ? null : `r${number}`,
    result: pickOf(random, ['intent', 'done', 'failed', 'refused']),
    sourceAddress: random(5) === 0 ? null : `203.0.113.${random(250)}`,
    target: { id: random(9) === 0 ? null : `f${random(500)}`, kind: 'firewall', name: name() },
  })
}

/** Writes `count` entries (a whole number of hundreds) into an empty log, and signs them. */
export async function fillLog(random: Random, count: number): Promise<void> {
  const texts = Array.from({ length: count }, (_, at) => entryText(random, at + 1))
  await db().$executeRaw`SELECT audit_append(text) FROM unnest(${texts}::text[]) AS text`
  await checkpointKeeper().keep(new Date(), { all: true })
}

async function all<T>(batches: AsyncIterable<readonly T[]>): Promise<T[]> {
  const things: T[] = []
  for await (const batch of batches) things.push(...batch)
  return things
}

export const wholeLog = (): Promise<{ publicKeyPem: string; entries: ChainEntry[]; checkpoints: Checkpoint[] }> =>
  readChain(async ({ publicKeyPem, entries, checkpoints }) => ({ publicKeyPem, entries: await all(entries), checkpoints: await all(checkpoints) }))
