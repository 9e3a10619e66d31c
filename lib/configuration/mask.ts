// Which values of a configuration are secrets, and what stands in their place. Rather one too many: a secret that is shown
// cannot be taken back.
import { createHmac } from 'node:crypto'
import type { ConfigurationShape } from '@/lib/adapters/configuration'
import { maskText, type TextKind } from '@/lib/core/mask-text'
import { endsPath, type PathEnds } from './paths'
import { markOf } from './tree'

/** Names as they are compared: lower case, without what joins words and without a number at the end. */
const plainName = (name: string): string => name.toLowerCase().replace(/[-_.@:]/g, '').replace(/\d{1,3}$/, '')

const CONTAINS = /passw|passphrase|passcode|secret|psk|presharedkey|sharedkey|privatekey|privkey|apikey|authkey|encryptionkey|cryptokey|accesstoken|apitoken|bearertoken/
const ENDS = /(?:token|key|hmac|prv|pwd|pw|pass|credentials?|otpseed|community|oinkcode|mastercode|etprocode|motppin)$/
const IS = /^(?:(?:bcrypt|sha256|sha512|sha|md5|nt|lm)hash|prv|privkey|passphrase|community|keydata|simpin|enckey|tlscrypt|tlsauth|statickeys?)$/
/** Names that end like a secret's and name a choice, a length or a reference. */
const NEVER = /(?:bypass|pskidentity|passwordpolicy\w*|tokenlifetime|\w*(?:ref|mode|method|type|length|policy|enabled?|encoding|algorithm|algo|pubkey|publickey|hostkey|sortkey))$/

const PROSE = /desc|detail|note|comment|remark|label|title|motd|banner|text$/
const OPTIONS = /option|custom|advanced|extra|raw|script|command|cmd|conf$|config$|template|pre$|post$|args|param/

/** Decides by path, then by what the text looks like; makes marks with a key, so that a change is seen and nothing else. */
export class Masker {
  readonly #key: Uint8Array
  readonly #secrets: PathEnds
  readonly #open: PathEnds
  /** Names recur by the thousand. */
  readonly #kinds = new Map<string, { secret: boolean; text: TextKind }>()

  constructor(key: Uint8Array, shape: Pick<ConfigurationShape, 'secrets' | 'open'>) {
    this.#key = key
    this.#secrets = endsPath(shape.secrets)
    this.#open = endsPath(shape.open)
  }

  #kindOf(name: string): { secret: boolean; text: TextKind } {
    const known = this.#kinds.get(name)
    if (known) return known
    const plain = plainName(name)
    const secret = (CONTAINS.test(plain) || ENDS.test(plain) || IS.test(plain)) && !NEVER.test(plain)
    const kind = { secret, text: PROSE.test(plain) ? 'prose' : OPTIONS.test(plain) ? 'options' : 'value' } as const
    this.#kinds.set(name, kind)
    return kind
  }

  readonly mark = (secret: string): string => markOf(createHmac('sha256', this.#key).update(secret, 'utf8').digest('base64url').slice(0, 22))

  /** The text at a path (names from below the root) as it may be kept. */
  masked(path: readonly string[], text: string): string {
    if (text === '') return text
    const kind = this.#kindOf(path.at(-1) ?? '')
    if (this.#secrets(path) || (kind.secret && !this.#open(path))) return this.mark(text)
    return maskText(text, kind.text, this.mark)
  }
}
