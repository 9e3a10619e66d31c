import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { authoriseScope, inScope, notFound } from '@/lib/auth/authorise'
import { db } from '@/lib/db/client'
import type { FirewallDetail } from './dto'
import { detailInclude, toDetail } from './dto-of'
import { triesOf } from './tries'

/** All that Palisade knows about one firewall, but for its readings. */
export async function readFirewall(actor: Actor, { id }: { id: string }): Promise<FirewallDetail> {
  const scope = authoriseScope(actor, 'firewall:read')
  const row = await db().firewall.findFirst({ where: { id, ...inScope(scope) }, include: detailInclude })
  if (!row) throw notFound()
  const now = new Date()
  const settings = await db().settings.findUnique({ where: { id: 1 }, select: { intervals: true } })
  return toDetail(row, await triesOf(row.origin, now), settings?.intervals, now)
}
