/** Key and secret of a downloaded key file. */
export type KeyFile = { key: string; secret: string }

/**
 * Reads the `key=` and `secret=` lines of a downloaded or pasted key file; null when one of the two is absent or empty.
 * Values are Base64 and may end in `=`, so a line is split at its first `=` only.
 */
export function parseKeyFile(text: string): KeyFile | null {
  const found = new Map<string, string>()
  for (const line of text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)) {
    const at = line.indexOf('=')
    if (at > 0) found.set(line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim())
  }
  const [key, secret] = [found.get('key'), found.get('secret')]
  return key && secret ? { key, secret } : null
}
