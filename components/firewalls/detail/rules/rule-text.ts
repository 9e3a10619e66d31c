import type { Rule, RuleEndpoint } from '@/lib/adapters/model'
import { groupTitle, type RuleGroup } from './rule-groups'

type Head = { firewall: string; shown: number; total: number; readAt: string }

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()

function endpoint(word: 'from' | 'to', { not, address, kind, port }: RuleEndpoint): string {
  const name = kind === 'alias' ? `<${oneLine(address)}>` : oneLine(address)
  return `${word} ${not ? '! ' : ''}${name}${port === null ? '' : ` port ${oneLine(port)}`}`
}

/** One rule in the manner of pf: `9 pass in quick on LAN proto tcp from 10.33.4.20 to <sw_mgmt> port 22  # Switch backup robot`. */
export function ruleLine(rule: Rule): string {
  const words = [
    rule.enabled ? '' : '(disabled)',
    rule.action,
    rule.direction,
    rule.quick === true ? 'quick' : '',
    rule.log === true ? 'log' : '',
    `on ${rule.interfaces.length === 0 ? 'any' : rule.interfaces.map(oneLine).join(', ')}`,
    rule.ipVersion === '4+6' ? '' : `IPv${rule.ipVersion}`,
    `proto ${rule.protocol}${rule.icmpTypes === null ? '' : ` type ${oneLine(rule.icmpTypes)}`}`,
    endpoint('from', rule.source),
    endpoint('to', rule.destination),
    rule.gateway === null ? '' : `gateway ${oneLine(rule.gateway)}`,
    rule.schedule === null ? '' : `schedule ${oneLine(rule.schedule)}`,
  ].filter((word) => word !== '')
  const description = oneLine(rule.description)
  return `${rule.position} ${words.join(' ')}${description === '' ? '' : `  # ${description}`}`
}

/** Rules as text to paste into a ticket: a head line, then each group with its rules. `readAt` is already in words. */
export function rulesText(groups: readonly RuleGroup[], head: Head): string {
  const amount = head.shown === head.total ? `${head.total} rules` : `${head.shown} of ${head.total} rules`
  const blocks = groups.map((group) =>
    [`${groupTitle(group)} (${group.rules.length} of ${group.total})`, ...group.rules.map((rule) => `  ${ruleLine(rule)}`)].join('\n'),
  )
  return `${[`${oneLine(head.firewall)}: ${amount}, read ${head.readAt}`, ...blocks].join('\n\n')}\n`
}
