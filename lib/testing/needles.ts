// Every form in which a secret could lie around, and a search for all of them in bytes of any length.
import { createReadStream, readdirSync, statSync } from 'node:fs'
import path from 'node:path'

export type Planted = { name: string; value: string | Buffer; /** The other half of a Basic pair. */ user?: string }
export type Needle = { name: string; form: string; bytes: Buffer }
export type Hit = { name: string; form: string; where: string }

const SHORTEST_NEEDLE = 6
const escaped = (text: string) => JSON.stringify(text).slice(1, -1)

/** Base64 of bytes that begin at any place of a longer text: the characters that the neighbours do not touch. */
function base64Cores(bytes: Buffer, encoding: 'base64' | 'base64url'): string[] {
  return [0, 1, 2].map((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64')
    const from = Math.ceil((offset * 8) / 6)
    const to = Math.floor(((offset + bytes.length) * 8) / 6)
    const core = text.slice(from, to)
    return encoding === 'base64' ? core : core.replaceAll('+', '-').replaceAll('/', '_')
  })
}

/** All forms of one secret, each once. */
export function formsOf({ name, value, user }: Planted): Needle[] {
  const bytes = Buffer.from(value)
  const text = typeof value === 'string' ? value : null
  const pair = user === undefined ? null : Buffer.from(`${user}:${bytes.toString('utf8')}`)
  const forms: [string, Buffer | string][] = [
    ['raw', bytes],
    ...base64Cores(bytes, 'base64').map((core): [string, string] => ['base64', core]),
    ...base64Cores(bytes, 'base64url').map((core): [string, string] => ['base64url', core]),
    ['hex', bytes.toString('hex')],
    ['hex in capitals', bytes.toString('hex').toUpperCase()],
    ...(text === null ? [] : ([['URL-encoded', encodeURIComponent(text)], ['form-encoded', new URLSearchParams({ v: text }).toString().slice(2)], ['JSON-escaped', escaped(text)], ['JSON-escaped twice', escaped(escaped(text))], ['UTF-16', Buffer.from(text, 'utf16le')]] as [string, Buffer | string][])),
    ...(pair ? ([['Basic pair', pair.toString('base64')]] as [string, string][]) : []),
  ]
  const seen = new Set<string>()
  return forms.flatMap(([form, found]) => {
    const needle = Buffer.from(found)
    if (needle.length < SHORTEST_NEEDLE) throw new Error(`The ${form} form of ${name} is too short to be told from chance.`)
    if (seen.has(needle.toString('latin1'))) return []
    seen.add(needle.toString('latin1'))
    return [{ name, form, bytes: needle }]
  })
}

export function scanBytes(where: string, bytes: Buffer, needles: readonly Needle[]): Hit[] {
  return needles.flatMap((needle) => (bytes.includes(needle.bytes) ? [{ name: needle.name, form: needle.form, where }] : []))
}

/** The same for a stream; what lies across two of its pieces is found too. */
export async function scanStream(where: string, stream: AsyncIterable<Buffer>, needles: readonly Needle[]): Promise<{ hits: Hit[]; bytes: number }> {
  const overlap = Math.max(...needles.map(({ bytes }) => bytes.length)) - 1
  const hits = new Map<string, Hit>()
  let [before, total] = [Buffer.alloc(0), 0]
  for await (const piece of stream) {
    total += piece.length
    const window = Buffer.concat([before, piece])
    for (const hit of scanBytes(where, window, needles)) hits.set(`${hit.name} ${hit.form}`, hit)
    before = Buffer.from(window.subarray(Math.max(0, window.length - overlap)))
  }
  return { hits: [...hits.values()], bytes: total }
}

const PIECE_BYTES = 4 * 1024 * 1024

/** Every file below a folder but those that `skip` names, by their path below it. */
export async function scanFolder(folder: string, needles: readonly Needle[], skip: readonly string[] = []): Promise<{ hits: Hit[]; bytes: number; files: number }> {
  const found = { hits: [] as Hit[], bytes: 0, files: 0 }
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const full = path.join(folder, file)
    if (skip.includes(file) || !statSync(full).isFile()) continue
    const { hits, bytes } = await scanStream(full, createReadStream(full, { highWaterMark: PIECE_BYTES }), needles)
    found.hits.push(...hits)
    found.bytes += bytes
    found.files += 1
  }
  return found
}
