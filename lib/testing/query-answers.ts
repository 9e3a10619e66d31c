// Asks a list the way its route does, page after page.
import type { Actor } from '@/lib/auth/actor'
import { listFirewalls } from '@/lib/firewalls/list'
import { listFirewallsInput } from '@/lib/firewalls/input'
import { listFactsInput } from '@/lib/fleet-lists/input'
import { listAliases, listLeases, listNeighbours, listRules } from '@/lib/fleet-lists/list'
import type { ListName } from '@/lib/query-language/fields'
import type { Asked } from './query-evaluator'
import { idOf } from './query-world'

type Sent = { where: readonly Asked[]; limit: number; cursor: string | undefined; descending: boolean }
type Page = { items: Record<string, unknown>[]; nextCursor: string | null; total: number; totalIsAtLeast?: boolean | undefined; truncated?: boolean | undefined }
const FACTS = { rules: listRules, aliases: listAliases, arp: listNeighbours, leases: listLeases } as const

export function askPage(actor: Actor, list: ListName, { where, limit, cursor, descending }: Sent): Promise<Page> {
  const plain = { where: where.map(([name, value]) => [name, value]), limit, ...(cursor !== undefined && { cursor }) }
  if (list === 'firewalls') return listFirewalls(actor, listFirewallsInput.parse({ ...plain, sort: descending ? '-name' : 'name' }))
  return FACTS[list](actor, listFactsInput.parse({ ...plain, sort: descending ? '-firewall' : 'firewall' }))
}

/** All rows of an answer, as `idOf` names them, in the order they came in. */
export async function askAll(actor: Actor, list: ListName, where: readonly Asked[], limit = 500, descending = false): Promise<{ ids: string[]; total: number; truncated: boolean }> {
  const ids: string[] = []
  let cursor: string | undefined
  for (;;) {
    const page = await askPage(actor, list, { where, limit, cursor, descending })
    ids.push(...page.items.map((item) => idOf(list, item)))
    if (page.nextCursor === null) return { ids, total: page.total, truncated: page.truncated === true }
    cursor = page.nextCursor
  }
}
