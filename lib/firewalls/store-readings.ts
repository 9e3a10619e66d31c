import 'server-only'
import { createHash } from 'node:crypto'
import { onFirewall, settleReadings, type FactsTransaction, type ReadingProblem, type ReadingToStore, type StoredReading, type WrittenFact, type WrittenReading } from '@/lib/db/facts-sql'
import { difference, type Step } from '@/lib/facts/difference'
import { coverageOf, PARTIAL_MS_MAX, type Coverage } from '@/lib/facts/gaps'
import type { FactKind } from '@/lib/facts/kinds'
import { factsOfObserved, type KindFacts, type Observed } from '@/lib/facts/observed'
import { told } from '@/lib/facts/told'

type Prepared = ReadingToStore & { set: KindFacts | null }
type Compared = Prepared & { before: StoredReading | null; coverage: Coverage }
type Placed = Step & { kind: FactKind; at: Date }

function prepare(observed: Observed): Prepared {
  const { kind, reading, observedAt } = observed
  // The maps write their fields in one order, so the same reading is the same text. They clean every text of the firewall,
  // so there is no U+0000, for which jsonb has no place.
  const body = JSON.stringify(reading)
  const digest = createHash('sha256').update(body).digest('hex')
  const set = factsOfObserved(observed)
  return { kind, observedAt, digest, factsDigest: set?.digest ?? null, itemCount: 'items' in reading ? reading.items.length : null, body, set }
}

/**
 * Stores what was read from a firewall, at most one reading of each kind. Where the facts are the stored ones, only the time
 * moves, in one statement; else readings, facts and changes are written in one transaction, in at most seven more
 * statements. Kinds that could not be read keep what they have, with the problem beside it. Nothing is stored that is older than
 * what is there, nor for a firewall that was removed meanwhile.
 */
export async function storeReadings(firewallId: string, observed: readonly Observed[], problems: readonly ReadingProblem[] = []): Promise<void> {
  const all = observed.map(prepare)
  const settled = await settleReadings(firewallId, all, problems, PARTIAL_MS_MAX / 1000)
  const rest = all.filter(({ kind }) => !settled.has(kind))
  if (rest.length > 0) await onFirewall(firewallId, (transaction) => write(transaction, rest))
}

async function write(transaction: FactsTransaction, readings: readonly Prepared[]): Promise<void> {
  const stored = await transaction.readings(readings.map(({ kind }) => kind))
  // A visit that was overtaken, because its machine stood still, knows nothing new.
  const newer = readings.filter(({ kind, observedAt }) => !stored.some((before) => before.kind === kind && before.observedAt > observedAt))
  if (newer.length === 0) return
  const compared = newer.map((reading) => compare(reading, stored))
  const steps = await stepsOf(transaction, compared.filter(hasNews))
  const written = compared.map(({ set, before, coverage, ...reading }) => {
    if (set === null) return { ...reading, gaps: [], partialAt: null }
    return coverage.isWhole ? { ...reading, gaps: set.gaps, partialAt: null } : { ...reading, gaps: before?.gaps ?? [], partialAt: before?.partialAt ?? reading.observedAt }
  })
  await writeAll(transaction, written, steps)
}

function compare(reading: Prepared, stored: readonly StoredReading[]): Compared {
  const found = stored.find(({ kind }) => kind === reading.kind)
  // A reading of a version that knew no facts is none yet.
  const before = found && found.factsDigest !== null ? found : null
  return { ...reading, before, coverage: coverageOf(reading.set?.gaps ?? [], before, reading.observedAt) }
}

/** Equal facts are compared all the same when a part has been missing for so long that what it hid goes. */
const hasNews = ({ set, factsDigest, before, coverage }: Compared): boolean => set !== null && (factsDigest !== before?.factsDigest || (before.partialAt !== null && coverage.isWhole))

async function stepsOf(transaction: FactsTransaction, compared: readonly Compared[]): Promise<Placed[]> {
  const sets = compared.flatMap(({ set, coverage, observedAt }) => (set ? [{ set, coverage, observedAt }] : []))
  if (sets.length === 0) return []
  const stored = await transaction.facts(sets.map(({ set }) => set.kind))
  return sets.flatMap(({ set: { kind, facts }, coverage, observedAt: at }) => {
    const before = stored.filter((fact) => fact.kind === kind)
    return difference(facts, before, coverage).map((step) => ({ ...step, kind, at }))
  })
}

async function writeAll(transaction: FactsTransaction, readings: readonly WrittenReading[], steps: readonly Placed[]): Promise<void> {
  const news = steps.filter(({ isTold }) => isTold)
  const known = news.filter(({ what }) => what !== 'new')
  const bodies = known.length === 0 ? [] : await transaction.bodies(known)
  const before = new Map(bodies.map(({ kind, key, body }) => [`${kind} ${key}`, body]))
  const facts = steps.map(({ kind, key, what, at, fact }): WrittenFact => ({ kind, key, what, at, body: fact?.body ?? null, digest: fact?.digest ?? null }))
  const changes = news.map(({ kind, key, what, at, fact }) => ({ kind, key, what, at, ...told(before.get(`${kind} ${key}`) ?? null, fact?.body ?? null) }))
  await transaction.write(readings, facts, changes)
}
