// What the palette offers, as one list in groups: what was found, and where one can go. Pure.
import { AppWindow, ArrowUpRight, Building2, BrickWallShield, Cable, History, MapPin, Network, Router, Tag as TagIcon, type LucideIcon } from 'lucide-react'
import { plural } from '@/lib/format/numbers'
import type { AliasHit, Equipment, FirewallHit, Holder, PlaceHit, RuleHit, SearchResult } from '@/lib/search/dto'
import { firewallHref, inListHref, searchHref } from './hrefs'
import type { Destination } from './destinations'

export type PaletteItem = {
  /** The same for the same thing, so that the highlighted one stays while new results come. */
  id: string
  icon: LucideIcon
  title: string
  /** In the spelling of machines: a MAC, a condition. */
  mono?: string
  detail?: string
  /** At the right: where, or how long ago. */
  aside?: string
  /** An age at the right instead, ticking. */
  seenAt?: string
  gone?: boolean
  href: string
}
export type PaletteGroup = { title: string; items: PaletteItem[] }

const at = (where: { firewall: { name: string } }, name: string | null) =>
  name === null ? `on ${where.firewall.name}` : `on ${name} of ${where.firewall.name}`

const holderItem = (holder: Holder): PaletteItem => ({
  id: `holder ${holder.firewall.id} ${holder.ip} ${holder.mac ?? ''}`,
  icon: holder.gone ? History : Network,
  title: holder.ip,
  mono: holder.mac ?? 'no MAC',
  detail: `${holder.hostname === null ? '' : `${holder.hostname}, `}${at(holder, holder.interface)}`,
  seenAt: holder.lastSeenAt,
  gone: holder.gone,
  href: holder.gone ? searchHref(holder.mac ?? holder.ip) : firewallHref(holder.firewall.id, 'neighbours', holder.ip),
})
const EQUIPMENT_ICONS = { interface: Router, gateway: ArrowUpRight, tunnel: Cable } as const
const EQUIPMENT_TABS = { interface: 'interfaces', gateway: 'gateways', tunnel: 'vpn' } as const
const equipmentItem = (item: Equipment): PaletteItem => ({
  id: `equipment ${item.kind} ${item.firewall.id} ${item.name}`,
  icon: EQUIPMENT_ICONS[item.kind],
  title: `${item.name} of ${item.firewall.name}`,
  ...(item.address !== null && { mono: item.address }),
  aside: item.match === 'is' ? item.kind : item.kind === 'interface' ? 'its network' : 'behind it',
  href: firewallHref(item.firewall.id, EQUIPMENT_TABS[item.kind]),
})
const ruleItem = (rule: RuleHit): PaletteItem => ({
  id: `rule ${rule.firewall.id} ${rule.id ?? ''}`,
  icon: BrickWallShield,
  title: rule.description === undefined || rule.description === '' ? 'Rule without a description' : rule.description,
  ...(rule.matched.field === 'source' || rule.matched.field === 'destination' ? { mono: rule.matched.value, detail: rule.matched.field } : {}),
  aside: [rule.firewall.name, rule.layerName, rule.position === undefined ? '' : `rule ${rule.position}`].filter(Boolean).join(', '),
  href: `${firewallHref(rule.firewall.id, 'rules')}${rule.id === undefined ? '' : `?${new URLSearchParams({ rule: rule.id })}`}`,
})
const aliasItem = (alias: AliasHit): PaletteItem => ({
  id: `alias ${alias.firewall.id} ${alias.name}`,
  icon: TagIcon,
  title: alias.name,
  ...(alias.matched.field === 'content' ? { mono: alias.matched.value } : {}),
  detail: `alias of ${alias.firewall.name}`,
  aside: alias.usedByRules === 0 ? 'used by no rule' : `used by ${plural(alias.usedByRules, 'rule')}`,
  href: firewallHref(alias.firewall.id, 'aliases', alias.name),
})
const firewallItem = (firewall: FirewallHit): PaletteItem => ({
  id: `firewall ${firewall.id}`,
  icon: BrickWallShield,
  title: firewall.name,
  ...(firewall.hostname !== null && { detail: firewall.hostname }),
  aside: [firewall.customer.name, firewall.site?.name].filter(Boolean).join(', '),
  href: firewallHref(firewall.id),
})
const placeItem = (place: PlaceHit): PaletteItem =>
  place.kind === 'customer'
    ? { id: `customer ${place.id}`, icon: Building2, title: place.name, aside: 'customer', href: `/firewalls?customer=${place.id}` }
    : { id: `site ${place.id}`, icon: MapPin, title: place.name, aside: `site of ${place.customer.name}`, href: `/firewalls?site__id=${place.id}` }

const group = (title: string, items: readonly PaletteItem[]): PaletteGroup[] => (items.length === 0 ? [] : [{ title, items: [...items] }])

/** What can be done with a line that means something: see all of it. */
function doItems({ asked, holders, rules, aliases }: SearchResult): PaletteItem[] {
  const all: PaletteItem[] = [{ id: 'do search', icon: AppWindow, title: `Everything about ${asked.text}`, aside: 'Search', href: searchHref(asked.text) }]
  const words = { arp: 'ARP entries', leases: 'leases', rules: 'rules', aliases: 'aliases' } as const
  for (const found of [holders, rules, aliases]) {
    const { inList, total = 0 } = found ?? {}
    if (inList && total > 0)
      all.push({
        id: `do ${inList.list}`,
        icon: ArrowUpRight,
        title: `Show all ${words[inList.list]} for ${asked.text}`,
        mono: inList.where.map(([name, value]) => `${name}=${value}`).join('&'),
        aside: 'Search',
        href: inListHref(inList),
      })
  }
  return all
}

/** What was found, likeliest first: names before addresses where a name was typed. */
export function foundGroups(result: SearchResult): PaletteGroup[] {
  const { asked, holders, equipment, rules, aliases, firewalls, places } = result
  const named = [...group('Firewalls', (firewalls?.items ?? []).map(firewallItem)), ...group('Customers and sites', (places?.items ?? []).map(placeItem))]
  const devices = [...group('Who has it', (holders?.items ?? []).map(holderItem)), ...group('On firewalls', (equipment?.items ?? []).map(equipmentItem))]
  const written = group('In rules and aliases', [...(rules?.items ?? []).map(ruleItem), ...(aliases?.items ?? []).map(aliasItem)])
  return asked.as === 'text'
    ? [...named, ...devices, ...written, ...group('Do', doItems(result))]
    : [...devices, ...written, ...named, ...group('Do', doItems(result))]
}

/** Pages and acts whose words all begin like what was typed; all of them for nothing. */
export function destinationItems(destinations: readonly Destination[], typed: string): PaletteItem[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean)
  return destinations
    .filter(({ title, also = '' }) =>
      words.every((word) =>
        `${title} ${also}`
          .toLowerCase()
          .split(/\s+/)
          .some((own) => own.startsWith(word)),
      ),
    )
    .map(({ title, href, icon, kind }) => ({ id: `go ${href}`, icon, title, aside: kind === 'page' ? 'page' : 'act', href }))
}
