import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { authorise } from '@/lib/auth/authorise'
import { AppError } from '@/lib/core/errors'
import { db } from '@/lib/db/client'

type Asked = { customerId: string; siteId: string | null; firewallId: string | null }
export type WindowPlace = { customer: { id: string; name: string }; siteId: string | null; firewallId: string | null }

const absent = (field: string, word: string) => new AppError('invalid-input', `There is no such ${word}.`, { issues: [{ field, message: `There is no such ${word}.` }] })

/**
 * Where a window or a blackout is to hold, if the actor manages windows there. Throws forbidden, and invalid-input naming the
 * field for what is not there, not of this customer, or outside the scope.
 */
export async function windowPlace(actor: Actor, { customerId, siteId, firewallId }: Asked): Promise<WindowPlace> {
  const customer = await db().customer.findUnique({ where: { id: customerId }, select: { id: true, name: true } })
  if (!customer) throw absent('customerId', 'customer')
  try {
    authorise(actor, 'window:manage', { customerId })
  } catch (error) {
    throw error instanceof AppError && error.code === 'not-found' ? absent('customerId', 'customer') : error
  }
  if (firewallId !== null && (await db().firewall.count({ where: { id: firewallId, customerId, ...(siteId !== null && { siteId }) } })) === 0) throw absent('firewallId', 'firewall')
  if (firewallId !== null) return { customer, siteId: null, firewallId }
  if (siteId !== null && (await db().site.count({ where: { id: siteId, customerId } })) === 0) throw absent('siteId', 'site')
  return { customer, siteId, firewallId: null }
}
