import type { Role } from './roles'

/** Where a request came from: the socket's peer, or what a trusted proxy says. */
export type RequestSource = { address: string | null; requestId: string; userAgent: string | null }
export type RoleGrant = { role: Role; customerId: string | null }

/** Requests that a token has left in its window. */
export type RateLeft = { limit: number; remaining: number; resetSeconds: number; windowSeconds: number }
/** What a session still owes: the code of its second factor, or making one because the installation demands it. */
export type Owed = 'code' | 'enrol'

/** Who acts. A worker acts for schedules only; what a person scheduled runs with that person's rights at that moment. */
export type Actor =
  | { kind: 'operator'; id: string; name: string; email: string; sessionId: string; grants: readonly RoleGrant[]; source: RequestSource; proof: Proof }
  | { kind: 'token'; id: string; name: string; operatorId: string; grants: readonly RoleGrant[]; source: RequestSource; rate: RateLeft | null }
  | { kind: 'worker'; id: string; name: string; grants: readonly RoleGrant[]; source: RequestSource }
  | { kind: 'console'; id: null; name: string; grants: readonly RoleGrant[]; source: RequestSource }
  | { kind: 'nobody'; id: null; name: string; grants: readonly RoleGrant[]; source: RequestSource }

/** How and when the person of a session last proved who they are. A session that owes something has no grants. */
export type Proof = { method: 'code' | 'password'; at: Date | null; owes: Owed | null }
export type OperatorActor = Extract<Actor, { kind: 'operator' }>

/** Someone at the machine itself, through `npm run admin`. */
export const consoleActor = (): Actor => ({ kind: 'console', id: null, name: 'console', grants: [{ role: 'owner', customerId: null }], source: { address: null, requestId: crypto.randomUUID(), userAgent: null } })

/** The worker itself: reads on schedule, nothing else. */
export const workerActor = (id: string): Actor => ({ kind: 'worker', id, name: `worker ${id}`, grants: [{ role: 'operator', customerId: null }], source: { address: null, requestId: crypto.randomUUID(), userAgent: null } })

/** A request before sign-in, for the audit log of refused sign-ins and the first set-up. */
export const nobody = (source: RequestSource, name = 'nobody'): Actor => ({ kind: 'nobody', id: null, name, grants: [], source })
