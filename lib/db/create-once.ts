import 'server-only'
import { createHash, randomUUID } from 'node:crypto'
import { canonicalJson } from '@/lib/core/canonical-json'
import { AppError } from '@/lib/core/errors'
import { db, type Tx } from './client'
import { Prisma } from './generated/client'

export type CreateRequest = { actorId: string; route: string; idempotencyKey: string | null; body: unknown }

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/** The same key always names the same object: its id is derived from actor, route and key. */
function idOf(request: CreateRequest): string {
  if (request.idempotencyKey === null) return randomUUID()
  const hex = sha256(`${request.actorId}\n${request.route}\n${request.idempotencyKey}`)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

const keyHashOf = (request: CreateRequest) => sha256(request.idempotencyKey ?? '')
// The body may hold a credential: its hash is salted with the key, which is not stored in clear.
const bodyHashOf = (request: CreateRequest, id: string) => sha256(`${id}\n${request.idempotencyKey ?? ''}\n${canonicalJson(request.body)}`)

/** The object that this key already made, if any. Throws idempotency-conflict when the key came with another request. */
export async function createdBefore<T>(request: CreateRequest, load: (id: string) => Promise<T>): Promise<T | null> {
  if (request.idempotencyKey === null) return null
  const id = idOf(request)
  const row = await db().idempotentReply.findUnique({ where: { actorId_keyHash: { actorId: request.actorId, keyHash: keyHashOf(request) } } })
  if (!row) return null
  if (row.route !== request.route || row.bodyHash !== bodyHashOf(request, id)) {
    throw new AppError('idempotency-conflict', 'This Idempotency-Key was used for another request.', { nextStep: 'Use a new key for a new object.' })
  }
  return load(id)
}

/**
 * Creates an object at most once per Idempotency-Key, also across a restart and between processes: the key is noted in
 * the transaction that makes the object, which may take `timeout` ms. Throws idempotency-conflict when the key came with another request.
 */
export async function createOnce<T>(request: CreateRequest, create: (tx: Tx, id: string) => Promise<T>, load: (id: string) => Promise<T>, timeout = 5_000): Promise<T> {
  const id = idOf(request)
  if (request.idempotencyKey === null) return db().$transaction((tx) => create(tx, id), { timeout })
  const before = await createdBefore(request, load)
  if (before !== null) return before
  try {
    return await db().$transaction(async (tx) => {
      await tx.idempotentReply.create({ data: { actorId: request.actorId, keyHash: keyHashOf(request), route: request.route, bodyHash: bodyHashOf(request, id) } })
      return create(tx, id)
    }, { timeout })
  } catch (error) {
    const after = error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002' ? await createdBefore(request, load) : null
    if (after !== null) return after
    throw error
  }
}
