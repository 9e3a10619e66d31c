// Configurations of both layouts made from one model, so that a test knows what it changed.
import type { Family } from '@/lib/adapters/model'
import { familyModule } from '@/lib/adapters/registry'
import { parseNow } from '@/lib/configuration/parse'
import { openSection, type TreeSection } from '@/lib/configuration/tree'

export type RuleModel = { id: number; name: string; interface: 'wan' | 'lan' | 'opt1'; source: string; port: number; disabled: boolean }
export type AliasModel = { id: number; name: string; entries: readonly string[] }
export type UserModel = { id: number; name: string; hash: string; group: string }
export type ConfigurationModel = { rules: readonly RuleModel[]; aliases: readonly AliasModel[]; users: readonly UserModel[]; hostname: string; savedAt: number }

const text = (value: string): string => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
const uuid = (kind: string, id: number): string => `${kind}0000-0000-4000-8000-${String(id).padStart(12, '0')}`

function withTrackers({ rules, aliases, users, hostname, savedAt }: ConfigurationModel): string {
  return `<?xml version="1.0"?>
<pfsense>
  <version>24.1</version>
  <system><hostname>${text(hostname)}</hostname>${users.map(({ id, name, hash, group }) => `<user><name>${text(name)}</name><uid>${id}</uid><groupname>${text(group)}</groupname><bcrypt-hash>${hash}</bcrypt-hash></user>`).join('')}</system>
  <interfaces><wan><if>em0</if><descr>WAN</descr></wan><lan><if>em1</if></lan><opt1><if>em2</if><descr>DMZ</descr></opt1></interfaces>
  <filter>${rules.map(({ id, name, interface: at, source, port, disabled }) => `<rule><tracker>${id}</tracker><type>pass</type><interface>${at}</interface>${disabled ? '<disabled/>' : ''}<source><address>${source}</address></source><destination><any/><port>${port}</port></destination><descr><![CDATA[${name}]]></descr><updated><time>${savedAt}</time><username>anna</username></updated></rule>`).join('\n')}</filter>
  <aliases>${aliases.map(({ name, entries }) => `<alias><name>${text(name)}</name><type>host</type><address>${entries.join(' ')}</address><descr>of ${entries[0] ?? 'nobody'}</descr><detail>${entries.map((entry) => `at ${entry}`).join('||')}</detail></alias>`).join('\n')}</aliases>
  <revision><time>${savedAt}</time><username>anna</username></revision>
</pfsense>`
}

function withUuids({ rules, aliases, users, hostname, savedAt }: ConfigurationModel): string {
  return `<?xml version="1.0"?>
<opnsense>
  <system><hostname>${text(hostname)}</hostname>${users.map(({ id, name, hash, group }) => `<user uuid="${uuid('aaaa', id)}"><name>${text(name)}</name><uid>${id}</uid><group_memberships>${text(group)}</group_memberships><password>${hash}</password></user>`).join('')}</system>
  <interfaces><wan><if>em0</if><descr>WAN</descr></wan><lan><if>em1</if></lan><opt1><if>em2</if><descr>DMZ</descr></opt1></interfaces>
  <filter>${rules.map(({ id, name, interface: at, source, port, disabled }) => `<rule uuid="${uuid('bbbb', id)}"><type>pass</type><interface>${at}</interface>${disabled ? '<disabled>1</disabled>' : ''}<source><address>${source}</address></source><destination><any>1</any><port>${port}</port></destination><descr>${text(name)}</descr><updated><time>${savedAt}.5</time><username>anna@10.0.0.1</username></updated></rule>`).join('\n')}</filter>
  <OPNsense><Firewall><Alias version="1.0.1" persisted_at="${savedAt}"><aliases>${aliases.map(({ id, name, entries }) => `<alias uuid="${uuid('cccc', id)}"><enabled>1</enabled><name>${text(name)}</name><type>host</type><content>${entries.join('\n')}</content><description/></alias>`).join('\n')}</aliases></Alias></Firewall></OPNsense>
  <revision><time>${savedAt}.12</time><username>anna@10.0.0.1</username></revision>
</opnsense>`
}

/** The two layouts of XML: things with trackers and names, and things with a uuid each. */
export const LAYOUTS = ['pfsense-v2', 'opnsense'] as const satisfies readonly Family[]
export type Layout = (typeof LAYOUTS)[number]
export const xmlOf = (layout: Layout, model: ConfigurationModel): string => (layout === 'opnsense' ? withUuids(model) : withTrackers(model))

export const MARK_KEY = new Uint8Array(32).fill(7)

/** Parsed and opened again from what would be stored. */
export function treeOf(family: Family, source: string, format: 'xml' | 'json' = 'xml'): TreeSection[] {
  const { sections } = parseNow(new TextEncoder().encode(source), { shape: familyModule(family).configuration, format, markKey: MARK_KEY })
  return sections.map(({ name, bytes }) => openSection(name, JSON.parse(new TextDecoder().decode(bytes))))
}

/** A plausible one, the same for the same numbers. `rules` decides the size: about 420 bytes for each. */
export function largeModel(rules: number): ConfigurationModel {
  const at = (['wan', 'lan', 'opt1'] as const)
  return {
    hostname: 'fw-large',
    savedAt: 1_700_000_000,
    rules: Array.from({ length: rules }, (_, id) => ({ id: id + 1, name: `Allow service ${id} of customer ${id % 97}`, interface: at[Math.floor((id * 3) / rules)] ?? 'opt1', source: `10.${id % 250}.${(id >> 8) % 250}.0/24`, port: 1024 + (id % 60_000), disabled: id % 11 === 0 })),
    aliases: Array.from({ length: Math.ceil(rules / 40) }, (_, id) => ({ id: id + 1, name: `Hosts_${id}`, entries: Array.from({ length: 40 }, (_entry, host) => `192.0.${id % 250}.${host}`) })),
    users: Array.from({ length: Math.ceil(rules / 400) }, (_, id) => ({ id: 2000 + id, name: `user${id}`, hash: `$2y$10$${'a'.repeat(40)}${id}`, group: 'admins' })),
  }
}
