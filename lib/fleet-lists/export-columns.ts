import type { FactList } from '@/lib/db/fact-list-sql'
import { fieldsOf } from '@/lib/query-language/fields'

export type ExportColumn = { head: string; cell: (item: Record<string, unknown>) => unknown }

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
/** What stands at a path; a list of texts as lines, so that it is one cell. */
function at(item: unknown, path: readonly string[]): unknown {
  const found = path.reduce<unknown>((inner, name) => (isRecord(inner) ? inner[name] : undefined), item)
  return Array.isArray(found) ? found.join('\n') : found
}
const column = (name: string): ExportColumn => ({ head: name, cell: (item) => at(item, name.split('__')) })

/** Where it is, then the item's own fields by the names of the query language, then since when. */
const columnsOf = (list: FactList): readonly ExportColumn[] => [
  ...['firewall__name', 'customer__name', 'site__name'].map(column),
  ...fieldsOf(list).flatMap(({ name, at: where }) => ('path' in where ? [column(name)] : [])),
  ...['firstSeenAt', 'changedAt', 'goneAt', 'observedAt', 'firewall__id'].map(column),
]

export const EXPORT_COLUMNS: Record<FactList, readonly ExportColumn[]> = { rules: columnsOf('rules'), aliases: columnsOf('aliases'), arp: columnsOf('arp'), leases: columnsOf('leases') }
