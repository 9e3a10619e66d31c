import 'server-only'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { authorise, authoriseScope, notFound } from '@/lib/auth/authorise'
import type { Permission } from '@/lib/auth/roles'
import { AppError } from '@/lib/core/errors'
import { endedItems, idsOf, insertBulkItems } from '@/lib/db/bulk-sql'
import { db, type Tx } from '@/lib/db/client'
import { createOnce, type CreateRequest } from '@/lib/db/create-once'
import type { FirewallQuestion } from '@/lib/db/firewall-list-sql'
import { toJson } from '@/lib/db/json'
import { formatCount } from '@/lib/format/numbers'
import { send } from '@/lib/jobs/boss'
import { operatorIdOf } from '@/lib/team/reach'
import { bulkAct, type BulkActInput, type BulkActName, type BulkDto, type StartBulkInput } from './input'
import { BULK_MAX } from './words'
import { readBulk } from './read'
import { allThatMatch, picked, which } from './which'

/** What each act asks for, once here and again for each firewall when its turn comes. */
const PERMISSION_OF = { refresh: 'firewall:ask', check: 'firewall:ask', backup: 'firewall:ask', tag: 'firewall:manage', move: 'firewall:manage', pause: 'firewall:manage', resume: 'firewall:manage' } as const satisfies Record<BulkActName, Permission>

function readAct({ act, input }: StartBulkInput): BulkActInput {
  const parsed = bulkAct.safeParse({ act, input })
  if (parsed.success) return parsed.data
  throw new AppError('invalid-input', 'Some of this cannot be used.', { issues: parsed.error.issues.slice(0, 20).map((issue) => ({ field: issue.path.join('.') || 'input', message: issue.message })) })
}

/** Throws invalid-input naming the field unless the place is there and the actor manages it. */
async function requirePlace(actor: Actor, { customerId, siteId }: { customerId: string; siteId: string | null }): Promise<void> {
  const customer = await db().customer.findUnique({ where: { id: customerId }, select: { id: true } })
  try {
    if (!customer) throw notFound('customer')
    authorise(actor, 'firewall:manage', { customerId })
  } catch (error) {
    throw error instanceof AppError && error.code === 'not-found' ? which('input.customerId', 'There is no such customer.') : error
  }
  if (siteId !== null && !(await db().site.findFirst({ where: { id: siteId, customerId }, select: { id: true } }))) throw which('input.siteId', 'There is no such site.')
}

type Set = { question: FirewallQuestion; field: 'firewallIds' | 'query' | 'again' }

/** Which firewalls are meant, as one question within what the actor may see. */
async function setOf(actor: Actor, operatorId: string, { firewallIds, query, again }: StartBulkInput): Promise<Set> {
  const { customerIds } = authoriseScope(actor, 'firewall:read')
  if ([firewallIds, query, again].filter((given) => given !== undefined).length !== 1) throw which('firewallIds', 'Say which firewalls are meant: firewallIds, query or again, and only one of them.')
  if (query !== undefined) return { field: 'query', question: allThatMatch(query, customerIds) }
  if (firewallIds !== undefined) return { field: 'firewallIds', question: picked(firewallIds, customerIds) }
  const earlier = again && (await db().bulkAct.findFirst({ where: { id: again.bulkId, operatorId }, select: { id: true } }))
  if (!again || !earlier) throw which('again.bulkId', 'There is no such act of yours.')
  return { field: 'again', question: picked(await endedItems(earlier.id, again.states), customerIds) }
}

const SENTENCE_OF_NONE = { firewallIds: 'There is no such firewall.', query: 'No firewall matches.', again: 'None of them ended so.' } as const
const TOO_MANY = `These are more than ${formatCount(BULK_MAX)} firewalls.`

/**
 * Asks for one act over many firewalls. Which they are is fixed here, in one statement, within what the actor may see; a
 * worker then carries the act out for one after another, with the rights that the actor has at that moment. Up to 20,000.
 */
export async function startBulk(actor: Actor, input: StartBulkInput, create: CreateRequest): Promise<BulkDto> {
  const operatorId = operatorIdOf(actor)
  if (operatorId === null) throw notFound('operator')
  authoriseScope(actor, PERMISSION_OF[input.act])
  const act = readAct(input)
  if (act.act === 'move') await requirePlace(actor, act.input)
  const { question, field } = await setOf(actor, operatorId, input)
  const found = await idsOf(question, BULK_MAX)
  if (found?.truncated) throw new AppError('query-too-broad', 'The regular expression was not tried on all firewalls.', { nextStep: 'Add a condition that says more, for example customer__name=….' })
  const make = async (tx: Tx, id: string): Promise<string> => {
    const now = new Date()
    await tx.bulkAct.create({ data: { id, operatorId, actor: { kind: actor.kind, id: actor.id, name: actor.name }, act: act.act, input: toJson(act.input), query: input.query ?? null, total: 0, createdAt: now, nextStepAt: now } })
    const total = await insertBulkItems(tx, id, question, found?.ids ?? null, BULK_MAX)
    if (total === 0) throw which(field, SENTENCE_OF_NONE[field])
    if (total > BULK_MAX) throw which(field, `${TOO_MANY} Add a condition, and do it in parts.`)
    await tx.bulkAct.update({ where: { id }, data: { total } })
    await record(tx, actor, { action: 'bulk.start', target: { kind: 'bulk', id, name: act.act }, details: { ...act, total, ...(input.query !== undefined && { query: input.query }) } })
    return id
  }
  const id = await createOnce(create, make, (made) => Promise.resolve(made))
  // If this process dies here, a worker finds the row overdue.
  await send('bulk-step', { bulkId: id })
  return readBulk(actor, { id })
}
