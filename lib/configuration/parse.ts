import { buildTree } from './build-tree'
import { Masker } from './mask'
import { parseJson } from './parse-json'
import { parseXml } from './parse-xml'
import type { ThreadTask } from './thread-messages'
import { sectionBytes, type ParsedConfiguration } from './tree'

/** Parses and masks at once, on the thread that calls. Throws firewall-reply-not-understood. */
export function parseNow(bytes: Uint8Array, { shape, format, markKey }: Omit<ThreadTask, 'bytes'>): ParsedConfiguration {
  const startedAt = performance.now()
  const masker = new Masker(markKey, shape)
  const keep = (path: readonly string[], text: string) => masker.masked(path, text)
  const root = format === 'xml' ? parseXml(bytes, shape.root, keep) : parseJson(bytes, shape.root, keep)
  const sections = buildTree(root, shape).map(({ name, items }) => ({ name, itemCount: items.length, bytes: sectionBytes(items) }))
  const itemCount = sections.reduce((sum, { name, itemCount: items }) => (name === 'volatile' ? sum : sum + items), 0)
  return { sections, itemCount, parseMs: Math.round(performance.now() - startedAt) }
}
