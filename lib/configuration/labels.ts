import type { ListRule } from '@/lib/adapters/configuration'
import { cleanText } from '@/lib/core/clean-text'
import { childText } from './nodes'
import { shown, type TreeNode } from './tree'

const NAME_CHARS_MAX = 120
const short = (text: string): string => {
  const clean = cleanText(shown(text)).replace(/\s+/g, ' ').trim()
  return clean.length > NAME_CHARS_MAX ? `${clean.slice(0, NAME_CHARS_MAX - 1)}…` : clean
}

/** What a rule without a description does. */
const summary = (node: TreeNode): string => ['type', 'action', 'protocol', 'target'].map((name) => childText(node, name)).filter((text) => text !== '').join(' ')

/** `Rule 'Allow web' on LAN`, `User 'anna'`. */
export function itemLabel(node: TreeNode, rule: Pick<ListRule, 'noun' | 'name' | 'identity' | 'at'>, where: string): string {
  const name = rule.name.map((child) => childText(node, child)).find((text) => text !== '')
  const identity = rule.identity.map((child) => childText(node, child)).find((text) => text !== '')
  const place = where === '' ? '' : ` on ${short(where)}`
  if (name !== undefined) return `${rule.noun} '${short(name)}'${place}`
  const what = short(rule.at === undefined ? '' : summary(node))
  return `${rule.noun}${what === '' ? '' : ` ${what}`}${place}${identity === undefined ? '' : ` (${short(identity)})`}`
}

/** Settings are named as the configuration names them, for people look for that: `Settings system`, `Interface 'LAN'`. */
export function settingsLabel(path: string, description = ''): string {
  const names = path.split('/')
  if (names[0] === 'interfaces' && names.length === 2) return `Interface '${short(description || (names[1] ?? '').toUpperCase())}'`
  return `Settings ${short(names.join(' › '))}`
}
