import 'server-only'
import { createHash } from 'node:crypto'
import type { RingDesign } from './words'

export type RingMember = { id: string; customerId: string; siteId: string | null; peerId: string | null }

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex')

/**
 * So many of them that they are `percent` of all, at least one, evenly over customers and sites: those stand side by side, in an
 * order by hash, and every so many-th is taken. The same firewalls with the same seed always give the same choice.
 */
function spread<T extends RingMember>(members: readonly T[], percent: number, seed: string): T[] {
  const key = ({ id, customerId, siteId }: T) => `${hashOf(`${seed} ${customerId}`)} ${hashOf(`${seed} ${siteId ?? customerId}`)} ${hashOf(`${seed} ${id}`)}`
  const ordered = members.map((member) => ({ member, key: key(member) })).sort((a, b) => (a.key < b.key ? -1 : 1))
  const wanted = Math.max(1, Math.round((members.length * percent) / 100))
  const half = Math.floor(members.length / 2)
  return ordered.flatMap(({ member }, at) => (Math.floor(((at + 1) * wanted + half) / members.length) > Math.floor((at * wanted + half) / members.length) ? [member] : []))
}

/**
 * Position of the ring of each firewall, counted from 0; who is in none is not in the answer. A firewall is in the first ring
 * that takes it, and its HA peer, where that is in the plan, goes with it: the backup member has to come first, which no two
 * rings can promise. `taken`: ids that a ring names by a query, by its position.
 */
export function assignRings(members: readonly RingMember[], rings: readonly RingDesign[], taken: ReadonlyMap<number, ReadonlySet<string>>, seed: string): Map<string, number> {
  const byId = new Map(members.map((member) => [member.id, member]))
  const ringOf = new Map<string, number>()
  const put = (member: RingMember, position: number): void => {
    if (ringOf.has(member.id)) return
    ringOf.set(member.id, position)
    const peer = member.peerId === null ? undefined : byId.get(member.peerId)
    if (peer) put(peer, position)
  }
  for (const [position, { who }] of rings.entries()) {
    const left = members.filter(({ id }) => !ringOf.has(id))
    if (left.length === 0) break
    const named = who.by === 'hand' ? new Set(who.firewallIds) : taken.get(position)
    // A pair counts as one, so that a small ring does not grow by the peers that come along.
    const firsts = left.filter(({ id, peerId }) => peerId === null || !byId.has(peerId) || id < peerId)
    const chosen = who.by === 'rest' ? left : who.by === 'spread' ? spread(firsts, who.percent, seed) : left.filter(({ id }) => named?.has(id))
    for (const member of chosen) put(member, position)
  }
  return ringOf
}
