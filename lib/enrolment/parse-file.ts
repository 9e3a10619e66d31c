import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { authoriseScope, type Scope } from '@/lib/auth/authorise'
import { AppError } from '@/lib/core/errors'
import { db } from '@/lib/db/client'
import type { FilePreview, FileProblem } from './dto'
import { linesOfFile } from './file-lines'
import { textOfFile } from './file-text'
import { FILE_BYTES_MAX, type FileColumn } from './input'
import { rowOfLine, type FileRow, type KnownCustomer } from './row-of-line'

export type ParsedFile = Pick<FilePreview, 'separator' | 'encoding'> & { rowCount: number; rows: FileRow[]; problems: FileProblem[] }

/** Bytes of a file that came as Base64. Throws invalid-input or payload-too-large. */
function bytesOf(fileBase64: string): Buffer {
  const message = 'This is not Base64.'
  if (!/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(fileBase64)) throw new AppError('invalid-input', message, { issues: [{ field: 'fileBase64', message }] })
  const bytes = Buffer.from(fileBase64, 'base64')
  if (bytes.length > FILE_BYTES_MAX) throw new AppError('payload-too-large', 'The file is larger than 2 MiB.', { nextStep: 'Divide it.' })
  return bytes
}

/** Customers whose firewalls may be managed, with their sites. */
async function knownCustomers({ customerIds }: Scope<'firewall:manage'>): Promise<KnownCustomer[]> {
  return db().customer.findMany({
    where: customerIds === 'all' ? {} : { id: { in: [...customerIds] } },
    select: { id: true, name: true, sites: { select: { id: true, name: true, timeZone: true } } },
  })
}

const keyOf = (row: FileRow, name = row.input.name) => `${row.customer.id} ${name}`

/** What only shows when all lines are seen: the same name or address twice, and pairs that do not fit. `complete`: every line is a row. */
function problemsBetween(rows: readonly FileRow[], inInstallation: ReadonlySet<string>, complete: boolean): FileProblem[] {
  const problems: FileProblem[] = []
  const add = (line: number, column: FileColumn, message: string) => problems.push({ line, column, message })
  const names = new Map<string, number>()
  const origins = new Map<string, number>()
  const peers = new Map<string, number>()
  for (const row of rows) names.set(keyOf(row), names.get(keyOf(row)) ?? row.line)
  for (const row of rows) {
    const { line, input } = row
    const first = names.get(keyOf(row))
    if (first !== undefined && first !== line) add(line, 'name', `Line ${first} has the same name for the same customer. Choose another.`)
    const sameOrigin = origins.get(input.origin)
    if (sameOrigin === undefined) origins.set(input.origin, line)
    else add(line, 'url', `Line ${sameOrigin} has the same address. Correct one, or leave one out.`)
    if (input.haPeer === null) continue
    const peer = keyOf(row, input.haPeer)
    const samePeer = peers.get(peer)
    peers.set(peer, samePeer ?? line)
    if (peer === keyOf(row)) add(line, 'ha_peer', 'A firewall cannot be its own peer.')
    else if (complete && !names.has(peer) && !inInstallation.has(peer)) add(line, 'ha_peer', `${row.customer.name} has no firewall ${input.haPeer}, neither here nor in this file.`)
    else if (samePeer !== undefined) add(line, 'ha_peer', `Line ${samePeer} names the same peer. A pair has two members.`)
  }
  return problems
}

async function namesOf(rows: readonly FileRow[]): Promise<Set<string>> {
  const wanted = rows.filter(({ input }) => input.haPeer !== null)
  if (wanted.length === 0) return new Set()
  const found = await db().firewall.findMany({ where: { customerId: { in: [...new Set(wanted.map(({ customer }) => customer.id))] }, name: { in: wanted.map(({ input }) => input.haPeer ?? '') } }, select: { customerId: true, name: true } })
  return new Set(found.map(({ customerId, name }) => `${customerId} ${name}`))
}

/** Reads the whole file, so that nothing is begun with half of it. Its problems are in the order of the lines. */
export async function parseFile(actor: Actor, fileBase64: string): Promise<ParsedFile> {
  const customers = await knownCustomers(authoriseScope(actor, 'firewall:manage'))
  const decoded = textOfFile(bytesOf(fileBase64))
  if (!decoded) return { separator: 'comma', encoding: 'UTF-8', rowCount: 0, rows: [], problems: [{ line: 1, column: null, message: 'This is not a text file. Save the sheet as CSV and take that file.' }] }
  const { separator, lines, problems } = linesOfFile(decoded.text)
  const read = lines.map((line) => rowOfLine(line, customers))
  const rows = read.flatMap((one) => ('row' in one ? [one.row] : []))
  const all = [...problems, ...read.flatMap((one) => ('problems' in one ? one.problems : [])), ...problemsBetween(rows, await namesOf(rows), rows.length === lines.length)]
  return { separator, encoding: decoded.encoding, rowCount: lines.length, rows, problems: all.sort((one, other) => one.line - other.line) }
}
