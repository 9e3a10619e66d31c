// The callers of the authorisation matrix: everyone who may knock, with how far their rights reach.
import { createHash, randomBytes } from 'node:crypto'
import { encode } from 'next-auth/jwt'
import { sessionCookieName } from '@/lib/auth/session-cookie'
import { hashPassword } from '@/lib/auth/password'
import type { Role } from '@/lib/auth/roles'
import { STEP_UP_FRESH_MS } from '@/lib/auth/step-up'
import { db } from '@/lib/db/client'
import { installationKeys } from '@/lib/installation/keys'
import { addEnrolment, type World } from './matrix-world'

export const PASSWORD = 'granite-otter-violin-92'
const HOUR_MS = 3_600_000

/** `role` is what the person has; `everywhere` over all customers, else over the own one. */
export type Person = {
  by: 'nothing' | 'session' | 'token'
  role: Role
  everywhere: boolean
  /** Why the session or token opens nothing. */
  ended?: 'disabled' | 'expired' | 'revoked'
  owes?: 'code' | 'enrol'
  /** The last proof of who sits there is older than a step-up allows. */
  oldProof?: true
}

const session = (role: Role, everywhere: boolean, more: Partial<Person> = {}): Person => ({ by: 'session', role, everywhere, ...more })
const token = (role: Role, everywhere: boolean, more: Partial<Person> = {}): Person => ({ by: 'token', role, everywhere, ...more })

export const PEOPLE = {
  anonymous: { by: 'nothing', role: 'viewer', everywhere: false },
  'owner who owes a code': session('owner', true, { owes: 'code' }),
  'owner who owes making a factor': session('owner', true, { owes: 'enrol' }),
  viewer: session('viewer', false),
  operator: session('operator', false),
  admin: session('admin', false),
  'admin of all customers': session('admin', true),
  owner: session('owner', true),
  'viewer with an old proof': session('viewer', false, { oldProof: true }),
  'admin with an old proof': session('admin', false, { oldProof: true }),
  'owner with an old proof': session('owner', true, { oldProof: true }),
  'disabled owner': session('owner', true, { ended: 'disabled' }),
  'owner with an expired session': session('owner', true, { ended: 'expired' }),
  'owner with a revoked session': session('owner', true, { ended: 'revoked' }),
  'token of a viewer': token('viewer', false),
  'token of an operator': token('operator', false),
  'token of an admin': token('admin', false),
  'token of an owner': token('owner', true),
  'expired token': token('owner', true, { ended: 'expired' }),
  'revoked token': token('owner', true, { ended: 'revoked' }),
  'token of a disabled owner': token('owner', true, { ended: 'disabled' }),
} as const satisfies Record<string, Person>
export type PersonName = keyof typeof PEOPLE
export const PERSON_NAMES = Object.keys(PEOPLE) as PersonName[]

/** A person with their own rows, ready to ask. */
export type Caller = { person: Person; operatorId: string; sessionId: string; tokenId: string; otherSessionId: string; enrolmentId: string; headers: Record<string, string> }

let passwordHash: Promise<string> | undefined
let count = 0

async function makeOperator({ role, everywhere, ended, owes, by }: Person, { own }: World): Promise<string> {
  const now = new Date()
  const factor = owes === 'enrol' || by !== 'session' ? {} : { secondFactor: { create: { secretSealed: 'none', createdAt: now, confirmedAt: now } } }
  const name = `caller ${(count += 1)}`
  // A token may have less than its operator.
  const grant = by === 'token' ? { role: 'owner', customerId: null } : { role, customerId: everywhere ? null : own.customerId }
  const row = await db().operator.create({
    data: { name, email: `${name.replace(' ', '.')}@nordwall.example`, passwordHash: await (passwordHash ??= hashPassword(PASSWORD)), joinedAt: now, disabledAt: ended === 'disabled' ? now : null, grants: { create: grant }, ...factor },
  })
  return row.id
}

async function makeSession(operatorId: string, { ended, owes, oldProof }: Person): Promise<string> {
  const now = Date.now()
  const at = (agoMs: number) => new Date(now - agoMs)
  const provenAt = owes === 'code' ? null : at(oldProof ? STEP_UP_FRESH_MS + 1_000 : 0)
  const row = await db().session.create({
    data: { operatorId, createdAt: at(ended === 'expired' ? 25 * HOUR_MS : 0), lastSeenAt: at(0), revokedAt: ended === 'revoked' ? at(1_000) : null, provenAt, secondFactorAt: owes ? null : at(0), sourceAddress: '203.0.113.9' },
  })
  return row.id
}

async function makeToken(operatorId: string, { role, everywhere, ended }: Person, { own }: World): Promise<{ id: string; text: string }> {
  const text = `pal_${randomBytes(32).toString('base64url')}`
  const expiresAt = new Date(Date.now() + (ended === 'expired' ? -1_000 : HOUR_MS))
  const row = await db().apiToken.create({
    data: { operatorId, name: `token ${count}`, tokenHash: createHash('sha256').update(text).digest('hex'), role, everywhere, expiresAt, revokedAt: ended === 'revoked' ? new Date() : null, ...(!everywhere && { scopes: { create: { customerId: own.customerId } } }) },
  })
  return { id: row.id, text }
}

export async function makeCaller(name: PersonName, world: World): Promise<Caller> {
  const person: Person = PEOPLE[name]
  const operatorId = await makeOperator(person, world)
  const sessionId = await makeSession(operatorId, person)
  const { id: otherSessionId } = await db().session.create({ data: { operatorId, createdAt: new Date(), lastSeenAt: new Date() } })
  const enrolmentId = await addEnrolment(operatorId, world.own.customerId, world.firewall)
  const made = await makeToken(operatorId, person, world)
  const { sessionSecret } = await installationKeys()
  const cookie = `${sessionCookieName()}=${await encode({ token: { sub: operatorId, sid: sessionId }, secret: sessionSecret.reveal() })}`
  const browser = { origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin' }
  const headers: Record<Person['by'], Record<string, string>> = { nothing: browser, session: { ...browser, cookie }, token: { authorization: `Bearer ${made.text}` } }
  return { person, operatorId, sessionId, tokenId: made.id, otherSessionId, enrolmentId, headers: headers[person.by] }
}
