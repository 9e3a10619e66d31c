import { isDeeperThan } from '@/lib/core/json-depth'
import { namesSecret } from './secret-names'

const HIDDEN = '[secret]'
const SHOWN_MAX = 4096
/** Larger replies are looked at no further than this; 4 kB of it are shown. */
const WINDOW = 64 * 1024
const DEPTH_MAX = 64

const PEM = /-----BEGIN [A-Za-z0-9 ]{1,60}-----[\s\S]*?(?:-----END [A-Za-z0-9 ]{1,60}-----|$)/g
const URL_LOGIN = /([a-z][a-z0-9+.-]{0,20}:(?:\\?\/){2})[^\s/@"'<>]{1,300}@/gi
const CRYPT_HASH = /\$(?:1|2[abxy]?|5|6|7|y|gy|md5|sha1|scrypt|pbkdf2[a-z0-9-]{0,10}|argon2(?:id|i|d))\$[^\s"'<>,;]+/g
const TOKEN = /(?<![\w-])eyJ[\w-]{8,}\.[\w-]+\.[\w-]*/g
const LONG_HEX = /(?<![0-9a-fA-F])[0-9a-fA-F]{32,}/g
// Line breaks and slashes may be escaped, as they are inside JSON text.
const LONG_BASE64 = /(?:[A-Za-z0-9+/_-]|\\\/){40,}(?:(?:\r?\n|\\r\\n|\\n)(?:[A-Za-z0-9+/_-]|\\\/)+)*={0,2}/g
const ASSIGNMENT = /(?<![\w.-])([A-Za-z_][\w.-]{0,80})((?:\\?["'])?\s{0,8}(?::|=>?)\s{0,8})/g
// The name of a secret as a value, as in {"name": "password", "value": "…"} and <input name="password" value="…">.
const NAMED = /(?<![\w.-])(?:name|field|setting|option|id)(?:\\?["'])?\s{0,8}[:=]\s{0,8}(?:\\?["'])?([A-Za-z_][\w.-]{0,80})/gi
const ITS_VALUE = /[^{}<>\r\n]{0,200}?(?<![\w.-])(?:value|data|content)(?:\\?["'])?\s{0,8}[:=]\s{0,8}/iy
const ELEMENT = /<([A-Za-z_][\w:.-]{0,80})(?:\s[^<>]{0,300})?>/g
const QUOTED = /(\\?["'])(?:\\.|(?!\1)[^\\])*?(?:\1|$)/y
const NUMBER = /-?\d[\d.eE+-]*(?=\s*[,}\]])/y
const REST_OF_LINE = /[^\r\n]*/y

/** Words joined by slashes or dashes, such as a path: long, yet no secret. Random text of that length never looks so. */
const isWordy = (run: string): boolean => run.split(/\\?\/|[_+-]/).every((part) => /^(?:[A-Z]{0,20}[a-z]{0,20}|\d{1,8})$/.test(part))

const hideBare = (text: string): string =>
  text
    .replace(PEM, HIDDEN)
    .replace(URL_LOGIN, `$1${HIDDEN}@`)
    .replace(CRYPT_HASH, HIDDEN)
    .replace(TOKEN, HIDDEN)
    .replace(LONG_HEX, HIDDEN)
    .replace(LONG_BASE64, (run) => (isWordy(run) ? run : HIDDEN))

/** End of what `pattern` (sticky) matches at `from`, or null. */
function endOf(pattern: RegExp, text: string, from: number): number | null {
  pattern.lastIndex = from
  return pattern.test(text) ? pattern.lastIndex : null
}

/** Replaces what follows each opening that names a secret; `valueEnd` tells how far the value goes. */
function hideAfter(opening: RegExp, text: string, valueEnd: (match: RegExpExecArray, from: number) => number): string {
  let shown = ''
  let at = 0
  opening.lastIndex = 0
  for (let match = opening.exec(text); match; match = opening.exec(text)) {
    if (!namesSecret(match[1] ?? '')) continue
    const from = opening.lastIndex
    const to = valueEnd(match, from)
    shown += text.slice(at, from) + (to > from ? HIDDEN : '')
    at = to
    opening.lastIndex = to
  }
  return shown + text.slice(at)
}

const assignmentEnd = (text: string, from: number): number => endOf(QUOTED, text, from) ?? endOf(NUMBER, text, from) ?? endOf(REST_OF_LINE, text, from) ?? from

function elementEnd(text: string, name: string, from: number): number {
  const close = text.indexOf(`</${name}`, from)
  return close === -1 ? text.length : close
}

function hideInText(text: string): string {
  const bare = hideBare(text)
  const elements = hideAfter(ELEMENT, bare, (match, from) => elementEnd(bare, match[1] ?? '', from))
  const named = hideAfter(NAMED, elements, (_match, from) => {
    const valueFrom = endOf(ITS_VALUE, elements, from)
    return valueFrom === null ? from : assignmentEnd(elements, valueFrom)
  })
  return hideAfter(ASSIGNMENT, named, (_match, from) => assignmentEnd(named, from))
}

/**
 * A JSON value as it may be shown: whatever stands under a key that names a secret, and whatever looks like one anywhere,
 * is replaced. Booleans, null and empty texts stay. Deeper than 64 levels nothing is shown.
 */
export const redactValue = (value: unknown): unknown => hideValue(value, false, 0)

function hideValue(value: unknown, isSecret: boolean, depth: number): unknown {
  if (typeof value === 'string') return value === '' ? '' : isSecret ? HIDDEN : hideInText(value)
  if (typeof value === 'number' || typeof value === 'bigint') return isSecret ? HIDDEN : value
  if (typeof value !== 'object' || value === null) return value
  if (depth >= DEPTH_MAX) return HIDDEN
  if (Array.isArray(value)) return value.map((member) => hideValue(member, isSecret, depth + 1))
  const members = Object.entries(value)
  // {"name": "password", "value": "…"}: the name of the secret stands beside it.
  const isNamedPair = members.some(([name, member]) => /^(?:name|field|setting|option|id)$/i.test(name) && typeof member === 'string' && namesSecret(member))
  const shown = new Map<string, unknown>()
  for (const [name, member] of members) {
    const shownName = hideBare(name)
    shown.set(shown.has(shownName) ? `${shownName} ${shown.size}` : shownName, hideValue(member, isSecret || namesSecret(name) || (isNamedPair && /^(?:value|data|content)$/i.test(name)), depth + 1))
  }
  return Object.fromEntries(shown)
}

/** The first 4 kB of a reply, secrets replaced; for an admin's eyes, never for a log. Any text, JSON or not, whole or cut. */
export function redactReply(text: string): string {
  const isCut = text.length > WINDOW
  const seen = isCut ? text.slice(0, WINDOW) : text
  const value = isCut || isDeeperThan(seen, DEPTH_MAX) ? undefined : parsed(seen)
  if (value !== undefined) return JSON.stringify(redactValue(value)).slice(0, SHOWN_MAX)
  // What the window cut may be too short there to look like the secret it is.
  const shown = hideInText(seen)
  return (isCut ? shown.replace(/[A-Za-z0-9+/=_-]*$/, '') : shown).slice(0, SHOWN_MAX)
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}
