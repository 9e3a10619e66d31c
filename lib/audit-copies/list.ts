import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { authorise, notFound } from '@/lib/auth/authorise'
import { db } from '@/lib/db/client'
import type { AuditCopy } from '@/lib/db/generated/client'
import type { List } from '@/lib/lists/list'
import { headOfLog, toCopy } from './dto-of'
import type { CopyDto } from './input'

/** All copies of the audit log with how far they are, by name; there are few. */
export async function listCopies(actor: Actor): Promise<List<CopyDto>> {
  authorise(actor, 'installation:manage', { customerId: null })
  // In this order: what arrived is never ahead of the log.
  const rows = await db().auditCopy.findMany({ orderBy: { name: 'asc' } })
  const [head, now] = [await headOfLog(), new Date()]
  return { items: await Promise.all(rows.map((row) => toCopy(row, head, now))), nextCursor: null, total: rows.length }
}

/** A stored copy. Throws not-found. */
export async function findCopy(id: string): Promise<AuditCopy> {
  const row = await db().auditCopy.findUnique({ where: { id } })
  if (!row) throw notFound('copy')
  return row
}

/** The same as it is shown. */
export const showCopy = async (id: string): Promise<CopyDto> => toCopy(await findCopy(id), await headOfLog(), new Date())
