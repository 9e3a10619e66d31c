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
  else lines.push(...`${indent}<${name}${given}>${escaped(inside)}</${name}>`.split(/\r?\n/))
}

export type SectionLines = {
  lines: string[]
  /** Line at which each item begins, and one more for the end of the last. */
  starts: number[]
}

/** Elements around items are opened and closed as they change from one item to the next. */
export function sectionLines(items: readonly TreeItem[]): SectionLines {
  const lines: string[] = []
  const starts: number[] = []
  let open: string[] = []
  const leave = (depth: number) => {
    for (let at = open.length - 1; at >= depth; at -= 1) lines.push(`${INDENT.repeat(at)}</${open[at]}>`)
  }
  for (const { within, node } of items) {
    const wanted = within === '' ? [] : within.split('/')
    let shared = 0
    while (shared < wanted.length && shared < open.length && wanted[shared] === open[shared]) shared += 1
    leave(shared)
    wanted.slice(shared).forEach((name, index) => lines.push(`${INDENT.repeat(shared + index)}<${name}>`))
    open = wanted
    starts.push(lines.length)
    writeNode(node, open.length, lines)
  }
  starts.push(lines.length)
  leave(0)
  return { lines, starts }
}
