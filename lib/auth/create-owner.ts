import 'server-only'
import { createHash, randomBytes } from 'node:crypto'
import { record } from '@/lib/audit/record'
import { AppError } from '@/lib/core/errors'
import { Secret } from '@/lib/core/secret'
import { db, type Tx } from '@/lib/db/client'
import { LOCKS } from '@/lib/db/locks'
import type { z } from 'zod'
import { consoleActor, nobody, type Actor, type RequestSource } from './actor'
import { authorise } from './authorise'
import type { setUpInput } from './input'
import { hashPassword, refuseCommonPassword } from './password'
import { countSetUp } from './rate-limit'

const LINK_MINUTES = 30
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')

type NewOwner = { name: string; email: string; password: string }

/** A new one-time link for the first run, or null when an operator exists. Older links end. */
export async function createSetUpLink(now: Date): Promise<Secret | null> {
  if (await db().operator.findFirst({ select: { id: true } })) return null
  const token = new Secret(randomBytes(24).toString('base64url'))
  await db().$transaction([
    db().setUpLink.deleteMany({}),
    db().setUpLink.create({ data: { linkHash: hashOf(token.reveal()), createdAt: now, expiresAt: new Date(now.getTime() + LINK_MINUTES * 60_000) } }),
  ])
  return token
}

async function insertOwner(tx: Tx, actor: Actor, owner: NewOwner, passwordHash: string, action: 'installation.set-up' | 'operator.create') {
  const now = new Date()
  const operator = await tx.operator.create({ data: { name: owner.name, email: owner.email, passwordHash, passwordChangedAt: now, joinedAt: now, grants: { create: { role: 'owner' } } } })
  await record(tx, actor, { action, target: { kind: 'operator', id: operator.id, name: operator.email }, after: { name: operator.name, role: 'owner' } })
  return { id: operator.id, name: operator.name, email: operator.email }
}

const closed = () => new AppError('set-up-closed', 'This set-up link does not work any more.', { nextStep: 'It works once and for 30 minutes. Start Palisade again to get a new one, if no owner exists yet.' })

/** The first run: makes the owner with the link from the console. Of two at once, exactly one wins. */
export async function setUp(source: RequestSource, input: z.output<typeof setUpInput>, now: Date) {
  await countSetUp(source.address, now)
  const link = await db().setUpLink.findUnique({ where: { linkHash: hashOf(input.token) } })
  if (!link || link.usedAt || link.expiresAt <= now) throw closed()
  refuseCommonPassword(input.password, input)
  const passwordHash = await hashPassword(input.password)
  return db().$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${LOCKS.setUp})`
    const used = await tx.setUpLink.updateMany({ where: { linkHash: link.linkHash, usedAt: null, expiresAt: { gt: now } }, data: { usedAt: now } })
    if (used.count !== 1 || (await tx.operator.findFirst({ select: { id: true } }))) throw closed()
    return insertOwner(tx, nobody(source, 'set-up link'), input, passwordHash, 'installation.set-up')
  })
}

/** The unattended first owner from the environment: only on an empty database, else nothing happens. */
export async function createFirstOwner(owner: NewOwner): Promise<boolean> {
  if (await db().operator.findFirst({ select: { id: true } })) return false
  refuseCommonPassword(owner.password, owner)
  const passwordHash = await hashPassword(owner.password)
  return db().$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${LOCKS.setUp})`
    if (await tx.operator.findFirst({ select: { id: true } })) return false
    await insertOwner(tx, consoleActor(), owner, passwordHash, 'installation.set-up')
    return true
  })
}

/** `npm run admin -- owner create`: one more owner, for instance when the only one lost the password. */
export async function createOwner(actor: Actor, owner: NewOwner) {
  authorise(actor, 'installation:manage', { customerId: null })
  refuseCommonPassword(owner.password, owner)
  const passwordHash = await hashPassword(owner.password)
  if (await db().operator.findUnique({ where: { email: owner.email }, select: { id: true } })) {
    throw new AppError('conflict', `An operator with ${owner.email} exists.`, { nextStep: 'Use another e-mail address.' })
  }
  return db().$transaction((tx) => insertOwner(tx, actor, owner, passwordHash, 'operator.create'))
}
