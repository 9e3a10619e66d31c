// config.xml of the simulated firewall, for the configuration download. It holds secrets, as the real one does.
import { element, type ConfigurationEntry, type ConfigurationSeed } from '../configuration'
import { numberedIp, numberedUuid } from '../generate'
import { mapStrings, objectOf, type JsonObject } from '../json'

const CHANGED_AT = 1_795_345_853
const BY = 'root@127.0.0.1'
/** Stands for the text that marks secrets until the file is written. */
const SECRET = '{secret}'

export const idOf = (entry: ConfigurationEntry): string => `config-${entry.timeSeconds}.9722.xml`

const rule = (number: number, fields: JsonObject): JsonObject => ({
  '@uuid': `a${number}111111-1111-4111-8111-11111111111${number}`,
  enabled: '1',
  sequence: String(number * 100),
  action: 'pass',
  quick: '1',
  interface: 'lan',
  direction: 'in',
  ipprotocol: 'inet',
  protocol: 'any',
  source_net: 'lan',
  destination_net: 'any',
  log: '0',
  ...fields,
})

const alias = (number: number, fields: JsonObject): JsonObject => ({ '@uuid': numberedUuid('alias', number), enabled: '1', type: 'host', proto: '', counters: '0', description: '', ...fields })

/** The real file holds keys in base64 over PEM. */
const KEY = '{key}'
const keyOf = (secret: string) => Buffer.from(`-----BEGIN PRIVATE KEY-----\n${secret}-private-key\n-----END PRIVATE KEY-----\n`).toString('base64')

/** Elements in the order of the real file. */
const configOf = (hostname: string): JsonObject => ({
  theme: 'opnsense',
  system: {
    optimization: 'normal',
    hostname,
    domain: 'example.internal',
    timezone: 'Etc/UTC',
    group: { '@uuid': numberedUuid('group', 0), name: 'admins', description: 'System Administrators', scope: 'system', gid: '1999', priv: 'page-all', member: '0' },
    user: [{ '@uuid': '21111111-1111-4111-8111-111111111111', name: 'root', descr: 'System Administrator', scope: 'system', password: `$6$rounds=5000$${SECRET}-hash`, uid: '0', otp_seed: `${SECRET}-otp`, apikeys: { item: { key: 'kA9simulated', secret: `$6$${SECRET}-api-hash` } } }],
    webgui: { protocol: 'https', port: '443', 'ssl-certref': '5f0000000001' },
    dnsserver: ['9.9.9.9', '1.1.1.1'],
    backupcount: '60',
  },
  interfaces: {
    wan: { if: 'igc0', descr: 'WAN', enable: '1', ipaddr: '203.0.113.10', subnet: '24', gateway: 'WAN_GW', pppoe_password: `${SECRET}-pppoe` },
    lan: { if: 'igc1', descr: 'LAN', enable: '1', ipaddr: '192.168.1.1', subnet: '24' },
    opt1: { if: 'igc2', descr: 'Guest & IoT', enable: '1', ipaddr: '192.168.2.1', subnet: '24' },
  },
  dhcpd: { lan: { enable: '1', range: { from: '192.168.1.100', to: '192.168.1.199' }, staticmap: { mac: '52:54:00:bb:00:10', ipaddr: '192.168.1.10', hostname: 'nas', descr: 'NAS' } } },
  snmpd: { rocommunity: `${SECRET}-community` },
  nat: { outbound: { mode: 'automatic' } },
  filter: {
    rule: [
      { '@uuid': numberedUuid('legacy', 0), type: 'pass', interface: 'wan', ipprotocol: 'inet', statetype: 'keep state', descr: 'Allow HTTPS to NAS', protocol: 'tcp', source: { any: '1' }, destination: { address: '192.168.1.10', port: '443' }, created: { username: BY, time: '1790000000.1' }, updated: { username: BY, time: '1790000000.1' } },
    ],
  },
  OPNsense: {
    Firewall: {
      Alias: {
        '@version': '1.0.1',
        aliases: { alias: [alias(1, { name: 'Servers', content: '192.168.1.10\n192.168.1.11', description: 'Servers of the office' }), alias(2, { name: 'WebPorts', type: 'port', content: '80\n443' }), alias(3, { name: 'Blocked', type: 'urltable', content: 'https://lists.example/block.txt', authtype: 'Basic', username: 'lists', password: `${SECRET}-alias` })] },
      },
      Filter: {
        '@version': '1.0.7',
        rules: { rule: [rule(1, { description: 'Allow LAN to anywhere' }), rule(2, { interface: 'opt1', source_net: 'opt1', destination_net: '!lan', description: 'Guests reach the internet' }), rule(3, { interface: '', action: 'block', source_net: 'Blocked', description: 'Floating: block listed' })] },
      },
    },
    wireguard: { server: { servers: { server: { '@uuid': numberedUuid('wireguard', 0), enabled: '1', name: 'site-to-site', pubkey: 'c2ltdWxhdGVkIHB1YmxpYyBrZXkgb2YgYSBzZXJ2ZXI=', privkey: `${SECRET}-wireguard`, port: '51820', tunneladdress: '10.99.0.1/24' } } }, client: { clients: { client: { '@uuid': numberedUuid('peer', 0), name: 'branch', pubkey: 'c2ltdWxhdGVkIHB1YmxpYyBrZXkgb2YgYSBjbGllbnQ=', psk: `${SECRET}-psk`, tunneladdress: '10.99.0.2/32' } } } },
    Swanctl: { preSharedKeys: { preSharedKey: { '@uuid': numberedUuid('ipsec', 0), ident: 'branch.example', keyType: 'PSK', Key: `${SECRET}-ipsec` } } },
    OpenVPN: { Instances: { Instance: { '@uuid': numberedUuid('openvpn', 0), role: 'server', enabled: '1', description: 'Road warriors', proto: 'udp', port: '1194', server: '10.98.0.0/24', tls_key: numberedUuid('tls', 0) } }, StaticKeys: { StaticKey: { '@uuid': numberedUuid('tls', 0), mode: 'crypt', key: `${SECRET}-tls`, description: 'tls' } } },
  },
  cert: { '@uuid': numberedUuid('cert', 0), refid: '5f0000000001', descr: 'Web GUI', crt: 'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCnNpbXVsYXRlZAo=', prv: KEY },
  hasync: { pfsyncinterface: 'opt1', synchronizetoip: '', username: 'sync', password: `${SECRET}-sync` },
})

export const seedOf = (hostname: string): ConfigurationSeed => ({
  config: configOf(hostname),
  timeSeconds: CHANGED_AT,
  by: BY,
  growsAt: 'OPNsense.Firewall.Alias.aliases.alias',
  grown: (index) => alias(1000 + index, { name: `grown_${index}`, content: Array.from({ length: 8 }, (_, place) => numberedIp(index * 8 + place)).join('\n'), description: `Generated alias ${index}` }),
})

/** The whole file. The firmware version is what the firewall says of itself at this moment. */
export function configXml(entry: ConfigurationEntry, version: string, canary: string | null): string {
  const { theme, system, ...rest } = entry.config
  const revision = { username: entry.by, description: entry.note, time: `${entry.timeSeconds}.97` }
  const whole = { theme: theme ?? '', revision, system: { ...objectOf(system), firmware: { '@version': version } }, ...rest }
  const secret = canary ?? 'simulated'
  const marked = mapStrings(whole, (text) => (text === KEY ? keyOf(secret) : text.replaceAll(SECRET, secret)))
  return `<?xml version="1.0"?>\n${element('opnsense', marked, '  ')}`
}
