import 'server-only'
// Rows of a search as the API shows them, and which part of each it was that matched.
import { z } from 'zod'
import { alias, family, rule } from '@/lib/adapters/model'
import type { FoundHolder } from '@/lib/db/search-holders-sql'
import type { FoundFirewall, FoundPlace } from '@/lib/db/search-names-sql'
import type { FoundFact } from '@/lib/db/search-sql'
import { isRandomised } from './device'
import { equipment, firewallHit, holder, spelling, type AliasHit, type Equipment, type FirewallHit, type Holder, type Meaning, type PlaceHit, type RuleHit } from './dto'

const storedRule = rule.partial()
const storedAlias = alias.pick({ name: true, type: true, description: true, content: true }).partial()
const storedEquipment = z.object({ name: z.string(), description: z.string(), id: z.string(), address: z.string().nullable(), monitorAddress: z.string().nullable(), remoteAddress: z.string().nullable(), ipv4: z.array(z.string()), ipv6: z.array(z.string()), mac: z.string().nullable(), networks: z.array(z.string()) }).partial()
const state = equipment.shape.firewall.shape.state

const whereOf = ({ firewall, customer, site }: Pick<FoundFact, 'firewall' | 'customer' | 'site'>) => ({ firewall: { ...firewall, state: state.parse(firewall.state) }, customer, site })
const holds = (value: string | undefined, part: string): boolean => value?.toLowerCase().includes(part.toLowerCase()) === true

export function toHolder({ ip, mac, hostname, manufacturer, interface: name, sources, firstSeenAt, lastSeenAt, gone, ...row }: FoundHolder): Holder {
  return {
    ip,
    mac: mac === '' ? null : mac,
    hostname,
    manufacturer,
    interface: name,
    sources: holder.shape.sources.parse(sources),
    firstSeenAt: firstSeenAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
    gone,
    randomised: isRandomised(mac),
    ...whereOf(row),
  }
}

/** Whether one of the networks around what was asked is written here. */
const isAround = (meaning: Meaning, value: string | undefined): boolean => {
  if (value === undefined || (meaning.as !== 'address' && meaning.as !== 'network')) return false
  return value === spelling(meaning) || meaning.around.includes(value) || meaning.around.includes(`${value}/${value.includes(':') ? 128 : 32}`)
}

function matchedOfRule({ description = '', source, destination }: z.infer<typeof storedRule>, meanings: readonly [Meaning, ...Meaning[]]): RuleHit['matched'] {
  const [meaning] = meanings
  for (const [field, end] of [['source', source], ['destination', destination]] as const) {
    if (end && isAround(meaning, end.address)) return { field, value: end.address }
    if (meaning.as === 'port' && end?.port === meaning.port) return { field, value: `port ${meaning.port}` }
  }
  if (meanings.some((each) => holds(description, spelling(each)))) return { field: 'description', value: description }
  for (const [field, end] of [['source', source], ['destination', destination]] as const) if (end && meanings.some((each) => holds(end.address, spelling(each)))) return { field, value: end.address }
  // What lies inside a network that was asked for.
  return { field: 'destination', value: destination?.kind === 'address' ? destination.address : (source?.address ?? '') }
}

export function toRuleHit({ body, firstSeenAt, changedAt, ...row }: FoundFact, meanings: readonly [Meaning, ...Meaning[]]): RuleHit {
  const stored = storedRule.parse(body)
  const { id, layer, layerName, position, enabled, action, interfaces, protocol, description } = stored
  return { id, layer, layerName, position, enabled, action, interfaces, protocol, description, matched: matchedOfRule(stored, meanings), firstSeenAt: firstSeenAt.toISOString(), changedAt: changedAt.toISOString(), ...whereOf(row) }
}

function matchedOfAlias({ name = '', description = '', content = [] }: z.infer<typeof storedAlias>, meanings: readonly [Meaning, ...Meaning[]]): AliasHit['matched'] {
  const [meaning] = meanings
  const entry = content.find((each) => each === spelling(meaning)) ?? content.find((each) => isAround(meaning, each))
  if (entry !== undefined) return { field: 'content', value: entry }
  if (meanings.some((each) => holds(name, spelling(each)))) return { field: 'name', value: name }
  const part = content.find((each) => meanings.some((one) => holds(each, one.as === 'network' && one.octets !== null ? `${one.octets}.` : spelling(one))))
  if (part !== undefined) return { field: 'content', value: part }
  if (meanings.some((each) => holds(description, spelling(each)))) return { field: 'description', value: description }
  // A range of addresses is written as its ends.
  return { field: 'content', value: content.find((each) => /\d ?- ?\d/.test(each)) ?? content[0] ?? '' }
}

export function toAliasHit({ body, firstSeenAt, changedAt, usedByRules, ...row }: FoundFact, meanings: readonly [Meaning, ...Meaning[]]): AliasHit {
  const stored = storedAlias.parse(body)
  const { name = '', type = '', description = '', content = [] } = stored
  return { name, type, description, entryCount: content.length, usedByRules, matched: matchedOfAlias(stored, meanings), firstSeenAt: firstSeenAt.toISOString(), changedAt: changedAt.toISOString(), ...whereOf(row) }
}

const KINDS: Record<FoundFact['kind'], Equipment['kind']> = { interface: 'interface', gateway: 'gateway', tunnel: 'tunnel', rules: 'interface', aliases: 'interface' }

export function toEquipment({ kind, name: key, rank, body, firstSeenAt, ...row }: FoundFact, meaning: Meaning): Equipment {
  const { name, description, address, monitorAddress, remoteAddress, ipv4 = [], ipv6 = [], mac, networks = [] } = storedEquipment.parse(body)
  const own = [...ipv4, ...ipv6]
  const asked = spelling(meaning)
  const isOne = (text: string | null | undefined) => text !== null && text !== undefined && (text === asked || text.startsWith(`${asked}:`) || text.startsWith(`${asked}/`) || text.startsWith(`[${asked}]`))
  const shown = meaning.as === 'mac' ? mac : ([...own, address, monitorAddress, remoteAddress].find(isOne) ?? own.find((each) => each.includes(':') === asked.includes(':')) ?? address ?? remoteAddress ?? networks[0])
  return { kind: KINDS[kind], name: (kind === 'interface' ? description : name) || key, address: shown ?? null, match: rank === 0 || meaning.as === 'text' ? 'is' : 'holds', firstSeenAt: firstSeenAt.toISOString(), ...whereOf(row) }
}

export const toFirewallHit = ({ id, title, hostname, family: of, state: shown, tags, customer, site }: FoundFirewall): FirewallHit => ({ id, name: title, hostname, family: family.parse(of), state: firewallHit.shape.state.parse(shown), tags, customer, site })
export const toPlaceHit = ({ id, title, kind, customer }: FoundPlace): PlaceHit => ({ id, name: title, kind, customer })
