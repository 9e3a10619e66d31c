import 'server-only'
import type { z } from 'zod'
import type { Actor } from '@/lib/auth/actor'
import { authorise } from '@/lib/auth/authorise'
import { requireStepUp } from '@/lib/auth/step-up'
import { AppError } from '@/lib/core/errors'
import { db, type Tx } from '@/lib/db/client'
import { keepPair } from '@/lib/ha/pair'
import { closePool } from '@/lib/outbound/pools'
import { isPlainHttp, originOf } from './address'
import { changeFirewall, findManaged, staleChange, type ChangeableRow } from './change'
import type { FirewallDetail } from './dto'
import { refuseTakenName } from './enrol'
import type { editFirewallInput } from './input'
import { readFirewall } from './read'
import { seenCertificate } from './seen-certificate'
import { STATE_RULES } from './states'

type Edit = z.output<typeof editFirewallInput>
const unknownField = (field: string, what: string) => new AppError('invalid-input', `There is no such ${what}.`, { issues: [{ field, message: `There is no such ${what}.` }] })

async function placeOf(actor: Actor, row: ChangeableRow, edit: Edit) {
  const customerId = edit.customerId ?? row.customerId
  if (customerId !== row.customerId) {
    const customer = await db().customer.findUnique({ where: { id: customerId }, select: { id: true } })
    if (!customer) throw unknownField('customerId', 'customer')
    try {
      authorise(actor, 'firewall:manage', { customerId })
    } catch {
      throw unknownField('customerId', 'customer')
    }
  }
  const moved = customerId !== row.customerId
  const siteId = edit.siteId === undefined ? (moved ? null : row.siteId) : edit.siteId
  const haPeerId = edit.haPeerId === undefined ? (moved ? null : row.haPeerId) : edit.haPeerId
  if (siteId !== null && !(await db().site.findFirst({ where: { id: siteId, customerId }, select: { id: true } }))) throw unknownField('siteId', 'site')
  if (haPeerId !== null && (haPeerId === row.id || !(await db().firewall.findFirst({ where: { id: haPeerId, customerId }, select: { id: true } })))) throw unknownField('haPeerId', 'firewall')
  return { customerId, siteId, haPeerId }
}

/**
 * A new address means another machine may answer: the credential goes, and nothing is trusted. The certificate shown
 * there waits for a person, as after a change of certificate.
 */
async function movedTo(actor: Actor, row: ChangeableRow, origin: string, now: Date) {
  const base = { origin, pinSpkiSha256: null, memory: {}, certificateSeenAt: now, state: 'certificate-changed', stateRank: STATE_RULES['certificate-changed'].rank } as const
  if (isPlainHttp(origin)) return { ...base, trustMode: 'plain-http', pinSha256: null, stateReason: 'the address changed, confirm that the credential travels in clear' }
  const certificate = await seenCertificate(actor, origin, { target: { kind: 'firewall', id: row.id, name: row.name }, customer: row.customer })
  // Until a person trusts what is shown, the pin is of nothing: no certificate has this digest.
  return { ...base, trustMode: 'pin', pinSha256: '0'.repeat(64), certificateSeen: { ...certificate, seenAt: now.toISOString(), sameKey: false }, stateReason: 'the address changed, look at its certificate' }
}

/**
 * What was wrong with it goes with it, also what is over: alerts tell its name, place and state, which are another customer's
 * from now on. A look at alerts that is under way leaves those alone whose revision moved.
 */
async function moveItsAlerts(tx: Tx, firewallId: string, customerId: string): Promise<void> {
  await tx.alert.updateMany({ where: { firewallId }, data: { customerId, revision: { increment: 1 } } })
  await tx.silence.updateMany({ where: { firewallId }, data: { customerId, siteId: null } })
}

/** Changes name, place, tags, time zone, peer or address. A changed address clears credential and trust. */
export async function editFirewall(actor: Actor, edit: Edit, expectedRevision: number): Promise<FirewallDetail> {
  const row = await findManaged(actor, edit.id)
  if (row.revision !== expectedRevision) throw staleChange()
  const place = await placeOf(actor, row, edit)
  const origin = edit.baseUrl === undefined ? row.origin : originOf(edit.baseUrl)
  const moves = origin !== row.origin
  if (moves) requireStepUp(actor, 'firewall.origin')
  const now = new Date()
  const data = {
    ...place,
    ...(edit.name !== undefined && { name: edit.name }),
    ...(edit.tags !== undefined && { tags: [...new Set(edit.tags)] }),
    ...(edit.timeZone !== undefined && { timeZone: edit.timeZone }),
    ...(moves && (await movedTo(actor, row, origin, now))),
  }
  const seen = ({ name, customerId, siteId, tags, timeZone, haPeerId, origin }: ChangeableRow) => ({ name, customerId, siteId, tags, timeZone, haPeerId, origin })
  await changeFirewall(actor, row, expectedRevision, {
    event: { action: 'firewall.edit', before: seen(row), after: { ...seen(row), ...place, name: edit.name ?? row.name, tags: edit.tags ?? row.tags, timeZone: edit.timeZone ?? row.timeZone, origin }, details: { credentialCleared: moves } },
    data,
    also: async (tx) => {
      if (place.haPeerId !== row.haPeerId) await keepPair(tx, actor, row, place.haPeerId, row.customer)
      if (place.customerId !== row.customerId) await moveItsAlerts(tx, row.id, place.customerId)
      if (!moves) return
      await tx.firewallCredential.deleteMany({ where: { firewallId: row.id } })
      await tx.firewallToken.deleteMany({ where: { firewallId: row.id } })
    },
  }).catch((error: unknown) => refuseTakenName(error, edit.name ?? row.name))
  if (moves) closePool(row.id)
  return readFirewall(actor, { id: row.id })
}
