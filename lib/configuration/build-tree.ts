// From elements to sections of items.
import { createHash } from 'node:crypto'
import type { ConfigurationShape, ListRule } from '@/lib/adapters/configuration'
import { CONFIGURATION_SECTIONS } from '@/lib/adapters/words'
import { itemLabel, settingsLabel } from './labels'
import { childText, isVolatile, VOLATILE_MARK } from './nodes'
import { atPath, byBeginning } from './paths'
import { lineCount } from './raw-lines'
import { shown, type TreeItem, type TreeNode } from './tree'
import { isSectionName, type SectionName } from './words'

const UUID_RULE: Omit<ListRule, 'path'> = { noun: 'Entry', identity: ['@uuid'], name: ['description', 'descr', 'name', 'hostname'] }
const VOLATILE_SECTION: SectionName = 'volatile'

/** Of everything that counts in a node, in its order. */
function hashOf(node: TreeNode): string {
  const counted = (value: TreeNode): unknown => (typeof value[1] === 'string' ? value : [value[0], value[1].filter((child) => !isVolatile(child)).map(counted), value[2]])
  return createHash('sha256').update(JSON.stringify(counted(node))).digest('base64url').slice(0, 22)
}

/** Sorts the elements of one configuration into items. */
class TreeBuilder {
  readonly sections = new Map<SectionName, TreeItem[]>()
  readonly #shape: ConfigurationShape
  readonly #listAt
  readonly #sectionAt
  readonly #parts: ReadonlySet<string>
  readonly #volatile: ReadonlySet<string>
  readonly #containers: ReadonlySet<string>
  readonly #seen = new Map<string, number>()
  readonly #interfaces: ReadonlyMap<string, string>
  readonly #path: string[] = []

  constructor(shape: ConfigurationShape, root: TreeNode) {
    this.#shape = shape
    this.#listAt = atPath(shape.lists)
    this.#sectionAt = byBeginning(shape.sections)
    this.#parts = new Set(shape.parts)
    this.#volatile = new Set(shape.volatile)
    this.#containers = new Set(shape.lists.flatMap(({ path }) => path.split('/').map((_, index, names) => names.slice(0, index).join('/'))))
    this.#interfaces = interfaceNames(root)
  }

  /** Takes what is an item out of `node`; null when nothing but items stood in it. The path is that of the node. */
  #pruned(node: TreeNode): TreeNode | null {
    const [name, inside, attributes] = node
    const kept = attributes?.filter(([attribute]) => !this.#volatile.has(`@${attribute}`))
    const rest = kept && kept.length > 0 ? [kept] as const : ([] as const)
    if (typeof inside === 'string') return this.#isEmptyContainer(inside) && !rest[0] ? null : [name, inside, ...rest]
    const children = inside.flatMap((child) => this.#child(child))
    if (children.length === 0 && !rest[0]) return null
    return [name, children.length === 0 ? '' : children, ...rest]
  }

  /** `<aliases/>` says no more than that there are none. */
  #isEmptyContainer(inside: string): boolean {
    if (inside.trim() !== '') return false
    return this.#containers.has(this.#path.join('/')) || this.#shape.emptyIsAbsent.some((name) => this.#path[0] === name)
  }

  #child(child: TreeNode): TreeNode[] {
    const parent = this.#path.join('/')
    this.#path.push(child[0])
    try {
      const path = this.#path.join('/')
      if (this.#volatile.has(path) || this.#volatile.has(child[0])) {
        if (parent === '') this.#push(VOLATILE_SECTION, { list: path, key: path, label: settingsLabel(path), group: null, hash: hashOf(child), within: '', lines: lineCount(child), node: child })
        return parent === '' ? [] : [[child[0], child[1], VOLATILE_MARK]]
      }
      const rule = this.#listAt(this.#path) ?? (child[2]?.some(([name]) => name === 'uuid') ? { ...UUID_RULE, path } : null)
      if (rule) this.#item(child, rule)
      else if (this.#parts.has(parent)) this.#settings(child)
      else {
        const kept = this.#pruned(child)
        return kept ? [kept] : []
      }
      return []
    } finally {
      this.#path.pop()
    }
  }

  #item(node: TreeNode, rule: Pick<ListRule, 'noun' | 'identity' | 'name' | 'at' | 'order'>): void {
    const list = this.#path.join('/')
    const kept = this.#pruned(node) ?? [node[0], '']
    // With what is shown of it: a secret in a name that changed makes it no other thing.
    const first = (names: readonly string[]) => names.map((name) => shown(childText(kept, name))).find((value) => value !== '')
    const [hard, soft] = [first(rule.identity), first(rule.name)]
    const interfaceId = rule.at === undefined ? '' : childText(kept, rule.at)
    const floats = childText(kept, 'floating') !== ''
    const key = hard !== undefined ? this.#unique(list, hard) : soft !== undefined ? this.#unique(list, `~${soft}`) : ''
    const group = rule.order === undefined ? null : rule.order === 'all' ? '' : floats ? 'floating' : interfaceId
    this.#push(this.#section(), { list, key, label: itemLabel(kept, rule, floats ? 'any interface' : this.#interfaceLabel(interfaceId)), group, hash: hashOf(kept), within: this.#path.slice(0, -1).join('/'), lines: lineCount(kept), node: kept })
  }

  #settings(node: TreeNode): void {
    const kept = this.#pruned(node)
    if (!kept) return
    const list = this.#path.join('/')
    this.#push(this.#section(), { list, key: this.#unique(list, list), label: settingsLabel(list, childText(kept, 'descr')), group: null, hash: hashOf(kept), within: this.#path.slice(0, -1).join('/'), lines: lineCount(kept), node: kept })
  }

  #section = (): SectionName => this.#sectionAt(this.#path) ?? 'other'
  #interfaceLabel = (id: string): string => id.split(',').map((one) => this.#interfaces.get(one) ?? one).join(', ')

  /** A second item with the same identity is told apart by its number. */
  #unique(list: string, key: string): string {
    const name = `${list}\n${key}`
    const count = (this.#seen.get(name) ?? 0) + 1
    this.#seen.set(name, count)
    return count === 1 ? key : `${key}\n${count}`
  }

  #push(section: SectionName, item: TreeItem): void {
    const items = this.sections.get(section)
    if (items) items.push(item)
    else this.sections.set(section, [item])
  }

  take(root: TreeNode): void {
    if (typeof root[1] !== 'string') for (const child of root[1]) this.#child(child)
  }
}

/** What people call the interfaces: lan → LAN. */
function interfaceNames(root: TreeNode): Map<string, string> {
  const interfaces = typeof root[1] === 'string' ? undefined : root[1].find(([name]) => name === 'interfaces')
  if (!interfaces || typeof interfaces[1] === 'string') return new Map()
  return new Map(interfaces[1].map((node) => [node[0], childText(node, 'descr') || node[0].toUpperCase()]))
}

/** Items of a configuration by section, in the order in which pages show sections and, within one, of the document. */
export function buildTree(root: TreeNode, shape: ConfigurationShape): { name: SectionName; items: TreeItem[] }[] {
  const builder = new TreeBuilder(shape, root)
  builder.take(root)
  return CONFIGURATION_SECTIONS.filter(isSectionName).flatMap((name) => {
    const items = builder.sections.get(name)
    return items ? [{ name, items }] : []
  })
}
