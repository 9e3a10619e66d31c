// The part of the table that is about operators, links and tokens.
import { randomBytes } from 'node:crypto'
import { db } from '@/lib/db/client'
import { hashOfLink } from '@/lib/team/links'
import { always, fresh, ofCustomer, type Rule, type Situation } from './matrix-rule'

const HOUR_MS = 3_600_000
/** Operators are for admins; to everyone else they are not even there. */
const ofOperator = (more: Partial<Rule> = {}): Rule => ({ names: 'operatorId', least: 'admin', finds: 'admin', ...more })

async function openLink({ at }: Situation): Promise<{ token: string }> {
  const token = randomBytes(32).toString('base64url')
  await db().accessLink.create({ data: { linkHash: hashOfLink(token), operatorId: at.operatorId, purpose: 'reset', createdAt: new Date(), expiresAt: new Date(Date.now() + HOUR_MS), createdByName: 'console' } })
  return { token }
}
const addFactor = async ({ at }: Situation) => void (await db().secondFactor.create({ data: { operatorId: at.operatorId, secretSealed: 'none', createdAt: new Date(), confirmedAt: new Date() } }))
/** Whoever holds a link may use it, whoever else they are. */
const byLink = (): Rule[] => [
  { as: 'a link that ended', names: 'nothing', least: 'viewer', ...always(410, 'link-ended') },
  { as: 'an open link', names: 'nothing', least: 'viewer', prepare: openLink },
]

export const TEAM: Record<string, Rule[]> = {
  listOperators: [{ names: 'filter', least: 'admin', finds: 'admin', query: ofCustomer }],
  inviteOperator: [{ names: 'body', least: 'admin', finds: 'admin', stepUp: true, body: ({ at }) => ({ email: `${fresh('invited').replace(' ', '.')}@nordwall.example`, name: 'Invited', grants: [{ role: 'viewer', customerId: at.customerId }] }) }],
  readOperator: [ofOperator()],
  editOperator: [ofOperator({ stepUp: true, body: () => ({ name: fresh('Renamed') }) }), ofOperator({ as: 'roles', stepUp: true, body: ({ at }) => ({ grants: [{ role: 'operator', customerId: at.customerId }] }) })],
  disableOperator: [ofOperator({ stepUp: true, body: () => ({ disabled: true }) })],
  removeOperator: [ofOperator({ stepUp: true, body: ({ at }) => ({ confirmEmail: at.email }) })],
  renewLink: [ofOperator({ stepUp: true })],
  resetSecondFactor: [ofOperator({ stepUp: true, prepare: addFactor })],
  endSessionsOfOperator: [ofOperator({ stepUp: true })],
  lookAtLink: byLink(),
  followLink: byLink(),
  listTokens: [{ names: 'nothing', least: 'viewer' }, ofOperator({ as: 'of an operator', query: ({ at }) => ({ operatorId: at.operatorId }) })],
  createToken: [{ names: 'body', least: 'viewer', sessionOnly: true, stepUp: true, body: ({ at }) => ({ name: fresh('Script'), role: 'viewer', customerIds: [at.customerId], days: 1 }) }],
  revokeToken: [
    { names: 'tokenId', least: 'admin', hides: true },
    { as: 'one of their own', names: 'nothing', least: 'viewer', id: ({ caller }) => caller.tokenId },
  ],
}
