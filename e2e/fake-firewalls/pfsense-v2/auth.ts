// Who is asking (contract section 3): which header decides depends on the version.
import { basicCredential, type Incoming } from '../exchange'
import type { Account, Accounts } from '../pfsense/accounts'
import { userOfJwt } from '../pfsense/jwt'

export type AuthMethod = 'BasicAuth' | 'KeyAuth' | 'JWTAuth'
export type AuthContext = { accounts: Accounts; jwtKey: Buffer; nowMs: number }
export type Attempt = { account: Account | null; carriesCredential: boolean; triedBasic: boolean }

const present = (method: AuthMethod, request: Incoming): boolean => {
  const authorization = request.headers['authorization'] ?? ''
  if (method === 'KeyAuth') return request.headers['x-api-key'] !== undefined
  return method === 'BasicAuth' ? /^Basic /i.test(authorization) : authorization.startsWith('Bearer ')
}

function accountBy(method: AuthMethod, request: Incoming, context: AuthContext): Account | null {
  if (method === 'KeyAuth') return context.accounts.byKey(request.headers['x-api-key'] ?? '')
  if (method === 'BasicAuth') {
    const sent = basicCredential(request.headers['authorization'])
    return sent === null ? null : context.accounts.byPassword(sent.name, sent.password)
  }
  const token = (request.headers['authorization'] ?? '').slice('Bearer '.length)
  const user = userOfJwt(token, context.jwtKey, context.nowMs)
  return user === null ? null : context.accounts.active(user)
}

/** `firstHeaderDecides` since 2.10.0; before, every enabled method was tried and one success was enough. */
export function authenticate(request: Incoming, enabled: readonly AuthMethod[], firstHeaderDecides: boolean, context: AuthContext): Attempt {
  const all: readonly AuthMethod[] = ['BasicAuth', 'KeyAuth', 'JWTAuth']
  const carriesCredential = all.some((method) => present(method, request))
  const sent = enabled.filter((method) => present(method, request))
  const tried = firstHeaderDecides ? sent.slice(0, 1) : sent
  const account = tried.map((method) => accountBy(method, request, context)).find((found) => found !== null) ?? null
  return { account, carriesCredential, triedBasic: tried.includes('BasicAuth') }
}
