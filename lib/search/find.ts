import 'server-only'
import { z } from 'zod'
import type { Actor } from '@/lib/auth/actor'
import { authoriseScope } from '@/lib/auth/authorise'
import { isPointed, lookedFor } from '@/lib/db/search-conditions'
import { findHolders } from '@/lib/db/search-holders-sql'
import { findFirewallNames, findPlaceNames } from '@/lib/db/search-names-sql'
import { CANDIDATES_MAX, findFacts, type CustomerIds } from '@/lib/db/search-sql'
import { fromCursor, toCursor } from '@/lib/lists/cursor'
import { spelling, type GroupPage, type Meaning, type SearchResult } from './dto'
import { inListOf } from './in-list'
import { SEARCH_GROUPS, type SearchGroup, type SearchInput } from './input'
import { recognise } from './recognise'
import { toAliasHit, toEquipment, toFirewallHit, toHolder, toPlaceHit, toRuleHit } from './to-hit'

type Asked = { meanings: readonly [Meaning, ...Meaning[]]; customerIds: CustomerIds; limit: number }
type Places<P> = Asked & { after: P | null }

const text = z.string().max(2_000)
const place = z.strictObject({ rank: z.number(), name: text, id: z.uuid() })
const holderPlace = z.strictObject({ rank: z.number(), age: z.number(), ip: text, id: z.uuid(), mac: text })

/** Those of the actor, or one of them. Another one is like one that does not exist. */
export const narrowed = (customerIds: CustomerIds, customerId: string | undefined): CustomerIds => (customerId === undefined ? customerIds : customerIds === 'all' || customerIds.includes(customerId) ? [customerId] : [])

const countOf = (counted: number) => (counted > CANDIDATES_MAX ? { total: CANDIDATES_MAX, totalIsAtLeast: true } : { total: counted })

function toPage<Row extends { id: string }, Item>(found: { rows: Row[]; more: boolean; counted: number }, toItem: (row: Row) => Item, toPlace: (row: Row) => unknown): GroupPage<Item> {
  const last = found.more ? found.rows.at(-1) : undefined
  return { items: found.rows.map(toItem), nextCursor: last ? toCursor(toPlace(last)) : null, ...countOf(found.counted) }
}
const placeOf = ({ rank, name, id }: z.infer<typeof place>) => ({ rank, name, id })

const FINDERS = {
  holders: async (asked: Places<z.infer<typeof holderPlace>>) => {
    const found = await findHolders(asked)
    return { holders: { ...toPage(found, toHolder, ({ rank, age, ip, id, mac }) => ({ rank, age, ip, id, mac })), ...inListOf('holders', asked.meanings), present: found.present, firewalls: found.firewalls } }
  },
  equipment: async (asked: Places<z.infer<typeof place>>) => ({ equipment: toPage(await findFacts({ ...asked, isPointed: isPointed(asked.meanings), looked: lookedFor('equipment', asked.meanings) }), (row) => toEquipment(row, asked.meanings[0]), placeOf) }),
  rules: async (asked: Places<z.infer<typeof place>>) => ({ rules: { ...toPage(await findFacts({ ...asked, isPointed: isPointed(asked.meanings), looked: lookedFor('rules', asked.meanings) }), (row) => toRuleHit(row, asked.meanings), placeOf), ...inListOf('rules', asked.meanings) } }),
  aliases: async (asked: Places<z.infer<typeof place>>) => ({ aliases: { ...toPage(await findFacts({ ...asked, isPointed: isPointed(asked.meanings), looked: lookedFor('aliases', asked.meanings) }), (row) => toAliasHit(row, asked.meanings), placeOf), ...inListOf('aliases', asked.meanings) } }),
  firewalls: async (asked: Places<z.infer<typeof place>>) => ({ firewalls: toPage(await findFirewallNames(asked), toFirewallHit, placeOf) }),
  places: async (asked: Places<z.infer<typeof place>>) => ({ places: toPage(await findPlaceNames(asked), toPlaceHit, placeOf) }),
}

const findGroup = (group: SearchGroup, asked: Asked, cursor: string | undefined): Promise<Omit<SearchResult, 'asked'>> =>
  group === 'holders' ? FINDERS.holders({ ...asked, after: fromCursor(cursor, holderPlace) }) : FINDERS[group]({ ...asked, after: fromCursor(cursor, place) })

/**
 * Everything within the actor's scope that has what was typed, in groups, the most exact first; each group is one statement,
 * and they run side by side. Throws query-too-broad when one takes over 5 s.
 */
export async function search(actor: Actor, { q, customerId, group, limit, cursor }: SearchInput): Promise<SearchResult> {
  const customerIds = narrowed(authoriseScope(actor, 'firewall:read').customerIds, customerId)
  const meanings = recognise(q)
  const groups = group === undefined ? SEARCH_GROUPS : [group]
  const found = await Promise.all(groups.map((each) => findGroup(each, { meanings, customerIds, limit }, cursor)))
  return Object.assign({ asked: { as: meanings[0].as, text: spelling(meanings[0]) } }, ...found)
}
