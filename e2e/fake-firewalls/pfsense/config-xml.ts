// The configuration of a simulated pfSense, from the one that was recorded: as JSON for v1, as config.xml for commands.
import { element, type ConfigurationEntry, type ConfigurationSeed } from '../configuration'
import { numberedIp } from '../generate'
import { type Json, type JsonObject, mapStrings, objectOf } from '../json'
import { plantSecrets } from '../planted-secrets'
import { recordedData } from '../recorded'

const BY = 'admin@192.168.1.50 (Local Database)'
/** Of the newest entry of the recorded history. */
const CHANGED_AT = 1_763_800_000
/** Stands for the text that marks secrets until the configuration is given. */
const SECRET = '{secret}'
/** The firewall writes the text of these as CDATA. */
const LITERAL = ['descr', 'description', 'detail']

/** What the recorded lab did not use, with the secrets that stand there in reality. */
const MORE: JsonObject = {
  cert: [{ refid: '67f0000000001', descr: 'webConfigurator default', type: 'server', crt: 'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCnNpbXVsYXRlZAo=', prv: `${SECRET}-private-key` }],
  ipsec: { phase1: [{ ikeid: '1', iketype: 'ikev2', interface: 'wan', 'remote-gateway': '198.51.100.7', protocol: 'inet', authentication_method: 'pre_shared_key', 'pre-shared-key': `${SECRET}-ipsec-psk`, descr: 'Branch' }] },
  openvpn: { 'openvpn-server': [{ vpnid: '1', mode: 'server_tls_user', protocol: 'UDP4', interface: 'wan', local_port: '1194', description: 'Road warriors', tls: `${SECRET}-tls`, tunnel_network: '10.98.0.0/24' }] },
  ppps: { ppp: [{ ptpid: '0', type: 'pppoe', if: 'pppoe0', ports: 'em0', username: 'line@provider.example', password: `${SECRET}-pppoe` }] },
}

export const seedOf = (hostname: string): ConfigurationSeed => {
  const { revision: _revision, ...config } = objectOf(recordedData('pfsense-v1', 'system-config'))
  return {
    config: { ...config, system: { ...objectOf(config['system']), hostname }, ...MORE },
    timeSeconds: CHANGED_AT,
    by: BY,
    growsAt: 'aliases.alias',
    grown: (index) => ({ name: `grown_${index}`, type: 'host', address: Array.from({ length: 8 }, (_, place) => numberedIp(index * 8 + place)).join(' '), descr: `Generated alias ${index}`, detail: '' }),
  }
}

/** The newest entry of the history is named after the change before the last one, as on the real one. */
export const historyRows = (entries: readonly ConfigurationEntry[]): JsonObject[] =>
  entries.slice(1).map((entry) => ({ time: entry.timeSeconds, description: `${entry.by}: ${entry.note}`, version: '24.1', filesize: JSON.stringify(entry.config).length }))

/** The whole configuration; `canary` plants more secrets in it. */
export function configJson(entry: ConfigurationEntry, canary: string | null): JsonObject {
  const revision = { time: String(entry.timeSeconds), description: `${entry.by}: ${entry.note}`, username: entry.by }
  const whole: Json = mapStrings({ ...entry.config, revision }, (text) => text.replaceAll(SECRET, canary ?? 'simulated'))
  return objectOf(canary === null ? whole : plantSecrets(whole, canary))
}

export const configXml = (entry: ConfigurationEntry, canary: string | null): string => `<?xml version="1.0"?>\n${element('pfsense', configJson(entry, canary), '\t', LITERAL)}`
