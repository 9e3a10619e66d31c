import 'server-only'
import { READINGS } from '@/lib/adapters/model'
import type { Actor } from '@/lib/auth/actor'
import { authoriseScope, inScope, notFound } from '@/lib/auth/authorise'
import { db } from '@/lib/db/client'
import { summaryInclude, summaryOmit, toSummary, type SummaryRow } from '@/lib/firewalls/dto-of'
import type { PairMember, PairReply } from './dto'
import { problemsOfPair } from './problems'

/** Other firewalls of a customer that are looked at for shared addresses. */
const CANDIDATES_MAX = 500

function memberOf(row: SummaryRow, now: Date): PairMember {
  const { id, name, state, haRole, version, visitedAt } = toSummary(row, now)
  return { id, name, state, role: haRole, version, visitedAt }
}

/** What two members of a pair have in common: the number of the group and the address. */
function sharedKeys(body: unknown): string[] {
  const parsed = READINGS.carp.safeParse(body)
  return parsed.success ? parsed.data.items.flatMap(({ vhid, address }) => (vhid === null || address === null ? [] : [`${vhid} ${address}`])) : []
}

/** Firewalls of the same customer that announce the same virtual addresses and have no peer, those with the most in common first. */
async function suggestionsFor({ id, customerId }: SummaryRow): Promise<PairReply['suggestions']> {
  const own = await db().reading.findUnique({ where: { firewallId_kind: { firewallId: id, kind: 'carp' } }, select: { body: true } })
  const keys = new Set(sharedKeys(own?.body))
  if (keys.size === 0) return []
  const others = await db().reading.findMany({ where: { kind: 'carp', itemCount: { gt: 0 }, firewall: { customerId, haPeerId: null, id: { not: id } } }, select: { body: true, firewall: { select: { id: true, name: true } } }, orderBy: { firewallId: 'asc' }, take: CANDIDATES_MAX })
  const shared = others.map(({ body, firewall }) => ({ ...firewall, sharedAddresses: sharedKeys(body).filter((key) => keys.has(key)).map((key) => key.slice(key.indexOf(' ') + 1)) }))
  return shared.filter(({ sharedAddresses }) => sharedAddresses.length > 0).sort((one, other) => other.sharedAddresses.length - one.sharedAddresses.length || one.name.localeCompare(other.name)).slice(0, 5)
}

/** The pair that a firewall belongs to with what is wrong with it, or the firewalls that look like its peer. From what is stored. */
export async function readPair(actor: Actor, { id }: { id: string }): Promise<PairReply> {
  const scope = authoriseScope(actor, 'firewall:read')
  const row = await db().firewall.findFirst({ where: { id, ...inScope(scope) }, include: summaryInclude, omit: summaryOmit })
  if (!row) throw notFound()
  const peer = row.haPeerId === null ? null : await db().firewall.findFirst({ where: { id: row.haPeerId, ...inScope(scope) }, include: summaryInclude, omit: summaryOmit })
  if (!peer) return { members: null, problems: [], suggestions: await suggestionsFor(row) }
  const now = new Date()
  const members: [PairMember, PairMember] = [memberOf(row, now), memberOf(peer, now)]
  return { members, problems: problemsOfPair(...members), suggestions: [] }
}
