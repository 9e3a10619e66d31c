import { isVolatile } from './nodes'
import type { TreeNode } from './tree'

/** Every value below an element by its path; elements of one name that hold plain text are several values of one path. */
export type FlatValues = ReadonlyMap<string, readonly string[]>

/** What does not count is left out. Elements of one name that hold others are numbered from the second on: `range`, `range[2]`. */
export function flatten(node: TreeNode): FlatValues {
  const values = new Map<string, string[]>()
  collect(node, '', values)
  return values
}

function put(values: Map<string, string[]>, path: string, value: string): void {
  const there = values.get(path)
  if (there) there.push(value)
  else values.set(path, [value])
}

function collect([, inside, attributes]: TreeNode, at: string, values: Map<string, string[]>): void {
  const below = (name: string) => (at === '' ? name : `${at}/${name}`)
  for (const [name, value] of attributes ?? []) put(values, below(`@${name}`), value)
  if (typeof inside === 'string') {
    // An element without anything says something by being there, so it is a value too.
    if (at !== '' || inside !== '') put(values, at, inside)
    return
  }
  const counts = new Map<string, number>()
  for (const child of inside) {
    if (isVolatile(child)) continue
    if (typeof child[1] === 'string') {
      collect(child, below(child[0]), values)
      continue
    }
    const count = (counts.get(child[0]) ?? 0) + 1
    counts.set(child[0], count)
    collect(child, below(count === 1 ? child[0] : `${child[0]}[${count}]`), values)
  }
}
