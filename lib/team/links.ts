import 'server-only'
import { createHash, randomBytes } from 'node:crypto'
import type { Actor } from '@/lib/auth/actor'
import { roleGrants } from '@/lib/auth/sessions'
import { publicUrl } from '@/lib/core/env'
import { AppError } from '@/lib/core/errors'
import { Secret } from '@/lib/core/secret'
import type { Tx } from '@/lib/db/client'
import type { Prisma } from '@/lib/db/generated/client'
import { JOIN_HOURS, RESET_HOURS } from './input'
import { rightsNow } from './lock'
import { outranks } from './reach'

const HOUR_MS = 3_600_000
export type LinkPurpose = 'join' | 'reset'
const HOURS = { join: JOIN_HOURS, reset: RESET_HOURS } as const satisfies Record<LinkPurpose, number>

export const hashOfLink = (token: string): string => createHash('sha256').update(token).digest('hex')

/** One answer for every reason, so that a link tells nothing about what became of it. */
export const linkEnded = () => new AppError('link-ended', 'This link does not work any more.', { nextStep: `It works once and for ${JOIN_HOURS} hours, and ends when a newer one is made. Ask an admin for a new one.` })

/** Makes a link, which replaces those before it. The secret is in its fragment, which no browser sends and no log holds. */
export async function makeLink(tx: Tx, actor: Actor, operatorId: string, purpose: LinkPurpose, now: Date): Promise<{ link: Secret; expiresAt: Date }> {
  const token = randomBytes(32).toString('base64url')
  const expiresAt = new Date(now.getTime() + HOURS[purpose] * HOUR_MS)
  await tx.accessLink.deleteMany({ where: { operatorId } })
  await tx.accessLink.create({ data: { linkHash: hashOfLink(token), operatorId, purpose, createdAt: now, expiresAt, createdById: actor.id, createdByName: actor.name } })
  return { link: new Secret(`${publicUrl().origin}/join#${token}`), expiresAt }
}

const withOperator = { operator: { include: { grants: true } } } as const satisfies Prisma.AccessLinkInclude
export type OpenLink = Prisma.AccessLinkGetPayload<{ include: typeof withOperator }> & { purpose: LinkPurpose }

/**
 * The link, as long as it works: once, in time, for an operator who is not disabled and whom its maker may still change.
 * So nobody keeps a link to an account that has become more than their own. Throws link-ended.
 */
export async function findOpenLink(tx: Tx, token: string, now: Date): Promise<OpenLink> {
  const row = await tx.accessLink.findUnique({ where: { linkHash: hashOfLink(token) }, include: withOperator })
  if (!row || row.usedAt || row.expiresAt <= now || row.operator.disabledAt) throw linkEnded()
  const purpose = row.operator.joinedAt ? 'reset' : 'join'
  if (purpose !== row.purpose) throw linkEnded()
  // Without an id it was made on the console, which is the machine itself.
  if (row.createdById !== null && !outranks(await rightsNow(tx, row.createdById, now), roleGrants(row.operator.grants))) throw linkEnded()
  return { ...row, purpose }
}
