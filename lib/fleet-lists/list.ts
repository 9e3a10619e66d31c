import 'server-only'
import { z } from 'zod'
import type { Actor } from '@/lib/auth/actor'
import { authoriseScope } from '@/lib/auth/authorise'
import { findFactPage, type FactList, type FactRow } from '@/lib/db/fact-list-sql'
import { fromCursor, toCursor, totalOf } from '@/lib/lists/cursor'
import type { List } from '@/lib/lists/list'
import { parseConditions } from '@/lib/query-language/parse'
import { regexTest } from '@/lib/query-language/regex'
import { aliasFact, leaseFact, neighbourFact, ruleFact, type AliasFact, type LeaseFact, type NeighbourFact, type RuleFact } from './dto'
import type { ListFactsInput } from './input'

/** No key is longer than a page of the largest list is read for; PostgreSQL could not index it either. */
const position = z.strictObject({ firewallId: z.uuid(), key: z.string().max(1_500) })
const stored = z.record(z.string(), z.unknown())

const toItem = ({ body, firstSeenAt, changedAt, observedAt, firewall, customer, site }: FactRow) => ({
  ...stored.parse(body),
  firewall,
  customer,
  site,
  firstSeenAt: firstSeenAt.toISOString(),
  changedAt: changedAt.toISOString(),
  observedAt: observedAt?.toISOString() ?? null,
})

/** One page of what stands on the firewalls within the actor's scope. Throws errors of the question that name its field. */
async function listFacts<T extends z.ZodType>(actor: Actor, list: FactList, item: T, { where, sort, limit, cursor }: ListFactsInput): Promise<List<z.output<T>>> {
  const { customerIds } = authoriseScope(actor, 'firewall:read')
  const conditions = parseConditions(list, where)
  const { rows, more, counted, truncated } = await findFactPage({ list, conditions, regex: regexTest(conditions), customerIds, descending: sort === '-firewall', after: fromCursor(cursor, position), limit })
  const last = more ? rows.at(-1) : undefined
  return {
    items: rows.map((row) => item.parse(toItem(row))),
    nextCursor: last ? toCursor({ firewallId: last.firewall.id, key: last.key }) : null,
    ...totalOf(counted),
    ...(truncated && { totalIsAtLeast: true, truncated }),
  }
}

export const listRules = (actor: Actor, input: ListFactsInput): Promise<List<RuleFact>> => listFacts(actor, 'rules', ruleFact, input)
export const listAliases = (actor: Actor, input: ListFactsInput): Promise<List<AliasFact>> => listFacts(actor, 'aliases', aliasFact, input)
export const listNeighbours = (actor: Actor, input: ListFactsInput): Promise<List<NeighbourFact>> => listFacts(actor, 'arp', neighbourFact, input)
export const listLeases = (actor: Actor, input: ListFactsInput): Promise<List<LeaseFact>> => listFacts(actor, 'leases', leaseFact, input)
