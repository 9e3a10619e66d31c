import 'server-only'
import { readableContentOf } from '@/lib/backups/renew'
import type { Actor } from '@/lib/auth/actor'
import { authoriseScope, inScope, notFound, type Scope } from '@/lib/auth/authorise'
import { isFamily } from '@/lib/adapters/registry'
import { AppError } from '@/lib/core/errors'
import { db } from '@/lib/db/client'
import type { CompareSide } from './dto'
import type { CompareInput } from './input'
import type { StoredPair } from './stored'

const found = { firewall: { select: { id: true, name: true, family: true, customer: { select: { id: true, name: true } } } }, content: { select: { format: true, itemCount: true } } } as const

async function sideOf(scope: Scope<'backup:read'>, backupId: string): Promise<CompareSide> {
  const row = await db().backup.findFirst({ where: { id: backupId, firewall: inScope(scope) }, include: found })
  if (!row) throw notFound('backup')
  const { customer, family, ...firewall } = row.firewall
  if (!isFamily(family)) throw new AppError('internal', 'This firewall is of a family that this version does not know.')
  return {
    backupId: row.id,
    firewall,
    customer,
    family,
    format: row.content.format === 'json' ? 'json' : 'xml',
    takenAt: row.takenAt.toISOString(),
    version: row.version,
    revision: row.revision,
    revisedAt: row.revisedAt?.toISOString() ?? null,
    revisedBy: row.revisedBy,
    revisionNote: row.revisionNote,
    itemCount: row.content.itemCount,
  }
}

/** Both backups, read by the rules of now, of firewalls within the actor's scope; what is outside is answered like what does not exist. */
export async function findSides(actor: Actor, { before, after }: CompareInput): Promise<{ sides: { before: CompareSide; after: CompareSide }; pair: StoredPair }> {
  const scope = authoriseScope(actor, 'backup:read')
  const sides = { before: await sideOf(scope, before), after: await sideOf(scope, after) }
  const [old, now] = [await readableContentOf(before), await readableContentOf(after)]
  if (!old || !now) throw notFound('backup')
  return { sides, pair: { before: old, after: now } }
}
