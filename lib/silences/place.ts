import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { authorise, notFound } from '@/lib/auth/authorise'
import { AppError } from '@/lib/core/errors'
import { db } from '@/lib/db/client'
import type { CreateSilence } from './input'

export type SilencePlace = { customer: { id: string; name: string } | null; siteId: string | null; firewallId: string | null; name: string }
type Asked = Pick<CreateSilence, 'customerId' | 'siteId' | 'firewallId'>

const refused = (field: string, message: string) => new AppError('invalid-input', message, { issues: [{ field, message }] })
const named = { select: { id: true, name: true } } as const

/** The narrowest thing that is named, whoever it belongs to. */
async function find({ customerId, siteId, firewallId }: Asked): Promise<{ field: string; word: 'firewall' | 'site' | 'customer'; place: SilencePlace | null }> {
  if (firewallId !== null) {
    const row = await db().firewall.findUnique({ where: { id: firewallId }, select: { name: true, siteId: true, customer: named } })
    const fits = row !== null && (siteId === null || siteId === row.siteId)
    return { field: 'firewallId', word: 'firewall', place: fits ? { customer: row.customer, siteId: null, firewallId, name: row.name } : null }
  }
  if (siteId !== null) {
    const row = await db().site.findUnique({ where: { id: siteId }, select: { name: true, customer: named } })
    return { field: 'siteId', word: 'site', place: row && { customer: row.customer, siteId, firewallId: null, name: row.name } }
  }
  const row = customerId === null ? null : await db().customer.findUnique({ where: { id: customerId }, ...named })
  return { field: 'customerId', word: 'customer', place: row && { customer: row, siteId: null, firewallId: null, name: row.name } }
}

/**
 * Where a silence is to hold, if the actor answers alerts there; the whole installation takes a role over all customers.
 * Throws invalid-input naming the field for what is not there or outside the scope, and forbidden.
 */
export async function silencePlace(actor: Actor, asked: Asked): Promise<SilencePlace> {
  if (asked.customerId === null && asked.siteId === null && asked.firewallId === null) {
    authorise(actor, 'alert:act', { customerId: null })
    return { customer: null, siteId: null, firewallId: null, name: 'all customers' }
  }
  const { field, word, place } = await find(asked)
  try {
    if (!place?.customer || (asked.customerId !== null && asked.customerId !== place.customer.id)) throw notFound(word)
    authorise(actor, 'alert:act', { customerId: place.customer.id })
    return place
  } catch (error) {
    throw error instanceof AppError && error.code === 'not-found' ? refused(field, `There is no such ${word}.`) : error
  }
}
