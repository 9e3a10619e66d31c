// What one cell of the authorisation matrix has to answer, derived from the rule and the caller alone.
import { ROLES, type Role } from '@/lib/auth/roles'
import type { Operation } from '@/lib/http/operation'
import type { Caller } from './matrix-people'
import type { Answer, Rule } from './matrix-rule'
import type { Kind } from './matrix-world'

const REFUSED = {
  unauthenticated: { status: 401, code: 'unauthenticated' },
  owing: { status: 401, code: 'second-factor-required' },
  forbidden: { status: 403, code: 'forbidden' },
  stepUp: { status: 403, code: 'step-up-required' },
  notFound: { status: 404, code: 'not-found' },
  /** What a field of the body names is looked for in the same way as what the address names. */
  noSuchField: { status: 400, code: 'invalid-input' },
} as const satisfies Record<string, Answer>

const has = (held: Role, least: Role) => ROLES.indexOf(held) >= ROLES.indexOf(least)

/** Whether the caller is to see the named thing at all. */
export function sees({ names, personal }: Rule, { person }: Pick<Caller, 'person'>, kind: Kind): boolean {
  if (names === 'nothing' || names === 'filter') return true
  return kind === 'own' || (kind === 'other' && person.everywhere && !personal)
}

/** The one answer that this caller may get for this kind of thing. */
export function expectedOf(spec: Operation, rule: Rule, caller: Pick<Caller, 'person'>, kind: Kind): Answer {
  const { person } = caller
  const done: Answer = rule.instead?.(caller) ?? { status: spec.status }
  if (spec.access === 'anyone') return done
  if (person.by === 'nothing' || person.ended !== undefined) return REFUSED.unauthenticated
  if (person.owes !== undefined) return spec.access === 'owing' ? done : REFUSED.owing
  if (person.by === 'token' && rule.sessionOnly) return REFUSED.forbidden
  if (!has(person.role, rule.finds ?? 'viewer')) return REFUSED.forbidden
  if (!sees(rule, caller, kind)) return rule.names === 'body' ? REFUSED.noSuchField : REFUSED.notFound
  if (!has(person.role, rule.least) || (rule.everywhere && !person.everywhere)) return rule.hides ? REFUSED.notFound : REFUSED.forbidden
  if (rule.stepUp && person.oldProof) return REFUSED.stepUp
  return done
}
