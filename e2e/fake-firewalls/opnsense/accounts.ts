// API keys and the users behind them (contract section 1.1).
import type { UserOption } from '../options'

export type KeyOwner = { name: string; privileges: Set<string> }
type Stored = UserOption & { owner: KeyOwner }

export class ApiKeys {
  readonly #users: Stored[]

  constructor(users: UserOption[]) {
    this.#users = users.map((user) => ({ ...user, owner: { name: user.name, privileges: new Set(user.privileges) } }))
  }

  /** The scheme word is not looked at; what follows the first blank is decoded and split at colons. */
  ownerOf(authorization: string): KeyOwner | null {
    const encoded = authorization.slice(authorization.indexOf(' ') + 1)
    const [key = '', secret = ''] = Buffer.from(encoded, 'base64').toString('utf8').split(':')
    const user = this.#users.find((candidate) => candidate.key === key && candidate.secret === secret && key !== '')
    return user === undefined || user.disabled === true ? null : user.owner
  }

  setPrivileges(name: string, privileges: string[]): void {
    this.#find(name).owner.privileges = new Set(privileges)
  }

  /** `key` revokes every key; a user name disables that user. */
  revoke(what: string): void {
    if (what === 'key') for (const user of this.#users) user.disabled = true
    else this.#find(what).disabled = true
  }

  #find(name: string): Stored {
    const user = this.#users.find((candidate) => candidate.name === name)
    if (user === undefined) throw new Error(`There is no user ${name} on this firewall.`)
    return user
  }
}
