import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { authoriseScope } from '@/lib/auth/authorise'
import { CSV_BOM, csvRows } from '@/lib/audit/csv'
import { recordAlone } from '@/lib/audit/record'
import { streamOf } from '@/lib/audit/stream'
import { findFactPlaces, findFactRows, type FactList, type FactPlace, type FactQuestion } from '@/lib/db/fact-list-sql'
import { Download } from '@/lib/lists/download'
import { EXPORT_COLUMNS } from './export-columns'
import { EXPORT_ROWS_MAX, type ExportFactsInput } from './input'
import { questionOf, toItem } from './question'

const PAGE_ROWS = 1_000

/** A thousand rows at a time, so that an export of any length passes through little memory. */
async function* asCsv(question: Pick<FactQuestion, 'list' | 'sort' | 'descending'>, places: readonly FactPlace[]): AsyncGenerator<string> {
  const columns = EXPORT_COLUMNS[question.list]
  yield CSV_BOM + csvRows([columns.map(({ head }) => head)])
  for (let from = 0; from < places.length; from += PAGE_ROWS) {
    const rows = await findFactRows(question, places.slice(from, from + PAGE_ROWS))
    yield csvRows(rows.map(toItem).map((item) => columns.map(({ cell }) => cell(item))))
  }
}

/**
 * What matches as a CSV file, up to 50,000 rows in the order asked for. The export is itself an audit entry, written before
 * the first byte leaves. Throws errors of the question that name its field.
 */
async function exportFacts(actor: Actor, list: FactList, input: ExportFactsInput): Promise<Download> {
  const question = questionOf(authoriseScope(actor, 'firewall:read'), list, input)
  const { places, truncated } = await findFactPlaces({ ...question, after: null, limit: EXPORT_ROWS_MAX })
  await recordAlone(actor, { action: 'list.export', target: { kind: 'list', id: null, name: list }, details: { where: input.where, gone: input.gone, rows: places.length, truncated } })
  return new Download(streamOf(asCsv(question, places)), 'text/csv; charset=utf-8', `palisade-${list}-${new Date().toISOString().slice(0, 10)}.csv`)
}

export const exportRules = (actor: Actor, input: ExportFactsInput): Promise<Download> => exportFacts(actor, 'rules', input)
export const exportAliases = (actor: Actor, input: ExportFactsInput): Promise<Download> => exportFacts(actor, 'aliases', input)
export const exportNeighbours = (actor: Actor, input: ExportFactsInput): Promise<Download> => exportFacts(actor, 'arp', input)
export const exportLeases = (actor: Actor, input: ExportFactsInput): Promise<Download> => exportFacts(actor, 'leases', input)
