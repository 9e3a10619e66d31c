import { z } from 'zod'
import { operation } from '@/lib/http/operation'
import { listOf } from '@/lib/lists/list'
import { disableOperator } from '@/lib/team/disable'
import { editOperator } from '@/lib/team/edit'
import { endSessionsOfOperator } from '@/lib/team/end-sessions'
import { followLink } from '@/lib/team/follow-link'
import { disableOperatorInput, editOperatorInput, inviteOperatorInput, linkDto, listOperatorsInput, lookAtLinkInput, newLinkDto, operatorDto, operatorId, removeOperatorInput, useLinkInput } from '@/lib/team/input'
import { inviteOperator } from '@/lib/team/invite'
import { listOperators, readOperator } from '@/lib/team/list'
import { lookAtLink } from '@/lib/team/look-at-link'
import { removeOperator } from '@/lib/team/remove'
import { renewLink } from '@/lib/team/renew-link'
import { resetSecondFactor } from '@/lib/team/reset-second-factor'
import { removed } from './customers'

const tag = 'operators'

export const teamOperations = {
  list: operation({ id: 'listOperators', method: 'get', path: '/operators', tag, summary: 'Operators with a role that you manage', input: listOperatorsInput, output: listOf(operatorDto), run: listOperators }),
  invite: operation({ id: 'inviteOperator', method: 'post', path: '/operators', tag, summary: 'Invite an operator by a link, shown once', input: inviteOperatorInput, output: newLinkDto, status: 201, creates: true, run: (actor, input, { create }) => inviteOperator(actor, input, create) }),
  read: operation({ id: 'readOperator', method: 'get', path: '/operators/{id}', tag, summary: 'One operator, with the roles that you manage', input: operatorId, output: operatorDto, run: readOperator }),
  edit: operation({ id: 'editOperator', method: 'patch', path: '/operators/{id}', tag, summary: 'Change name and roles', input: editOperatorInput, output: operatorDto, ifMatch: true, run: (actor, input, { expectedRevision }) => editOperator(actor, input, expectedRevision) }),
  disable: operation({ id: 'disableOperator', method: 'put', path: '/operators/{id}/disabled', tag, summary: 'Disable an operator, or enable one again', input: disableOperatorInput, output: operatorDto, ifMatch: true, run: (actor, input, { expectedRevision }) => disableOperator(actor, input, expectedRevision) }),
  remove: operation({ id: 'removeOperator', method: 'delete', path: '/operators/{id}', tag, summary: 'Remove an operator', input: removeOperatorInput, output: removed, ifMatch: true, run: (actor, input, { expectedRevision }) => removeOperator(actor, input, expectedRevision) }),
  link: operation({ id: 'renewLink', method: 'post', path: '/operators/{id}/link', tag, summary: 'A new invitation, or a link to set a new password, shown once', input: operatorId, output: newLinkDto, status: 201, run: renewLink }),
  resetSecondFactor: operation({ id: 'resetSecondFactor', method: 'post', path: '/operators/{id}/reset-second-factor', tag, summary: 'Take away a second factor that was lost', input: operatorId, output: operatorDto, run: resetSecondFactor }),
  endSessions: operation({ id: 'endSessionsOfOperator', method: 'post', path: '/operators/{id}/end-sessions', tag, summary: 'Sign an operator out everywhere', input: operatorId, output: operatorDto, run: endSessionsOfOperator }),
  lookAtLink: operation({ id: 'lookAtLink', method: 'post', path: '/join/look', tag, summary: 'What a link is for; it still works afterwards', access: 'anyone', input: lookAtLinkInput, output: linkDto, run: (actor, input) => lookAtLink(actor.source, input, new Date()) }),
  followLink: operation({ id: 'followLink', method: 'post', path: '/join', tag, summary: 'Join, or set a new password, with a link', access: 'anyone', input: useLinkInput, output: z.object({ email: z.string() }), run: (actor, input) => followLink(actor.source, input, new Date()) }),
}
