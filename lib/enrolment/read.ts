import 'server-only'
import { z } from 'zod'
import type { Actor } from '@/lib/auth/actor'
import { authoriseScope, type Scope } from '@/lib/auth/authorise'
import { db } from '@/lib/db/client'
import type { EnrolmentFile, EnrolmentRow } from '@/lib/db/generated/client'
import { isPlainHttp } from '@/lib/firewalls/address'
import { seenCertificate } from '@/lib/firewalls/dto'
import { fromCursor, toCursor } from '@/lib/lists/cursor'
import type { List } from '@/lib/lists/list'
import type { EnrolmentRowDto, EnrolmentSummary } from './dto'
import type { listEnrolmentsInput, listRowsInput } from './input'
import { operatorOf, ownFile, rowsInScope } from './own-file'
import { ROW_STATES, type RowState } from './states'
import { storedRow, type StoredRow } from './stored-row'

const place = z.strictObject({ line: z.number().int() })
export const stateOf = (text: string): RowState => ROW_STATES.find((state) => state === text) ?? 'failed'

async function summaryOf(scope: Scope<'firewall:manage'>, file: EnrolmentFile): Promise<EnrolmentSummary> {
  const groups = await db().enrolmentRow.groupBy({ by: ['state'], where: rowsInScope(scope, file.id), _count: { _all: true } })
  const counts: EnrolmentSummary['counts'] = { 'waits-for-trust': 0, failed: 0, differs: 0, testing: 0, probing: 0, waiting: 0, enrolled: 0, unchanged: 0, dropped: 0 }
  for (const { state, _count } of groups) counts[stateOf(state)] += _count._all
  return { id: file.id, fileName: file.fileName, createdAt: file.createdAt.toISOString(), finishedAt: file.finishedAt?.toISOString() ?? null, total: groups.reduce((sum, { _count }) => sum + _count._all, 0), counts }
}

type RowWithCustomer = Omit<EnrolmentRow, 'input'> & { customer: { name: string } }

export function toRow(row: RowWithCustomer, input: StoredRow): EnrolmentRowDto {
  const certificate = seenCertificate.safeParse(row.certificate)
  return {
    line: row.line,
    name: input.name,
    customer: row.customer.name,
    site: input.siteName,
    family: input.family,
    baseUrl: input.origin,
    method: input.method,
    state: stateOf(row.state),
    plainHttp: isPlainHttp(input.origin),
    certificate: certificate.success ? certificate.data : null,
    credentialKept: row.credentialSealed !== null,
    message: row.message,
    nextStep: row.nextStep,
    firewallId: row.firewallId,
    changedAt: row.changedAt?.toISOString() ?? null,
  }
}

/** The actor's own files, newest first. */
export async function listEnrolments(actor: Actor, { limit }: z.output<typeof listEnrolmentsInput>): Promise<List<EnrolmentSummary>> {
  const scope = authoriseScope(actor, 'firewall:manage')
  const files = await db().enrolmentFile.findMany({ where: { operatorId: operatorOf(actor) }, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], take: limit })
  const items = await Promise.all(files.map((file) => summaryOf(scope, file)))
  return { items, nextCursor: null, total: items.length }
}

/** How far one file is. */
export async function readEnrolment(actor: Actor, { id }: { id: string }): Promise<EnrolmentSummary> {
  const scope = authoriseScope(actor, 'firewall:manage')
  return summaryOf(scope, await ownFile(scope, id))
}

/** Rows of a file by line, of one state or all. */
export async function listRows(actor: Actor, { id, state, limit, cursor }: z.output<typeof listRowsInput>): Promise<List<EnrolmentRowDto>> {
  const scope = authoriseScope(actor, 'firewall:manage')
  await ownFile(scope, id)
  const where = { ...rowsInScope(scope, id), ...(state !== undefined && { state }) }
  const after = fromCursor(cursor, place)
  const [rows, total] = await Promise.all([
    db().enrolmentRow.findMany({ where: { ...where, ...(after && { line: { gt: after.line } }) }, include: { customer: { select: { name: true } } }, orderBy: { line: 'asc' }, take: limit + 1 }),
    db().enrolmentRow.count({ where }),
  ])
  const page = rows.slice(0, limit)
  const last = rows.length > limit ? page.at(-1) : undefined
  return { items: page.map((row) => toRow(row, storedRow.parse(row.input))), nextCursor: last ? toCursor({ line: last.line }) : null, total }
}
