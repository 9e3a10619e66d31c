// A configuration of a plausible firewall that people edit from day to day; the same for the same seed.
import { createHash } from 'node:crypto'

type Numbers = (below: number) => number

export function numbersOf(seed: string): Numbers {
  let count = 0
  return (below) => createHash('sha256').update(`${seed} ${(count += 1)}`).digest().readUInt32BE(0) % below
}
const uuidOf = (next: Numbers) => `${[8, 4, 4, 4, 12].map((length) => Array.from({ length }, () => next(16).toString(16)).join('')).join('-')}`
const addressOf = (next: Numbers) => `10.${next(256)}.${next(256)}.${next(256)}`

type Rule = { uuid: string; text: string; port: number; source: string; enabled: boolean; edited: number }
type Alias = { uuid: string; name: string; addresses: string[] }
export type SimulatedConfiguration = { hostname: string; rules: Rule[]; aliases: Alias[]; keys: string[]; revision: number }

const WORDS = ['Allow', 'Office', 'Guests', 'Printers', 'Backup', 'Monitoring', 'Camera', 'Cloud', 'Voice', 'Branch', 'Mail', 'Web', 'VPN', 'Deny']
const words = (next: Numbers) => Array.from({ length: 3 }, () => WORDS[next(WORDS.length)]).join(' ')
const rule = (next: Numbers): Rule => ({ uuid: uuidOf(next), text: words(next), port: 1 + next(65_000), source: addressOf(next), enabled: next(8) > 0, edited: 1_700_000_000 + next(50_000_000) })
const alias = (next: Numbers, index: number): Alias => ({ uuid: uuidOf(next), name: `hosts_${index}`, addresses: Array.from({ length: 4 + next(40) }, () => addressOf(next)) })

/** About so many bytes as XML. */
export function newConfiguration(next: Numbers, bytes: number): SimulatedConfiguration {
  const many = Math.round(bytes / 1_450)
  return {
    hostname: `fw-${next(100_000)}`,
    rules: Array.from({ length: many }, () => rule(next)),
    aliases: Array.from({ length: Math.ceil(many / 2) }, (_, index) => alias(next, index)),
    // What cannot be compressed: keys and certificates.
    keys: Array.from({ length: 8 }, () => Array.from({ length: 30 }, () => createHash('sha512').update(String(next(2 ** 31))).digest('base64')).join('')),
    revision: 1_767_225_600,
  }
}

/** One to four things that people do in a day. */
export function editForADay(next: Numbers, { rules, aliases, ...rest }: SimulatedConfiguration): SimulatedConfiguration {
  const edited = { ...rest, rules: [...rules], aliases: [...aliases] }
  for (let count = 1 + next(4); count > 0; count -= 1) {
    const [at, place] = [next(edited.rules.length), next(edited.aliases.length)]
    const [old, list] = [edited.rules[at], edited.aliases[place]]
    const act = next(5)
    if (act === 0) edited.rules.splice(at, 0, rule(next))
    else if (act === 1 && edited.rules.length > 20) edited.rules.splice(at, 1)
    else if (act === 2 && old) edited.rules[at] = { ...old, enabled: !old.enabled, edited: rest.revision }
    else if (act === 3 && old) edited.rules[at] = { ...old, port: 1 + next(65_000), text: words(next), edited: rest.revision }
    else if (list) edited.aliases[place] = { ...list, addresses: [...list.addresses.slice(next(3)), addressOf(next)] }
  }
  edited.revision += 86_400
  return edited
}

const ruleXml = ({ uuid, text, port, source, enabled, edited }: Rule) =>
  `          <rule uuid="${uuid}">\n            <enabled>${enabled ? 1 : 0}</enabled>\n            <statetype>keep</statetype>\n            <sequence>100</sequence>\n            <action>pass</action>\n            <quick>1</quick>\n            <interface>lan</interface>\n            <direction>in</direction>\n            <ipprotocol>inet</ipprotocol>\n            <protocol>TCP</protocol>\n            <source_net>${source}</source_net>\n            <source_not>0</source_not>\n            <destination_net>any</destination_net>\n            <destination_port>${port}</destination_port>\n            <log>0</log>\n            <description>${text}</description>\n            <updated>${edited}</updated>\n          </rule>\n`
const aliasXml = ({ uuid, name, addresses }: Alias) =>
  `          <alias uuid="${uuid}">\n            <enabled>1</enabled>\n            <name>${name}</name>\n            <type>host</type>\n            <content>${addresses.join('\n')}</content>\n            <description>${name}</description>\n          </alias>\n`

export function toXml({ hostname, rules, aliases, keys, revision }: SimulatedConfiguration): Buffer {
  const certificates = keys.map((key, index) => `  <cert uuid="00000000-0000-4000-8000-00000000000${index}">\n    <refid>5f${index}</refid>\n    <descr>Certificate ${index}</descr>\n    <crt>${key}</crt>\n    <prv>${key}</prv>\n  </cert>\n`)
  return Buffer.from(
    `<?xml version="1.0"?>\n<opnsense>\n  <theme>opnsense</theme>\n  <revision>\n    <username>root@192.0.2.1</username>\n    <description>made changes</description>\n    <time>${revision}.1</time>\n  </revision>\n  <system>\n    <hostname>${hostname}</hostname>\n    <domain>example.internal</domain>\n  </system>\n  <OPNsense>\n    <Firewall>\n      <Alias version="1.0.1">\n        <aliases>\n${aliases.map(aliasXml).join('')}        </aliases>\n      </Alias>\n      <Filter version="1.0.7">\n        <rules>\n${rules.map(ruleXml).join('')}        </rules>\n      </Filter>\n    </Firewall>\n  </OPNsense>\n${certificates.join('')}</opnsense>\n`,
  )
}
