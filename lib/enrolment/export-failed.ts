import 'server-only'
import { CSV_BOM, csvRows } from '@/lib/audit/csv'
import { recordAlone } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { authoriseScope } from '@/lib/auth/authorise'
import { db } from '@/lib/db/client'
import { Download } from '@/lib/lists/download'
import { FILE_COLUMNS, type FileColumn } from './input'
import { ownFile, rowsInScope } from './own-file'
import { FOR_A_PERSON } from './states'
import { storedRow } from './stored-row'

const EXAMPLE: Partial<Record<FileColumn, string>> = { name: 'edge-1', customer: 'Example customer', site: 'Head office', url: 'https://192.0.2.1', key: 'the key', secret: 'the secret', tags: 'edge', time_zone: 'Europe/Berlin' }
const HEAD = FILE_COLUMNS.map(({ name }) => name)
const csv = (rows: readonly (readonly unknown[])[], fileName: string) => new Download(CSV_BOM + csvRows(rows), 'text/csv; charset=utf-8', fileName)

/** The first line of a file, and one line as an example. */
export function downloadTemplate(actor: Actor): Promise<Download> {
  authoriseScope(actor, 'firewall:manage')
  return Promise.resolve(csv([HEAD, HEAD.map((name) => EXAMPLE[name] ?? '')], 'palisade-firewalls.csv'))
}

/** Lines that are not enrolled, with why, as a file that can be completed and taken again. Credentials are not in it. */
export async function downloadFailed(actor: Actor, { id }: { id: string }): Promise<Download> {
  const scope = authoriseScope(actor, 'firewall:manage')
  const file = await ownFile(scope, id)
  const rows = await db().enrolmentRow.findMany({ where: { ...rowsInScope(scope, id), state: { in: [...FOR_A_PERSON] } }, include: { customer: { select: { name: true } } }, orderBy: { line: 'asc' } })
  await recordAlone(actor, { action: 'enrolment.export', target: { kind: 'enrolment', id, name: file.fileName }, details: { rows: rows.length } })
  const lines = rows.map((row) => {
    const input = storedRow.parse(row.input)
    const values: Partial<Record<FileColumn, string | null>> = { name: input.name, customer: row.customer.name, site: input.siteName, family: input.family, url: input.origin, method: input.method, trust: input.publicCa ? 'public-ca' : '', sha256: input.pin, tags: input.tags.join(' '), time_zone: input.timeZone, ha_peer: input.haPeer }
    return [...HEAD.map((name) => values[name] ?? ''), `${row.message ?? ''} ${row.nextStep ?? ''}`.trim()]
  })
  return csv([[...HEAD, 'why'], ...lines], `palisade-not-enrolled-${new Date().toISOString().slice(0, 10)}.csv`)
}
