// A process of its own that reads one list N times at once, for tests of limits over processes.
// node --conditions=react-server --import tsx lib/testing/fresh-reads.ts FIREWALL OPERATOR COUNT
import { closeDatabase, db } from '@/lib/db/client'
import { AppError } from '@/lib/core/errors'
import { readReading } from '@/lib/firewalls/read-reading'
import type { Actor } from '@/lib/auth/actor'

const [firewallId = '', operatorId = '', count = '1'] = process.argv.slice(2)
const operator = await db().operator.findUniqueOrThrow({ where: { id: operatorId } })
const actor: Actor = { kind: 'operator', id: operator.id, name: operator.name, email: operator.email, sessionId: '', grants: [{ role: 'owner', customerId: null }], source: { address: null, requestId: crypto.randomUUID(), userAgent: null }, proof: { method: 'password', at: new Date(), owes: null } }
const answers = await Promise.all(
  Array.from({ length: Number(count) }, () =>
    readReading(actor, 'arp', { id: firewallId, fresh: true }, AbortSignal.timeout(60_000)).then(
      () => 'ok',
      (error: unknown) => (error instanceof AppError ? error.code : String(error)),
    ),
  ),
)
process.stdout.write(`${JSON.stringify(answers)}\n`)
await closeDatabase()
process.exit(0)
