// A configuration as it is compared: sections of items, every secret replaced by a mark. A section is stored as text with
// one line for each item, so that what did not change is the same bytes.
import { AppError } from '@/lib/core/errors'
import type { SectionName } from './words'

/**
 * By which rules trees are made and masked. To be raised with every change of what parsing, masking or sorting gives for an
 * unchanged configuration: what is stored by older rules is then made anew before it is compared. 0 = nothing that counts.
 */
export const TREE_FORMAT = 1

/** An element: its name, what is inside (text, or elements in their order), its attributes. */
export type TreeNode = readonly [name: string, inside: string | readonly TreeNode[], attributes?: readonly (readonly [name: string, value: string])[]]

/** Something a person would name: a rule, an alias, a user; or the settings of one part. */
export type TreeItem = {
  /** Path of the element from below the root: `filter/rule`. Items of one path are of one kind. */
  list: string
  /** What identifies it within its list, also after it was changed; empty when nothing does. */
  key: string
  /** `Rule 'Allow web' on LAN`. */
  label: string
  /** Its place counts among the items of its list with the same group; null = places do not count. */
  group: string | null
  /** Of everything that counts; equal for equal items. */
  hash: string
  /** Path of the element that it stands in, for showing it as XML. */
  within: string
  /** How many lines it takes as XML. */
  lines: number
  /** Without the items that stand inside it. */
  readonly node: TreeNode
}
export type TreeSection = { name: SectionName; items: readonly TreeItem[] }

/** A parsed configuration as it is stored: `bytes` is the JSON text that `sectionBytes` makes; `openSection` takes its value. */
export type ParsedSection = { name: SectionName; itemCount: number; bytes: Uint8Array<ArrayBuffer> }
export type ParsedConfiguration = {
  /** In the order of the document; `volatile` holds what never counts. */
  sections: readonly ParsedSection[]
  /** Without what never counts. */
  itemCount: number
  parseMs: number
}

/** A mark stands where a secret stood. XML cannot hold these characters, and JSON's are dropped, so nobody can fake one. */
const MARK = /\u0001[^\u0001\u0002]*\u0002/g
export const markOf = (digest: string): string => `\u0001${digest}\u0002`
export const holdsSecret = (text: string): boolean => text.includes('\u0001')
/** Text as it may be shown: nothing of a secret, and nothing of its mark either. */
export const shown = (text: string): string => (holdsSecret(text) ? text.replace(MARK, '[secret]') : text)

/**
 * One line for each item, all of it one JSON value. The element is a text in it, which costs little to read: most items are
 * never looked into, because their hash is that of the other side.
 */
export const sectionBytes = (items: readonly TreeItem[]): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(`[\n${items.map(({ list, key, label, group, hash, within, lines, node }) => JSON.stringify([list, key, label, group, hash, within, lines, JSON.stringify(node)])).join(',\n')}\n]\n`)

type Row = [list: string, key: string, label: string, group: string | null, hash: string, within: string, lines: number, node: string]
const areRows = (value: unknown): value is Row[] => Array.isArray(value) && value.every((row) => Array.isArray(row) && row.length === 8 && typeof row[0] === 'string' && typeof row[4] === 'string' && typeof row[7] === 'string')

/** An item as it was stored; its element is read when somebody looks into it. */
class StoredItem implements TreeItem {
  readonly list: string
  readonly key: string
  readonly label: string
  readonly group: string | null
  readonly hash: string
  readonly within: string
  readonly lines: number
  readonly #source: string
  #node: TreeNode | null = null

  constructor([list, key, label, group, hash, within, lines, node]: Row) {
    this.list = list
    this.key = key
    this.label = label
    this.group = group
    this.hash = hash
    this.within = within
    this.lines = lines
    this.#source = node
  }

  get node(): TreeNode {
    if (this.#node === null) {
      // It was stored sealed, by us.
      const node: TreeNode = JSON.parse(this.#source)
      this.#node = node
    }
    return this.#node
  }
}

/** The JSON value of `sectionBytes` as a section again. Throws internal when it is none. */
export function openSection(name: SectionName, value: unknown): TreeSection {
  if (!areRows(value)) throw new AppError('internal', 'A stored configuration cannot be read.')
  return { name, items: value.map((row) => new StoredItem(row)) }
}
