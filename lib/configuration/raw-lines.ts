// A section as XML again: pretty-printed, secrets still as marks, each item below the elements that it stands in.
import { isVolatile } from './nodes'
import type { TreeItem, TreeNode } from './tree'

const INDENT = '  '
const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }
const escaped = (text: string): string => text.replace(/[&<>]/g, (found) => ESCAPES[found] ?? found)

function writeNode(node: TreeNode, depth: number, lines: string[]): void {
  const [name, inside, attributes] = node
  const indent = INDENT.repeat(depth)
  const given = isVolatile(node) ? '' : (attributes ?? []).map(([attribute, value]) => ` ${attribute}="${escaped(value).replaceAll('"', '&quot;')}"`).join('')
  if (typeof inside !== 'string') {
    lines.push(`${indent}<${name}${given}>`)
    for (const child of inside) writeNode(child, depth + 1, lines)
    lines.push(`${indent}</${name}>`)
  } else if (inside === '') lines.push(`${indent}<${name}${given}/>`)
  else for (const line of `${indent}<${name}${given}>${escaped(inside)}</${name}>`.split('\n')) lines.push(line)
}

/** Lines of one element, without writing them. */
export function lineCount([, inside]: TreeNode): number {
  if (typeof inside !== 'string') return inside.reduce((sum, child) => sum + lineCount(child), 2)
  return inside.includes('\n') ? inside.split('\n').length : 1
}

const namesOf = ({ within }: TreeItem): string[] => (within === '' ? [] : within.split('/'))
const sharedNames = (a: readonly string[], b: readonly string[]): number => {
  const differs = a.findIndex((name, index) => name !== b[index])
  return differs === -1 ? a.length : differs
}

/** Line at which each item begins, and one more for the end of the last: elements around items take lines as well. */
export function lineStarts(items: readonly TreeItem[]): number[] {
  let open: string[] = []
  let line = 0
  const starts = items.map((item) => {
    const wanted = namesOf(item)
    const shared = sharedNames(wanted, open)
    line += open.length - shared + (wanted.length - shared)
    open = wanted
    const start = line
    line += item.lines
    return start
  })
  return [...starts, line]
}

/** One item at the depth at which it stands. */
export function itemLines(item: TreeItem): string[] {
  const lines: string[] = []
  writeNode(item.node, namesOf(item).length, lines)
  return lines
}

/** All of a section; elements around items are opened and closed as they change from one item to the next. */
export function sectionLines(items: readonly TreeItem[]): string[] {
  const lines: string[] = []
  let open: string[] = []
  const leave = (depth: number) => {
    for (let at = open.length - 1; at >= depth; at -= 1) lines.push(`${INDENT.repeat(at)}</${open[at]}>`)
  }
  for (const item of items) {
    const wanted = namesOf(item)
    const shared = sharedNames(wanted, open)
    leave(shared)
    wanted.slice(shared).forEach((name, index) => lines.push(`${INDENT.repeat(shared + index)}<${name}>`))
    open = wanted
    for (const line of itemLines(item)) lines.push(line)
  }
  leave(0)
  return lines
}
