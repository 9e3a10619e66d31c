// A configuration file as bytes: whether it is whole, and what stands in it about its last change. It is never parsed here.
import { createHash } from 'node:crypto'
import { cleanText } from '@/lib/core/clean-text'
import { firewallError, type AppError } from '@/lib/core/errors'
import type { TakenConfiguration } from './adapter'

/** At the beginning and the end nothing but white space and comments may stand beside the root element. */
const END_BYTES = 4096
const REVISION_BYTES_MAX = 8192
const TEXT_MAX = 500

const incomplete = (message: string): AppError =>
  firewallError('firewall-reply-not-understood', { message, details: { nextStep: 'Nothing was stored. Take another backup in a minute; if it stays, look at the configuration on the firewall itself.' } })

/** Throws firewall-reply-not-understood with a sentence, and never with a piece of the file, unless it begins and ends as a whole file with this root element does. */
export function requireWholeXml(bytes: Buffer, root: string): void {
  if (bytes.length === 0) throw incomplete('The firewall sent an empty configuration.')
  // As single bytes: the marks are ASCII, and a cut character in between does not matter.
  const head = bytes.subarray(0, END_BYTES).toString('latin1')
  const tail = bytes.subarray(-END_BYTES).toString('latin1')
  if (/<!(?:DOCTYPE|ENTITY)/i.test(head)) throw incomplete('The configuration of the firewall begins with a document type, which a real one never does.')
  const begins = /^(?:\xEF\xBB\xBF)?<\?xml[^>]{0,200}\?>\s*(?:<!--[^>]{0,1000}-->\s*)?<([A-Za-z][\w.-]{0,60})[\s/>]/.exec(head)?.[1]
  if (begins !== root) throw incomplete(begins === undefined ? 'What the firewall sent does not begin like a configuration.' : `What the firewall sent is not its configuration: it begins with <${begins}>.`)
  if (!tail.trimEnd().endsWith(`</${root}>`)) throw incomplete('The configuration of the firewall was cut off: its end is missing.')
}

/**
 * The file out of what the one fixed command printed: hash, base64, hash, one line each. Throws firewall-reply-not-understood
 * when the file changed in between, or is not what its hash says.
 */
export function fileFromCommand(output: string): Buffer {
  const [before = '', base64 = '', after = '', ...rest] = output.split(/\r?\n/)
  const isHash = (text: string) => /^[0-9a-f]{64}$/.test(text)
  if (!isHash(before) || !isHash(after) || rest.some((line) => line !== '') || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) throw incomplete('The command on the firewall did not print its configuration.')
  if (before !== after) throw incomplete('The configuration of the firewall changed while it was read.')
  const bytes = Buffer.from(base64, 'base64')
  if (createHash('sha256').update(bytes).digest('hex') !== after) throw incomplete('The configuration of the firewall arrived damaged: its hash is another.')
  return bytes
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const unescaped = (text: string): string => text.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => NAMED[name] ?? '')

/** Text of one child of the block; '' when it is absent. */
function childText(block: string, name: string): string {
  const from = block.indexOf(`<${name}>`)
  const to = from === -1 ? -1 : block.indexOf(`</${name}>`, from)
  if (to === -1) return ''
  const inner = block.slice(from + name.length + 2, to)
  const literal = /^\s*<!\[CDATA\[([\s\S]*)\]\]>\s*$/.exec(inner)?.[1]
  return cleanText(literal ?? unescaped(inner)).slice(0, TEXT_MAX)
}

/** Seconds since 1970, whole or with a fraction, as a moment; null when it is none. */
export function momentOf(seconds: string | number | null | undefined): Date | null {
  const value = typeof seconds === 'string' && seconds.trim() === '' ? Number.NaN : Number(seconds ?? Number.NaN)
  return Number.isFinite(value) && value > 0 && value < 1e11 ? new Date(Math.round(value * 1000)) : null
}

/** What the block <revision> below the root says; null when there is none. */
export function authorInXml(bytes: Buffer): TakenConfiguration['author'] {
  const below = ['\n  <revision>', '\n\t<revision>', '<revision>'].map((mark) => bytes.indexOf(mark)).find((place) => place !== -1)
  if (below === undefined) return null
  const block = bytes.subarray(below, below + REVISION_BYTES_MAX).toString('utf8')
  const end = block.indexOf('</revision>')
  const within = end === -1 ? block : block.slice(0, end)
  return authorOf(childText(within, 'time'), childText(within, 'username'), childText(within, 'description'))
}

/** Some firewalls write who it was in front of the note as well. */
export function authorOf(time: string | number | null, by: string, note: string): NonNullable<TakenConfiguration['author']> {
  const told = by !== '' && note.startsWith(`${by}:`) ? note.slice(by.length + 1) : note
  return { at: momentOf(time), by: by.trim() || null, note: told.trim().slice(0, TEXT_MAX) || null }
}
