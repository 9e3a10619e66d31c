import 'server-only'
import { z } from 'zod'
import type { Actor } from '@/lib/auth/actor'
import { authoriseScope } from '@/lib/auth/authorise'
import { findFactPage, type FactList } from '@/lib/db/fact-list-sql'
import { fromCursor, toCursor, totalOf } from '@/lib/lists/cursor'
import type { List } from '@/lib/lists/list'
import { aliasFact, leaseFact, neighbourFact, ruleFact, type AliasFact, type LeaseFact, type NeighbourFact, type RuleFact } from './dto'
import type { ListFactsInput } from './input'
import { questionOf, toItem } from './question'

/** No key is longer than a page of the largest list is read for; PostgreSQL could not index it either. */
const position = z.strictObject({ firewallId: z.uuid(), key: z.string().max(1_500) })
const byFirewall = position.transform((place) => ({ ...place, at: null }))
const byTime = position.extend({ at: z.iso.datetime().transform((text) => new Date(text)) })

/** One page of what stands on the firewalls within the actor's scope. Throws errors of the question that name its field. */
async function listFacts<T extends z.ZodType>(actor: Actor, list: FactList, item: T, input: ListFactsInput): Promise<List<z.output<T>>> {
  const question = questionOf(authoriseScope(actor, 'firewall:read'), list, input)
  const after = question.sort === 'firewall' ? fromCursor(input.cursor, byFirewall) : fromCursor(input.cursor, byTime)
  const { rows, last, counted, truncated } = await findFactPage({ ...question, after, limit: input.limit })
  return {
    items: rows.map((row) => item.parse(toItem(row))),
    nextCursor: last && toCursor({ firewallId: last.firewallId, key: last.key, ...(last.at && { at: last.at.toISOString() }) }),
    ...totalOf(counted),
    ...(truncated && { totalIsAtLeast: true, truncated }),
  }
}

export const listRules = (actor: Actor, input: ListFactsInput): Promise<List<RuleFact>> => listFacts(actor, 'rules', ruleFact, input)
export const listAliases = (actor: Actor, input: ListFactsInput): Promise<List<AliasFact>> => listFacts(actor, 'aliases', aliasFact, input)
export const listNeighbours = (actor: Actor, input: ListFactsInput): Promise<List<NeighbourFact>> => listFacts(actor, 'arp', neighbourFact, input)
export const listLeases = (actor: Actor, input: ListFactsInput): Promise<List<LeaseFact>> => listFacts(actor, 'leases', leaseFact, input)
