// Local users of a pfSense, their privileges, API keys and permanent tokens.
import { createHash } from 'node:crypto'
import { derivedHex } from '../generate'
import type { UserOption } from '../options'

export type Account = { name: string; password: string; privileges: Set<string>; disabled: boolean }

const hash = (text: string) => createHash('sha256').update(text).digest('hex')

export class Accounts {
  readonly #users = new Map<string, Account>()
  /** Hash of a key to the user it acts as. */
  readonly #keys = new Map<string, string>()
  readonly #tokens = new Map<string, string>()
  readonly #firewall: string
  #tokenCount = 0

  constructor(firewall: string, users: UserOption[]) {
    this.#firewall = firewall
    for (const user of users) {
      this.#users.set(user.name, { name: user.name, password: user.password, privileges: new Set(user.privileges), disabled: user.disabled ?? false })
      if (user.key !== undefined) this.#keys.set(hash(user.key), user.name)
    }
  }

  active(name: string | undefined): Account | null {
    const user = name === undefined ? undefined : this.#users.get(name)
    return user === undefined || user.disabled ? null : user
  }

  byPassword(name: string, password: string): Account | null {
    const user = this.active(name)
    return user !== null && password !== '' && user.password === password ? user : null
  }

  byKey(key: string): Account | null {
    return this.active(this.#keys.get(hash(key)))
  }

  byToken(clientId: string, clientToken: string): Account | null {
    return this.active(this.#tokens.get(hash(`${clientId} ${clientToken}`)))
  }

  /** A new permanent pair; the id is the hex of the user name. */
  issueToken(name: string): { clientId: string; clientToken: string } {
    this.#tokenCount += 1
    const pair = { clientId: Buffer.from(name).toString('hex'), clientToken: derivedHex(this.#firewall, `token ${name} ${this.#tokenCount}`, 24) }
    this.#tokens.set(hash(`${pair.clientId} ${pair.clientToken}`), name)
    return pair
  }

  issueKey(name: string, bytes: number): string {
    this.#tokenCount += 1
    const key = derivedHex(this.#firewall, `key ${name} ${this.#tokenCount}`, bytes)
    this.#keys.set(hash(key), name)
    return key
  }

  setPrivileges(name: string, privileges: string[]): void {
    const user = this.#users.get(name)
    if (user === undefined) throw new Error(`There is no user ${name} on this firewall.`)
    user.privileges = new Set(privileges)
  }

  /** `key`, `token`, `password` revoke that of everybody; a user name disables the user. */
  revoke(what: string): void {
    if (what === 'key') this.#keys.clear()
    else if (what === 'token') this.#tokens.clear()
    else if (what === 'password') for (const user of this.#users.values()) user.password = derivedHex(this.#firewall, `changed ${user.password}`, 12)
    else {
      const user = this.#users.get(what)
      if (user === undefined) throw new Error(`There is no user, key, token or password ${what} to revoke.`)
      user.disabled = true
    }
  }
}
