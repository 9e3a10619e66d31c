// A process of its own that puts a fleet with really sealed credentials into a running installation, for deep runs.
// node --conditions=react-server --import tsx lib/testing/sealed-fleet.ts COUNT
import { randomBytes } from 'node:crypto'
import { Secret } from '@/lib/core/secret'
import { closeDatabase, db } from '@/lib/db/client'
import { sealCredential } from '@/lib/firewalls/vault'

const KINDS = ['status', 'rules', 'arp', 'leases']
const READING_BYTES = 20_000
const BATCH = 50

const count = Number(process.argv[2] ?? '1')
const now = new Date()
const customers = await Promise.all(['Orchard Legal', 'Mistral Foods'].map((name) => db().customer.create({ data: { name } })))

for (let first = 0; first < count; first += BATCH) {
  const rows = Array.from({ length: Math.min(BATCH, count - first) }, (_, at) => {
    const number = first + at + 1
    // Nothing listens there: the worker's visits end at once and are writes beside the backup.
    return { id: crypto.randomUUID(), customerId: customers[number % 2]?.id ?? '', name: `edge-${number}`, family: 'opnsense', origin: `https://127.0.0.1:${number}`, trustMode: 'pin', pinSha256: 'a'.repeat(64), trustConfirmedAt: now }
  })
  const credentials = await Promise.all(
    rows.map(async ({ id, origin }) => {
      const credential = { method: 'key-secret', key: new Secret(randomBytes(40).toString('base64')), secret: new Secret(randomBytes(40).toString('base64')) } as const
      return { firewallId: id, method: 'key-secret', credentialSealed: await sealCredential(credential, id, origin), storedAt: now }
    }),
  )
  await db().firewall.createMany({ data: rows })
  await db().firewallCredential.createMany({ data: credentials })
  await db().firewallVisit.createMany({ data: rows.map(({ id }) => ({ firewallId: id, dueAt: now })) })
  await db().reading.createMany({ data: rows.flatMap(({ id }) => KINDS.map((kind) => ({ firewallId: id, kind, observedAt: now, digest: 'd', body: { text: randomBytes(READING_BYTES / 2).toString('hex') } }))) })
}
await closeDatabase()
process.exit(0)
