// A year of backups of some firewalls through the code that stores them, in a process of its own, with simulated dates.
// node --conditions=react-server --import tsx lib/testing/backup-load.ts DAYS FIREWALL:BYTES…
import { prepareContent } from '@/lib/backups/prepare'
import { storeBackup } from '@/lib/backups/store'
import { closeDatabase, db } from '@/lib/db/client'
import { editForADay, newConfiguration, numbersOf, toXml } from './simulated-configuration'

const DAY_MS = 86_400_000
/** Of a hundred days, on so many somebody changes something. */
const CHANGED_DAYS = 40

type Stored = { firewallId: string; bytes: number; changes: number; prepareMs: number[]; storeMs: number[] }

async function aYear(firewallId: string, bytes: number, days: number, from: Date): Promise<Stored> {
  const next = numbersOf(`${bytes} of a simulated firewall`)
  let configuration = newConfiguration(next, bytes)
  const stored: Stored = { firewallId, bytes: toXml(configuration).length, changes: 0, prepareMs: [], storeMs: [] }
  for (let day = 0; day < days; day += 1) {
    const takenAt = new Date(from.getTime() + day * DAY_MS)
    const isChanged = day === 0 || next(100) < CHANGED_DAYS
    if (!isChanged) {
      // What a probe that finds nothing new does.
      const newest = await db().backup.findFirstOrThrow({ where: { firewallId }, orderBy: { takenAt: 'desc' }, select: { id: true } })
      await db().backup.update({ where: { id: newest.id }, data: { seenAt: takenAt } })
      continue
    }
    configuration = editForADay(next, configuration)
    const began = performance.now()
    const prepared = await prepareContent(firewallId, toXml(configuration), { family: 'opnsense', format: 'xml', signal: AbortSignal.timeout(120_000) })
    if (prepared.parseError !== null) throw new Error(prepared.parseError)
    const between = performance.now()
    await db().$transaction((tx) => storeBackup(tx, firewallId, prepared, { takenAt, reason: 'daily', actor: { kind: 'worker', id: null, name: 'worker' }, revision: String(configuration.revision), revisedAt: takenAt, revisedBy: 'root@192.0.2.1', revisionNote: 'made changes', version: '26.7.1' }), { timeout: 60_000 })
    stored.changes += 1
    stored.prepareMs.push(between - began)
    stored.storeMs.push(performance.now() - between)
  }
  return stored
}

const [days = '1', ...firewalls] = process.argv.slice(2)
const from = new Date(Date.now() - Number(days) * DAY_MS)
const result = await Promise.all(
  firewalls.map((each) => {
    const [id = '', bytes = '0'] = each.split(':')
    return aYear(id, Number(bytes), Number(days), from)
  }),
)
process.stdout.write(`${JSON.stringify(result)}\n`)
await closeDatabase()
process.exit(0)
