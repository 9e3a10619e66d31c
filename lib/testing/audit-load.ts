// A process of its own that loads the audit log, for the benchmark of it. It prints milliseconds as JSON.
// node --conditions=react-server --import tsx lib/testing/audit-load.ts write NAME PER_SECOND SECONDS BEGIN_MS
// node --conditions=react-server --import tsx lib/testing/audit-load.ts search ROUNDS
import { setTimeout as delay } from 'node:timers/promises'
import { listAuditInput } from '@/lib/audit/dto'
import { listAudit } from '@/lib/audit/list'
import { consoleActor } from '@/lib/auth/actor'
import { createCustomer } from '@/lib/customers/create'
import { closeDatabase, db } from '@/lib/db/client'

const actor = consoleActor()

/** Opens the connections and lets the engine compile what is run often, so that a cold start is not measured. */
const WARM_UPS = 1_000
const WARM_UPS_AT_ONCE = 5

async function write(name: string, perSecond: number, seconds: number, beginMs: number): Promise<unknown> {
  const create = (label: string) => createCustomer(actor, { name: label }, { actorId: 'console', route: 'createCustomer', idempotencyKey: null, body: {} })
  for (let done = 0; done < WARM_UPS; done += WARM_UPS_AT_ONCE) await Promise.all(Array.from({ length: WARM_UPS_AT_ONCE }, (_, at) => create(`${name} warm ${done + at}`)))
  await delay(Math.max(0, beginMs - Date.now()))
  const begun = performance.now()
  let failed = 0
  const waiting: Promise<number>[] = []
  // Open loop: each write has its moment, whether or not those before it have ended, and is measured from that moment.
  for (let number = 0; number < perSecond * seconds; number++) {
    const dueMs = begun + (number * 1000) / perSecond
    if (dueMs > performance.now()) await delay(dueMs - performance.now())
    const written = create(`${name} ${number}`).catch(() => (failed += 1))
    waiting.push(written.then(() => performance.now() - dueMs))
  }
  const latencies = await Promise.all(waiting)
  return { latencies, failed, seconds: (performance.now() - begun) / 1000 }
}

/** What a page can ask for: each condition alone, what is frequent, what is rare and what is not there at all. */
async function queries(): Promise<Record<string, Record<string, unknown>>> {
  const some = await db().auditEntry.findFirstOrThrow({ where: { customerId: { not: null }, targetKind: 'firewall' }, orderBy: { entry: 'asc' }, skip: 5_000 })
  const [first, last] = [await db().auditEntry.findFirstOrThrow({ orderBy: { entry: 'asc' } }), await db().auditEntry.findFirstOrThrow({ orderBy: { entry: 'desc' } })]
  const part = (share: number) => new Date(first.at.getTime() + (last.at.getTime() - first.at.getTime()) * share).toISOString()
  return {
    everything: {},
    'one firewall': { firewallId: some.targetId },
    'one customer': { customerId: some.customerId },
    'frequent action': { action: 'firewall.' },
    'rare action': { action: 'session.' },
    'frequent result': { result: 'done' },
    'rare result': { result: 'refused' },
    'first third': { to: part(0.33) },
    'middle third': { from: part(0.33), to: part(0.66) },
    'last hundredth': { from: part(0.99) },
    'frequent text': { search: 'operator' },
    'rare text': { search: 'fw-0042' },
    'absent text': { search: 'nowhere-to-be-found' },
    'two letters': { search: 'zq' },
    'source address': { search: '203.0.113.7' },
    'request id': { search: some.requestId },
    'absent actor': { actor: 'nobody at all' },
    'rare actor': { actor: 'operator 17' },
    'rare in one customer': { customerId: some.customerId, result: 'refused', search: 'fw-0042' },
  }
}

async function search(rounds: number): Promise<unknown> {
  const asked = await queries()
  const found: Record<string, { latencies: number[]; total: number }> = {}
  for (let round = -1; round < rounds; round++) {
    for (const [name, query] of Object.entries(asked)) {
      const startedMs = performance.now()
      const { total } = await listAudit(actor, listAuditInput.parse(query))
      const { latencies } = (found[name] ??= { latencies: [], total })
      if (round >= 0) latencies.push(performance.now() - startedMs)
    }
  }
  return found
}

const [mode, ...args] = process.argv.slice(2)
const numbers = args.map(Number)
const answer = mode === 'search' ? await search(numbers[0] ?? 10) : await write(args[0] ?? '', numbers[1] ?? 100, numbers[2] ?? 20, numbers[3] ?? 0)
process.stdout.write(JSON.stringify(answer))
await closeDatabase()
process.exit(0)
