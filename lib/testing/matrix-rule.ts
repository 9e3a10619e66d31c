// One rule of the authorisation matrix, and what requests are made of.
import type { Role } from '@/lib/auth/roles'
import { credentialOf, METHOD } from './enrolled'
import type { Caller } from './matrix-people'
import type { Kind, Place, World } from './matrix-world'

/** `at`: the place whose thing is named. */
export type Situation = { caller: Caller; world: World; kind: Kind; at: Place }
/** `acts`: a refusal of the firewall or of a later step, so something was done and written down. */
export type Answer = { status: number; code?: string; acts?: true }

export type Rule = {
  /** Tells apart several ways to use one operation. */
  as?: string
  /** What names the thing: a part of the address, a field of the body, a filter of a list, or nothing. */
  names: keyof Place | 'body' | 'filter' | 'nothing'
  /** The least role in the thing's customer. */
  least: Role
  /** The least role that may look for such a thing at all; everyone else is refused whatever is named. */
  finds?: Role
  /** The role must be over all customers. */
  everywhere?: true
  /** Only what belongs to the caller, whatever their role. */
  personal?: true
  /** Whose role is too low gets the answer for what does not exist. */
  hides?: true
  stepUp?: true
  sessionOnly?: true
  body?: (situation: Situation) => Record<string, unknown>
  query?: (situation: Situation) => Record<string, string>
  /** The id in the address, where it is not simply that of the place. */
  id?: (situation: Situation) => string
  /** Makes the thing ready for an act that has conditions of its own. */
  prepare?: (situation: Situation) => Promise<Record<string, unknown> | void>
  /** There is one such thing only: allowed acts go one after another, with the tag it has at that moment. */
  ifMatch?: () => Promise<string>
  /** What these callers get instead, once they were let in. */
  instead?: (caller: Pick<Caller, 'person'>) => Answer | null
}

let count = 0
export const fresh = (word: string) => `${word} ${(count += 1)}`
export const inBody = ({ at }: Situation) => ({ customerId: at.customerId, name: fresh('New') })
export const ofCustomer = ({ at }: Situation) => ({ customerId: at.customerId })
export const address = ({ world }: Situation) => ({ baseUrl: world.firewall.info.url })
export const trust = ({ world }: Situation) => ({ trust: { mode: 'pin', sha256: world.firewall.info.sha256 } })
export const credential = ({ world }: Situation) => ({ credential: credentialOf(world.firewall, METHOD[world.firewall.info.family]) })
/** The same credential as columns of a file. */
export const credentialColumns = (firewall: World['firewall']): Record<string, string> => {
  const { method, key, username, password } = credentialOf(firewall, METHOD[firewall.info.family])
  return method === 'api-key' ? { api_key: String(key) } : { username: String(username), password: String(password) }
}
export const family = ({ world }: Situation) => ({ family: world.firewall.info.family })
export const always = (status: number, code: string, more: Pick<Answer, 'acts'> = {}): Pick<Rule, 'instead'> => ({ instead: () => ({ status, code, ...more }) })
