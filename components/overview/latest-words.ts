// What happened last, in words, with what happened together as one. Pure, so that it can be tested.
import { formatCount, plural } from '@/lib/format/numbers'
import type { FirewallState } from '@/lib/firewalls/states'
import type { ChangeKind } from '@/lib/history/input'
import type { Latest } from '@/lib/overview/dto'

export type LatestEvent = Latest['items'][number]
export type LatestLine = {
  key: string
  at: string
  /** The state that it led to, for the icon; null where it is no state. */
  state: FirewallState | null
  title: string
  detail: string
  href: string
}

/** Firewalls of one customer that come to the same within this time have one cause, most likely. */
const TOGETHER_MILLISECONDS = 5 * 60_000

const BECAME: Record<FirewallState, readonly [one: string, many: string]> = {
  reachable: ['is reachable again', 'are reachable again'],
  degraded: ['is degraded', 'are degraded'],
  unreachable: ['does not answer', 'do not answer'],
  stale: ['was not read lately', 'were not read lately'],
  'not-visited': ['is to be visited', 'are to be visited'],
  paused: ['was paused', 'were paused'],
  'certificate-changed': ['shows another certificate', 'show another certificate'],
  'credential-rejected': ['rejects the credential', 'reject the credential'],
  'credential-missing': ['has no credential any more', 'have no credential any more'],
  'api-package-missing': ['lost its API package', 'lost their API package'],
}

const THINGS: Record<ChangeKind, readonly [one: string, many: string]> = {
  firewall: ['fact', 'facts'],
  rules: ['rule', 'rules'],
  aliases: ['alias', 'aliases'],
  arp: ['neighbour', 'neighbours'],
  leases: ['lease', 'leases'],
  gateways: ['gateway', 'gateways'],
  interfaces: ['interface', 'interfaces'],
  services: ['service', 'services'],
  vpn: ['tunnel', 'tunnels'],
}

type Words = { one: string; many: string; detail: string | null; together: string; state: FirewallState | null; page: string }

function wordsOf(event: LatestEvent): Words | null {
  const plain = { state: null, page: '' }
  switch (event.type) {
    case 'state': {
      const first = event.before === 'not-visited' && event.after === 'reachable'
      const [one, many] = first ? ['answers', 'answer'] : BECAME[event.after]
      return { one, many, detail: event.reason, together: `state ${event.after}`, state: event.after, page: '' }
    }
    case 'version':
      return { ...plain, one: `runs ${event.after}`, many: `run ${event.after}`, detail: `before that ${event.before}`, together: `version ${event.after}` }
    case 'boot':
      return { ...plain, one: 'was restarted', many: 'were restarted', detail: null, together: 'boot' }
    case 'certificate':
      return { ...plain, one: 'has a new trusted certificate', many: 'have a new trusted certificate', detail: null, together: 'certificate' }
    case 'changes': {
      const [thing, things] = THINGS[event.kind]
      return {
        ...plain,
        page: '/changes',
        one: `has ${plural(event.count, `changed ${thing}`, `changed ${things}`)}`,
        many: `have changed ${things}`,
        detail: null,
        together: `changes ${event.kind}`,
      }
    }
    case 'act':
      return null
  }
}

type Group = { words: Words; events: LatestEvent[] }

/** Newest first, at most `most` lines. */
export function latestLines(events: readonly LatestEvent[], most: number): LatestLine[] {
  const groups: Group[] = []
  for (const event of events) {
    const words = wordsOf(event)
    if (words === null) continue
    const group = groups.find(
      ({ words: other, events: [first] }) =>
        first !== undefined &&
        other.together === words.together &&
        first.customer.id === event.customer.id &&
        Date.parse(first.at) - Date.parse(event.at) <= TOGETHER_MILLISECONDS,
    )
    if (group && !group.events.some(({ firewall }) => firewall.id === event.firewall.id)) group.events.push(event)
    else groups.push({ words, events: [event] })
  }
  return groups.slice(0, most).flatMap(({ words, events: [first, ...others] }) => (first ? [lineOf(words, first, others)] : []))
}

function lineOf(words: Words, first: LatestEvent, others: readonly LatestEvent[]): LatestLine {
  const shared = { key: `${first.firewall.id} ${words.together} ${first.at}`, at: first.at, state: words.state }
  if (others.length === 0)
    return {
      ...shared,
      title: `${first.firewall.name} ${words.one}`,
      detail: words.detail ?? first.customer.name,
      href: `/firewalls/${first.firewall.id}${words.page}`,
    }
  const names = [first, ...others].map(({ firewall }) => firewall.name)
  const rest = names.length - 2
  return {
    ...shared,
    title: `${first.customer.name}: ${formatCount(names.length)} ${words.many}`,
    detail: names.length <= 3 ? names.join(', ') : `${names.slice(0, 2).join(', ')} and ${rest} more`,
    href: `/firewalls?customer=${first.customer.id}`,
  }
}
