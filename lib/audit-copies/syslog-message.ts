import 'server-only'
// Syslog by RFC 5424, framed by counting octets (RFC 6587 over TCP, RFC 5425 over TLS).
import { publicUrl } from '@/lib/core/env'
import type { AuditEntry } from '@/lib/db/generated/client'

/** RFC 5612 keeps this number for examples; Palisade has none of its own. */
const STRUCTURED_ID = 'palisade@32473'
/** "log audit" */
const FACILITY = 13
const SEVERITY = { warning: 4, informational: 6 } as const
/** What most receivers take unless told otherwise; they cut longer ones anyway. */
export const MESSAGE_BYTES_MAX = 8_192
const VALUE_LENGTH_MAX = 200

/** No line end, no control of a terminal and no mark that turns text may come out at the other side. */
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu
const OUTSIDE_ASCII = /[\u007f-\uffff]/g

const valueOf = (text: string): string => [...text.toWellFormed().replace(UNSEEN, ' ')].slice(0, VALUE_LENGTH_MAX).join('').replace(/["\\\]]/g, '\\$&')
const structured = (values: Readonly<Record<string, string | null>>): string =>
  `[${STRUCTURED_ID}${Object.entries(values).map(([name, value]) => (value === null ? '' : ` ${name}="${valueOf(value)}"`)).join('')}]`

/** A word of the header: printable ASCII without blanks, `-` for none. */
const word = (text: string, lengthMax: number): string => text.replace(/[^\x21-\x7e]/g, '').slice(0, lengthMax) || '-'
/** The same JSON in ASCII: it needs no byte order mark, and parsed it is the same value. */
const asciiJson = (json: string): string => json.replace(OUTSIDE_ASCII, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)

const frame = (message: string): Buffer => Buffer.from(`${Buffer.byteLength(message)} ${message}`)
const head = (severity: number, at: Date, name: string): string => `<${FACILITY * 8 + severity}>1 ${at.toISOString()} ${word(publicUrl().hostname, 255)} palisade - ${word(name, 32)} `

/**
 * An entry as one frame. Structured data names it, its hash and what people filter by; the text is the entry itself as
 * JSON in ASCII, so that a receiver can prove it against the chain. One over 8 KiB is cut and says so with `cut="yes"`.
 */
export function entryFrame(row: AuditEntry): Buffer {
  const severity = row.result === 'failed' || row.result === 'refused' ? SEVERITY.warning : SEVERITY.informational
  const begin = head(severity, row.at, row.action)
  const values = { entry: String(row.entry), hash: row.hash, action: row.action, result: row.result, actorKind: row.actorKind, actor: row.actorName, source: row.sourceAddress, targetKind: row.targetKind, target: row.targetName, customerId: row.customerId, customer: row.customerName }
  const text = asciiJson(row.canonical)
  const whole = `${begin}${structured(values)} ${text}`
  if (Buffer.byteLength(whole) <= MESSAGE_BYTES_MAX) return frame(whole)
  const cut = `${begin}${structured({ ...values, cut: 'yes' })} `
  return frame(cut + text.slice(0, MESSAGE_BYTES_MAX - Buffer.byteLength(cut)))
}

/** A message that is no entry, to try a receiver. */
export const testFrame = (at: Date): Buffer => frame(`${head(SEVERITY.informational, at, 'test')}${structured({ test: 'yes' })} Palisade tries whether copies of its audit log arrive here.`)
