import { SaxesParser } from 'saxes'
import { BYTES_MAX, DEPTH_MAX, ELEMENTS_MAX, NAME_CHARS_MAX, TAG_CHARS_MAX, TEXT_CHARS_MAX, refused } from './limits'
import type { TreeNode } from './tree'

/** Replaces a text by what may be kept of it; `path` begins below the root and is only good during the call. */
export type KeepText = (path: readonly string[], text: string) => string

const CHUNK_CHARS = 32 * 1024
const UTF8 = /^utf-?8$/i

type Open = { name: string; attributes: [string, string][] | null; children: TreeNode[] | null; text: string }

/** UTF-8 alone: in another encoding, what looks harmless here may be a document type there. */
function textOf(bytes: Uint8Array): string {
  if (bytes.byteLength > BYTES_MAX) throw refused(`It is larger than ${BYTES_MAX / 1024 / 1024} MiB.`)
  if (bytes.includes(0)) throw refused('It holds a zero byte, which no configuration has.')
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw refused('It is not written in UTF-8.')
  }
}

/** What stands between two marks may be so long at most; a search for the end is much faster than a parser that looks for it. */
function requireEnds(text: string, begin: string, end: string, charsMax: number): void {
  for (let at = text.indexOf(begin); at !== -1; ) {
    const to = text.indexOf(end, at + begin.length)
    if ((to === -1 ? text.length : to) - at > charsMax) throw refused('It has a text without end.')
    at = to === -1 ? -1 : text.indexOf(begin, to)
  }
}

/** A tag begins within every stretch of that length; looked at from its end, so that only few places are. */
function requireTags(text: string): void {
  for (let at = 0; at + TEXT_CHARS_MAX < text.length; ) {
    const next = text.lastIndexOf('<', at + TEXT_CHARS_MAX)
    if (next <= at) throw refused('It has a text without end.')
    at = next
  }
}

/** Builds the elements as the parser tells them. The parser itself checks that each is closed by its own name. */
class Builder {
  readonly #keep: KeepText
  readonly #root: string
  readonly #open: Open[] = []
  readonly #path: string[] = []
  #elements = 0
  /** Characters that were handed over when the parser last told something, and when a tag began that is not over. */
  toldAt = 0
  tagAt: number | null = null
  done: TreeNode | null = null

  constructor(root: string, keep: KeepText) {
    this.#root = root
    this.#keep = keep
  }

  begin(name: string, given: Record<string, string>): void {
    this.#elements += 1
    if (this.#elements > ELEMENTS_MAX) throw refused(`It has more than ${ELEMENTS_MAX / 1_000_000} million elements.`)
    if (this.#open.length >= DEPTH_MAX) throw refused(`Its elements are nested more than ${DEPTH_MAX} deep.`)
    if (name.length > NAME_CHARS_MAX) throw refused('An element has an endless name.')
    if (this.#open.length === 0 && name !== this.#root) throw refused('It is not the configuration of such a firewall.')
    if (this.#open.length > 0) this.#path.push(name)
    const attributes = Object.entries(given).map(([attribute, value]): [string, string] => [attribute, this.#kept(`@${attribute}`, value)])
    this.#open.push({ name, attributes: attributes.length > 0 ? attributes : null, children: null, text: '' })
  }

  #kept(attribute: string, value: string): string {
    this.#path.push(attribute)
    const kept = this.#keep(this.#path, value)
    this.#path.pop()
    return kept
  }

  text(text: string): void {
    const open = this.#open.at(-1)
    if (!open) return
    if (open.text.length + text.length > TEXT_CHARS_MAX) throw refused('It has a text without end.')
    open.text += text
  }

  end(): void {
    const open = this.#open.pop()
    if (!open) return
    // Text beside elements is the white space between them; if it is more, it is an element of its own, so that nothing is lost.
    const text = open.children ? open.text.trim() : open.text
    const kept = text === '' ? '' : this.#keep(this.#path, text)
    if (open.children && kept !== '') open.children.push(['#text', kept])
    const inside = open.children ?? kept
    const node: TreeNode = open.attributes ? [open.name, inside, open.attributes] : [open.name, inside]
    this.#path.pop()
    const parent = this.#open.at(-1)
    if (parent) (parent.children ??= []).push(node)
    else this.done = node
  }
}

function connect(parser: SaxesParser, builder: Builder, fed: () => number): void {
  const told = <T extends unknown[]>(act: (...args: T) => void) => (...args: T) => {
    builder.toldAt = fed()
    act(...args)
  }
  parser.on('error', () => {
    throw refused(`It is broken at line ${parser.line}: not well-formed XML, or an entity that is not one of the five.`)
  })
  parser.on('doctype', () => {
    throw refused('It has a document type, which no configuration has.')
  })
  parser.on('processinginstruction', () => {
    throw refused('It has a processing instruction, which no configuration has.')
  })
  parser.on('xmldecl', ({ encoding }) => {
    if (encoding !== undefined && !UTF8.test(encoding)) throw refused('It says that it is not written in UTF-8.')
  })
  parser.on('opentagstart', told(() => (builder.tagAt = fed())))
  parser.on('opentag', told((tag) => {
    builder.tagAt = null
    builder.begin(tag.name, tag.attributes)
  }))
  parser.on('closetag', told(() => builder.end()))
  parser.on('text', told((text) => builder.text(text)))
  parser.on('cdata', told((text) => builder.text(text)))
  parser.on('comment', told(() => undefined))
}

/**
 * Elements of an XML configuration, each text as `keep` leaves it. Knows no entities but the five of XML and numbers, and
 * refuses document types, processing instructions and whatever exceeds lib/configuration/limits.ts, at the point where it
 * stands. Throws firewall-reply-not-understood.
 */
export function parseXml(bytes: Uint8Array, root: string, keep: KeepText): TreeNode {
  const text = textOf(bytes)
  // The parser collects a document type before it tells of it.
  if (text.includes('<!DOCTYPE') || text.includes('<!ENTITY')) throw refused('It has a document type or an entity, which no configuration has.')
  requireTags(text)
  requireEnds(text, '<![CDATA[', ']]>', TEXT_CHARS_MAX)
  requireEnds(text, '<!--', '-->', TAG_CHARS_MAX)
  const parser = new SaxesParser({ xmlns: false })
  const builder = new Builder(root, keep)
  let fed = 0
  connect(parser, builder, () => fed)
  for (; fed < text.length; ) {
    const next = Math.min(fed + CHUNK_CHARS, text.length)
    parser.write(text.slice(fed, next))
    fed = next
    if (builder.tagAt !== null && fed - builder.tagAt > TAG_CHARS_MAX) throw refused('An element has attributes without end.')
    if (fed - builder.toldAt > TEXT_CHARS_MAX) throw refused('It has a text without end.')
  }
  parser.close()
  if (!builder.done) throw refused('It is empty.')
  return builder.done
}
