import { z } from 'zod'
import { changeName } from '@/lib/account/change-name'
import { changePassword } from '@/lib/account/change-password'
import { confirmSecondFactor } from '@/lib/account/confirm-second-factor'
import { accountDto, changeNameInput, changePasswordInput, confirmSecondFactorInput, newSecondFactorDto, ownSessionsDto, recoveryCodesDto, sessionIdInput } from '@/lib/account/input'
import { newRecoveryCodes } from '@/lib/account/new-recovery-codes'
import { newSecondFactor } from '@/lib/account/new-second-factor'
import { readAccount } from '@/lib/account/read'
import { removeSecondFactor } from '@/lib/account/remove-second-factor'
import { endOtherSessions, endOwnSession, listOwnSessions } from '@/lib/account/sessions'
import { operation } from '@/lib/http/operation'

const tag = 'account'
const none = z.strictObject({})

export const accountOperations = {
  read: operation({ id: 'readAccount', method: 'get', path: '/me/account', tag, summary: 'The own account', input: none, output: accountDto, run: readAccount }),
  changeName: operation({ id: 'changeName', method: 'patch', path: '/me/name', tag, summary: 'Change the own name', input: changeNameInput, output: accountDto, run: changeName }),
  changePassword: operation({ id: 'changePassword', method: 'put', path: '/me/password', tag, summary: 'Change the own password; ends all other sessions', input: changePasswordInput, output: accountDto, run: (actor, input) => changePassword(actor, input, new Date()) }),
  newSecondFactor: operation({ id: 'newSecondFactor', method: 'post', path: '/me/second-factor', tag, summary: 'Make a secret for an authenticator; it counts once its first code is given', access: 'owing', input: none, output: newSecondFactorDto, run: (actor) => newSecondFactor(actor, new Date()) }),
  confirmSecondFactor: operation({ id: 'confirmSecondFactor', method: 'post', path: '/me/second-factor/confirm', tag, summary: 'Put the new second factor in force with its first code; answers the recovery codes once', access: 'owing', input: confirmSecondFactorInput, output: recoveryCodesDto, run: (actor, input) => confirmSecondFactor(actor, input, new Date()) }),
  removeSecondFactor: operation({ id: 'removeSecondFactor', method: 'delete', path: '/me/second-factor', tag, summary: 'Remove the own second factor, where none is demanded', input: none, output: accountDto, run: (actor) => removeSecondFactor(actor, new Date()) }),
  newRecoveryCodes: operation({ id: 'newRecoveryCodes', method: 'post', path: '/me/recovery-codes', tag, summary: 'Make ten new recovery codes; the old ones end', input: none, output: recoveryCodesDto, run: (actor) => newRecoveryCodes(actor, new Date()) }),
  listSessions: operation({ id: 'listOwnSessions', method: 'get', path: '/me/sessions', tag, summary: 'The own sessions', input: none, output: ownSessionsDto, run: (actor) => listOwnSessions(actor, new Date()) }),
  endSession: operation({ id: 'endOwnSession', method: 'delete', path: '/me/sessions/{id}', tag, summary: 'End another own session', input: sessionIdInput, output: ownSessionsDto, run: (actor, input) => endOwnSession(actor, input, new Date()) }),
  endOthers: operation({ id: 'endOtherSessions', method: 'post', path: '/me/sessions/end-others', tag, summary: 'End all own sessions but this one', input: none, output: ownSessionsDto, run: (actor) => endOtherSessions(actor, new Date()) }),
}
