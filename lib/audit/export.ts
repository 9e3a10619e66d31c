import 'server-only'
import type { z } from 'zod'
import type { Actor } from '@/lib/auth/actor'
import { authoriseScope } from '@/lib/auth/authorise'
import { db } from '@/lib/db/client'
import { Download } from '@/lib/lists/download'
import { CSV_BOM, csvRows } from './csv'
import type { AuditEntryDto, exportAuditInput } from './dto'
import { chainToExport } from './export-chain'
import { auditWhere, toEntry } from './list'
import { recordAlone } from './record'
import { streamOf } from './stream'

const PAGE_ROWS = 2_000
const HEAD = ['entry', 'at', 'actor kind', 'actor', 'source address', 'request', 'action', 'target kind', 'target', 'customer', 'result', 'intent entry', 'details', 'before', 'after', 'hash']
const cells = (entry: AuditEntryDto) => [entry.entry, entry.at, entry.actor.kind, entry.actor.name, entry.sourceAddress, entry.requestId, entry.action, entry.target.kind, entry.target.name, entry.customer?.name, entry.result, entry.intentEntry, entry.details, entry.before, entry.after, entry.hash]

/** Pages of matching entries, oldest first, so that a log of any length passes through little memory. */
async function* pages(where: ReturnType<typeof auditWhere>, upTo: bigint): AsyncGenerator<AuditEntryDto[]> {
  for (let after = 0n; ; ) {
    const rows = await db().auditEntry.findMany({ where: { AND: [where, { entry: { gt: after, lte: upTo } }] }, orderBy: { entry: 'asc' }, take: PAGE_ROWS })
    const last = rows.at(-1)
    if (!last) return
    yield rows.map(toEntry)
    after = last.entry
  }
}

async function* asCsv(entries: AsyncGenerator<AuditEntryDto[]>): AsyncGenerator<string> {
  yield CSV_BOM + csvRows([HEAD])
  for await (const page of entries) yield csvRows(page.map(cells))
}

async function* asJson(entries: AsyncGenerator<AuditEntryDto[]>): AsyncGenerator<string> {
  yield '['
  let separator = '\n'
  for await (const page of entries) {
    for (const entry of page) {
      yield separator + JSON.stringify(entry)
      separator = ',\n'
    }
  }
  yield '\n]\n'
}

/** The filtered log as a file. The export is itself an entry, written before the first byte leaves; it is not in the file. */
export async function exportAudit(actor: Actor, { format, ...filter }: z.output<typeof exportAuditInput>): Promise<Download> {
  const { customerIds } = authoriseScope(actor, 'audit:read')
  const chain = format === 'chain' ? await chainToExport(actor, filter) : null
  const entry = await recordAlone(actor, { action: 'audit.export', target: { kind: 'audit', id: null, name: 'audit log' }, details: { format, filter } })
  const day = new Date().toISOString().slice(0, 10)
  if (chain) return new Download(streamOf(chain(entry - 1n)), 'application/jsonl; charset=utf-8', `palisade-audit-chain-${day}.jsonl`)
  const entries = pages(auditWhere(customerIds, filter), entry - 1n)
  return format === 'csv' ? new Download(streamOf(asCsv(entries)), 'text/csv; charset=utf-8', `palisade-audit-${day}.csv`) : new Download(streamOf(asJson(entries)), 'application/json', `palisade-audit-${day}.json`)
}
