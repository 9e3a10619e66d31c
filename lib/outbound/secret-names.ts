// Names under which firewalls keep secrets. Too much is hidden rather than too little: what is shown is for diagnosis.
const WORDS = new Set(
  'pass passwd password passwords passwort passphrase pwd pw bindpw psk prv pin seed salt hash hashes crypt bcrypt secret secrets token tokens key keys privkey authkey apikey authorization cookie cookies session sessionid csrf auth credential credentials community otp jwt bearer'.split(' '),
)
const PARTS = ['password', 'passwd', 'passphrase', 'secret', 'token', 'privatekey', 'presharedkey', 'sharedkey', 'apikey', 'authkey', 'privkey', 'encryptionkey', 'hash', 'crypt', 'authorization', 'cookie', 'credential', 'rocommunity', 'rwcommunity', 'otpseed', 'csrf']

/** Whether a key of JSON, an XML element or a parameter is likely to hold a secret, in any spelling (preSharedKey, pre-shared-key). */
export function namesSecret(name: string): boolean {
  const words = name
    .slice(0, 200)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
  if (words.some((word) => WORDS.has(word) || WORDS.has(word.replace(/\d+$/, '')))) return true
  const joined = words.join('')
  return PARTS.some((part) => joined.includes(part)) || /(?:passwd|pass|pwd|psk|prv|pw)(?:fld)?\d*$/.test(joined.replace(/(?:by|com|sur)pass$/, ''))
}
