import type { TreeNode } from './tree'

/** Attribute of an element that never counts; no document can have one of this name. */
const VOLATILE_NAME = '\u0003'
export const VOLATILE_MARK: TreeNode[2] = [[VOLATILE_NAME, '']]
export const isVolatile = (node: TreeNode): boolean => node[2]?.[0]?.[0] === VOLATILE_NAME

/** Text of a child or, as `@name`, of an attribute; a list as one text. Empty when it is not there or has elements inside. */
export function childText(node: TreeNode, name: string): string {
  if (name.startsWith('@')) return node[2]?.find(([attribute]) => attribute === name.slice(1))?.[1] ?? ''
  if (typeof node[1] === 'string') return ''
  return node[1].flatMap((child) => (child[0] === name && typeof child[1] === 'string' && child[1] !== '' ? [child[1]] : [])).join(',')
}
