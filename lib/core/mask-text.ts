// Secrets that stand where no table of paths looks for them: in descriptions, in options of a VPN, in scripts. Every
// expression here is bounded or has one way to match, for the text comes from a firewall.

/** Options are written `secret x` as well as `secret=x`; in a sentence only the second is one. */
const WORDS = 'pass(?:word|wd|phrase|code)?|pwd|secret|psk|pre-?shared[-_ ]?key|api[-_ ]?key|auth[-_ ]?key|private[-_ ]?key|encryption[-_ ]?key|account[-_ ]?key|licen[sc]e[-_ ]?key|access[-_ ]?token|token|oinkcode|r[ow]community|community'
const VALUE = `"[^"\\n]{1,400}"|'[^'\\n]{1,400}'|[^\\s"'<>,;&]{1,400}`
const ASSIGNED = new RegExp(`((?<![a-z0-9])(?:[a-z0-9]{1,20}[-_.]){0,3}(?:${WORDS})\\s{0,9}[:=]\\s{0,9})(${VALUE})`, 'gi')
const GIVEN = new RegExp(`((?<![a-z0-9])(?:${WORDS}|key|hmac|http-proxy-user-pass)[ \\t]{1,9}(?:is[ \\t]{1,9})?)(${VALUE})`, 'gi')

const PATTERNS: readonly RegExp[] = [
  // Hashes of passwords.
  /()(\$(?:1|2[abxy]?|5|6|7|y|gy|apr1|argon2(?:id|i|d)|pbkdf2[-a-z0-9]{0,20}|scrypt|bcrypt|sha1|md5)\$[^\s"'<>,;]{8,400})/g,
  /()(\{(?:S?SHA(?:256|384|512)?|S?MD5|CRYPT|PBKDF2)\}[^\s"'<>,;]{8,400})/gi,
  // https://user:password@host
  /(\/\/[^\s/:@]{1,200}:)([^\s/@]{1,400})(?=@)/g,
  /((?:^|\s)(?:-u|--user)[ =][^\s:]{1,100}:)(\S{1,400})/g,
  // Tokens of services that people are told through.
  /()((?<!\d)\d{6,12}:[A-Za-z0-9_-]{30,60})/g,
  /()(xox[a-z]-[A-Za-z0-9-]{10,400})/g,
  /(hooks\.slack\.com\/(?:services|workflows)\/)([^\s"'<>]{8,400})/g,
  /(discord(?:app)?\.com\/api\/webhooks\/)([^\s"'<>]{8,400})/g,
  /(webhook\.office\.com\/)([^\s"'<>]{8,400})/g,
  /()((?:gh[pousr]_|github_pat_|glpat-|tskey-[a-z]{1,10}-|sk-|pal_)[A-Za-z0-9_-]{16,400})/g,
  /()(eyJ[A-Za-z0-9_-]{8,4000}\.eyJ[A-Za-z0-9_-]{8,4000}\.[A-Za-z0-9_-]{0,4000})/g,
  /()(AGE-SECRET-KEY-1[A-Z0-9]{20,100})/g,
  ASSIGNED,
]
/** In words that people write, a bare key of 32 bytes or a long run of hex has no other business. */
const IN_PROSE: readonly RegExp[] = [/()((?<![A-Za-z0-9+/])[A-Za-z0-9+/]{43}=(?![A-Za-z0-9+/=]))/g, /()((?<![0-9a-z])[0-9a-f]{32,4000}(?![0-9a-z]))/gi]

const BEGINS = '-----BEGIN '
const PRIVATE = /^-----BEGIN [A-Z0-9 ]{0,40}(?:PRIVATE KEY|OpenVPN Static key|OpenVPN tls-crypt)/i
const ENDING = /-----END [^-\n]{1,60}-----/g
const BASE64_RUN = /[A-Za-z0-9+/=]{24,}/g
const BASE64_WHOLE = /^[A-Za-z0-9+/=\r\n]{24,}$/
/** `-----BEGIN` in base64. */
const BASE64_PEM = 'LS0tLS1CRUdJTi'

/** Blocks of private keys, with whatever ends them or to the end of the text. */
function withoutKeyBlocks(text: string, mark: (secret: string) => string): string {
  let result = ''
  let from = 0
  for (let at = text.indexOf(BEGINS); at !== -1; at = text.indexOf(BEGINS, from)) {
    ENDING.lastIndex = at
    const end = ENDING.exec(text)
    const to = end ? end.index + end[0].length : text.length
    const block = text.slice(at, to)
    result += text.slice(from, at) + (PRIVATE.test(block) ? mark(block) : block)
    from = to
  }
  return result + text.slice(from)
}

const BINARY = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f]/
const decoded = (run: string): string => Buffer.from(run, 'base64').toString('latin1')

/** Base64 of options, or of a key, that would not be shown if it stood there plainly. */
function hidesSecret(text: string, mark: (secret: string) => string): boolean {
  const inside = decoded(text)
  return !BINARY.test(inside.slice(0, 64)) && maskText(inside, 'options', mark) !== inside
}

export type TextKind = 'value' | 'prose' | 'options'

/** Text with every secret that shows itself replaced by `mark(secret)`. Linear in the length of the text. */
export function maskText(text: string, kind: TextKind, mark: (secret: string) => string): string {
  if (text.length < 8) return text
  // As a whole, because with a mark inside it would not be base64 any more.
  if (BASE64_WHOLE.test(text) && hidesSecret(text, mark)) return mark(text)
  let result = withoutKeyBlocks(text, mark)
  if (result.includes(BASE64_PEM)) result = result.replace(BASE64_RUN, (run) => (run.startsWith(BASE64_PEM) && PRIVATE.test(decoded(run)) ? mark(run) : run))
  for (const pattern of kind === 'options' ? [...PATTERNS, GIVEN] : PATTERNS) result = result.replace(pattern, (whole, before: string, secret: string) => (secret.includes('\u0001') ? whole : before + mark(secret)))
  return proseOnly(result, kind, mark)
}

function proseOnly(text: string, kind: TextKind, mark: (secret: string) => string): string {
  if (kind === 'value') return text
  return IN_PROSE.reduce((masked, pattern) => masked.replace(pattern, (_, before: string, secret: string) => before + mark(secret)), text)
}
