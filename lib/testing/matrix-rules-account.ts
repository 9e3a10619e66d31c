// The part of the table that is about one's own account: only a signed-in person has one, and never another's.
import { sealFactor } from '@/lib/auth/factor-vault'
import { newFactorSecret } from '@/lib/auth/totp'
import { db } from '@/lib/db/client'
import type { Answer, Rule, Situation } from './matrix-rule'
import { PASSWORD, type Caller } from './matrix-people'
import { codeAt } from './people'

const own = (more: Partial<Rule> = {}): Rule => ({ names: 'nothing', least: 'viewer', sessionOnly: true, ...more })
const owesCode = ({ person }: Pick<Caller, 'person'>): Answer | null => (person.owes === 'code' ? { status: 401, code: 'second-factor-required' } : null)
/** Where it is demanded no proof helps, so none is asked for. */
function staysOrProof({ person }: Pick<Caller, 'person'>): Answer | null {
  if (person.role === 'admin' || person.role === 'owner') return { status: 409, code: 'conflict' }
  return person.oldProof ? { status: 403, code: 'step-up-required' } : null
}

/** An authenticator that was scanned, and its first code. */
async function scanned({ caller }: Situation): Promise<{ code: string }> {
  const secret = newFactorSecret()
  await db().secondFactorDraft.create({ data: { operatorId: caller.operatorId, secretSealed: await sealFactor(secret, caller.operatorId), createdAt: new Date() } })
  return { code: codeAt(secret.reveal(), new Date()) }
}

export const ACCOUNT: Record<string, Rule[]> = {
  readAccount: [own()],
  changeName: [own()],
  changePassword: [own({ body: () => ({ currentPassword: PASSWORD, password: 'tallow sprocket heron dusk' }) })],
  newSecondFactor: [own({ stepUp: true, instead: owesCode })],
  confirmSecondFactor: [
    own({ as: 'nothing scanned', instead: (caller) => owesCode(caller) ?? { status: 409, code: 'conflict' } }),
    own({ as: 'scanned', prepare: scanned, instead: owesCode }),
  ],
  removeSecondFactor: [own({ instead: staysOrProof })],
  newRecoveryCodes: [own({ stepUp: true })],
  listOwnSessions: [own()],
  endOwnSession: [{ names: 'sessionId', least: 'viewer', sessionOnly: true, personal: true, id: ({ caller, kind, at }) => (kind === 'own' ? caller.otherSessionId : at.sessionId) }],
  endOtherSessions: [own()],
}
