import { isDeeperThan } from '@/lib/core/json-depth'
import { BYTES_MAX, DEPTH_MAX, ELEMENTS_MAX, NAME_CHARS_MAX, TEXT_CHARS_MAX, refused } from './limits'
import type { KeepText } from './parse-xml'
import type { TreeNode } from './tree'

/** What XML cannot hold, and what would make a name read as a path. */
const NOT_IN_TEXT = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g
const NOT_IN_NAME = /[\u0000-\u001f/<>&"'\s]/g

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Turns members into elements: a list is the element again and again, as it was in the XML that the firewall made it from. */
class Elements {
  readonly #keep: KeepText
  readonly #path: string[] = []
  #count = 0

  constructor(keep: KeepText) {
    this.#keep = keep
  }

  of(name: string, value: unknown): TreeNode[] {
    if (Array.isArray(value)) return value.flatMap((entry: unknown) => this.of(name, Array.isArray(entry) ? { item: entry } : entry))
    this.#count += 1
    if (this.#count > ELEMENTS_MAX) throw refused(`It has more than ${ELEMENTS_MAX / 1_000_000} million elements.`)
    this.#path.push(name)
    const inside = isObject(value) ? this.members(value) : this.#text(value)
    this.#path.pop()
    return [[name, inside]]
  }

  members(value: Record<string, unknown>): TreeNode[] | string {
    const members = Object.entries(value)
    if (members.length === 0) return ''
    return members.flatMap(([name, member]) => this.of(name.slice(0, NAME_CHARS_MAX).replace(NOT_IN_NAME, '_'), member))
  }

  #text(value: unknown): string {
    if (value === null || value === undefined || typeof value === 'object') return ''
    const text = String(value).replace(NOT_IN_TEXT, '\ufffd')
    if (text.length > TEXT_CHARS_MAX) throw refused('It has a text without end.')
    return this.#keep(this.#path, text)
  }
}

/**
 * The same elements from a configuration that was given as JSON, with or without the envelope of the API around it. Throws
 * firewall-reply-not-understood.
 */
export function parseJson(bytes: Uint8Array, root: string, keep: KeepText): TreeNode {
  if (bytes.byteLength > BYTES_MAX) throw refused(`It is larger than ${BYTES_MAX / 1024 / 1024} MiB.`)
  let value: unknown
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    if (isDeeperThan(text, DEPTH_MAX)) throw refused(`It is nested more than ${DEPTH_MAX} deep.`)
    value = JSON.parse(text)
  } catch (error) {
    throw error instanceof Error && error.name === 'AppError' ? error : refused('It is not JSON.')
  }
  if (isObject(value) && isObject(value.data)) value = value.data
  if (!isObject(value) || !isObject(value.system)) throw refused('It is not the configuration of such a firewall.')
  return [root, new Elements(keep).members(value)]
}
