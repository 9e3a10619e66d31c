// A process of its own that puts simulated firewalls into an installation as if they were enrolled, with their real credentials:
// for benchmarks with more of them than could go through the form. stdin: a JSON list of what the fleet says of each.
import { text } from 'node:stream/consumers'
import { z } from 'zod'
import { closeDatabase, db } from '@/lib/db/client'
import { toCredential } from '@/lib/firewalls/credential-values'
import { credential } from '@/lib/firewalls/input'
import { sealCredential } from '@/lib/firewalls/vault'
import { family } from '@/lib/adapters/model'

/** The usual method of each family. */
const METHOD = { opnsense: 'key-secret', 'pfsense-v1': 'basic', 'pfsense-v2': 'api-key' } as const
const CUSTOMERS = 40
const BATCH = 200
const fleet = z.array(z.object({ name: z.string(), family, url: z.string(), sha256: z.string(), spkiSha256: z.string(), credentials: z.record(z.string(), z.looseObject({})) })).parse(JSON.parse(await text(process.stdin)))
const now = new Date()
const far = new Date(now.getTime() + 86_400_000)
// Days ahead unless told how many seconds the first visits are spread over.
const spreadSeconds = Number(process.argv[2] ?? '0')
const firstVisit = () => (spreadSeconds > 0 ? new Date(Date.now() + Math.random() * spreadSeconds * 1000) : far)
const customers = await Promise.all(Array.from({ length: CUSTOMERS }, (_, at) => db().customer.create({ data: { name: `Customer ${String(at).padStart(2, '0')} of ${fleet[0]?.name ?? ''}` } })))

for (let first = 0; first < fleet.length; first += BATCH) {
  const rows = await Promise.all(
    fleet.slice(first, first + BATCH).map(async ({ name, family: kind, url, sha256, spkiSha256, credentials }, at) => {
      const id = crypto.randomUUID()
      const method = METHOD[kind]
      const sealed = await sealCredential(toCredential(credential.parse({ ...credentials[method], method })), id, url)
      const firewall = { id, customerId: customers[(first + at) % CUSTOMERS]?.id ?? '', name, family: kind, origin: url, trustMode: 'pin', pinSha256: sha256, pinSpkiSha256: spkiSha256, trustConfirmedAt: now }
      return { firewall, credential: { firewallId: id, method, credentialSealed: sealed, storedAt: now } }
    }),
  )
  await db().firewall.createMany({ data: rows.map(({ firewall }) => firewall) })
  await db().firewallCredential.createMany({ data: rows.map((row) => row.credential) })
  await db().firewallVisit.createMany({ data: rows.map(({ firewall }) => ({ firewallId: firewall.id, dueAt: firstVisit(), checkDueAt: far, backupDueAt: far })) })
}
await closeDatabase()
process.exit(0)
