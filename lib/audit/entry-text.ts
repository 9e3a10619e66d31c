import 'server-only'
import type { ChainEntry } from '@/lib/db/audit-chain'

type Members = Readonly<Record<string, unknown>>
const members = (value: unknown): Members | null => (typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null)
const NONE: Members = {}

function parsed(canonical: string): Members | null {
  try {
    return members(JSON.parse(canonical))
  } catch {
    return null
  }
}

/** The searchable columns and what the text says for each, as audit_append() takes them out of it. */
function columnsOf(said: Members, actor: Members, target: Members, customer: Members): [Exclude<keyof ChainEntry, 'entry' | 'canonical' | 'previousHash' | 'hash'>, unknown][] {
  return [
    ['at', said.at],
    ['actorKind', actor.kind],
    ['actorId', actor.id],
    ['actorName', actor.name],
    ['sourceAddress', said.sourceAddress],
    ['requestId', said.requestId],
    ['action', said.action],
    ['targetKind', target.kind],
    ['targetId', target.id],
    ['targetName', target.name],
    ['customerId', customer.id],
    ['customerName', customer.name],
    ['result', said.result],
    ['intentEntry', said.intentEntry],
  ]
}

/** The first column of a row that does not say, to the byte, what its text says; `canonical` when that is no entry. */
export function columnThatDiffers(row: ChainEntry): keyof ChainEntry | null {
  const said = parsed(row.canonical)
  const [actor, target, customer] = [members(said?.actor), members(said?.target), members(said?.customer)]
  if (!said || !actor || !target || (!customer && said.customer !== null)) return 'canonical'
  return columnsOf(said, actor, target, customer ?? NONE).find(([column, value]) => row[column] !== (value ?? null))?.[0] ?? null
}

/** Whether a row is the entry of the removal that ended at this place. */
export function removalIn(row: ChainEntry, removed: { entry: number; hash: string }): boolean {
  if (row.action !== 'audit.prune' || row.result !== 'done') return false
  const details = members(parsed(row.canonical)?.details)
  return details?.upTo === removed.entry && details.hash === removed.hash
}
