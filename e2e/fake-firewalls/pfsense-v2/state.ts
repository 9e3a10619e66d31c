// What a simulated pfSense with package v2 holds: seeded from the recorded replies, changed by writes and by the control server.
import { numberedIp, numberedMac, sized } from '../generate'
import { type Json, type JsonObject, objectOf, objectsOf, textOf } from '../json'
import type { Settings, Size } from '../options'
import { madeUp, recordedData } from '../recorded'

/** Plural path (below /api/v2) to the recording that seeds it. */
const RECORDED_LISTS: Record<string, string> = {
  '/auth/keys': 'auth-keys-list',
  '/diagnostics/arp_table': 'diagnostics-arp-table',
  '/firewall/aliases': 'firewall-aliases',
  '/firewall/nat/port_forwards': 'firewall-nat-port-forwards',
  '/firewall/rules': 'firewall-rules',
  '/firewall/states': 'firewall-states',
  '/interfaces': 'interfaces',
  '/routing/gateways': 'routing-gateways',
  '/services/dhcp_servers': 'services-dhcp-servers',
  '/status/gateways': 'status-gateways',
  '/status/interfaces': 'status-interfaces',
  '/status/logs/firewall': 'status-logs-firewall',
  '/status/logs/system': 'status-logs-system',
  '/status/services': 'status-services',
  '/system/certificates': 'system-certificates',
  '/system/package/available': 'system-package-available',
  '/system/packages': 'system-packages',
  '/system/restapi/access_list': 'system-restapi-access-list',
  '/users': 'users',
}
const RECORDED_OBJECTS: Record<string, string> = {
  '/firewall/nat/outbound/mode': 'firewall-nat-outbound-mode',
  '/firewall/states/size': 'firewall-states-size',
  '/status/carp': 'status-carp',
  '/status/system': 'status-system',
  '/system/dns': 'system-dns',
  '/system/hostname': 'system-hostname',
  '/system/timezone': 'system-timezone',
  '/system/webgui/settings': 'system-webgui-settings',
}
/** Singular path to the plural whose members it reads and writes. */
export const SINGULAR: Record<string, string> = {
  '/firewall/rule': '/firewall/rules',
  '/firewall/alias': '/firewall/aliases',
  '/interface': '/interfaces',
  '/diagnostics/arp_table/entry': '/diagnostics/arp_table',
  '/status/service': '/status/services',
}

const without = (row: JsonObject, name: string): JsonObject => Object.fromEntries(Object.entries(row).filter(([key]) => key !== name))

export class V2State {
  /** Without the index ids: those are given at reading, as the package does. Text ids (`lan`) are kept. */
  readonly lists = new Map<string, JsonObject[]>()
  readonly objects = new Map<string, JsonObject>()
  settings: JsonObject
  pending: string[] = []
  changes = 0

  constructor(hostname: string) {
    const seeds = madeUp('pfsense-v2')
    for (const [path, name] of Object.entries(RECORDED_LISTS))
      this.lists.set(
        path,
        objectsOf(recordedData('pfsense-v2', name)).map((row) => (typeof row['id'] === 'number' ? without(row, 'id') : row)),
      )
    for (const [path, name] of Object.entries(RECORDED_OBJECTS)) this.objects.set(path, objectOf(recordedData('pfsense-v2', name)))
    for (const [path, rows] of Object.entries(objectOf(seeds['lists']))) this.lists.set(path, objectsOf(rows))
    for (const [path, value] of Object.entries(objectOf(seeds['objects']))) this.objects.set(path, objectOf(value))
    for (const row of this.lists.get('/status/services') ?? []) row['status'] = row['name'] !== 'kea-dhcp4'
    this.objects.set('/system/hostname', { hostname, domain: 'example.test' })
    this.settings = objectOf(recordedData('pfsense-v2', 'system-restapi-settings'))
  }

  rows(path: string): JsonObject[] {
    return (this.lists.get(path) ?? []).map((row, id) => ({ id, ...row }))
  }

  resize(size: Size): void {
    const grow = (path: string, count: number | undefined, make: (template: JsonObject, index: number) => JsonObject) => {
      const rows = this.lists.get(path) ?? []
      const template = rows[0] ?? {}
      this.lists.set(
        path,
        sized(rows, count, (index) => make(structuredClone(template), index)),
      )
    }
    grow('/firewall/rules', size.rules, (row, index) => ({
      ...row,
      interface: [index % 2 === 0 ? 'lan' : 'opt1'],
      source: numberedIp(index),
      descr: `Generated rule ${index}`,
      tracker: 1_710_000_000 + index,
    }))
    grow('/diagnostics/arp_table', size.arp, (row, index) => ({
      ...row,
      ip_address: numberedIp(index),
      mac_address: numberedMac(index),
      expires: `Expires in ${60 + (index % 1100)} seconds`,
      permanent: false,
    }))
    grow('/firewall/aliases', size.aliases, (row, index) => ({
      ...row,
      name: `generated_${index}`,
      type: 'host',
      address: [numberedIp(index)],
      detail: ['generated'],
    }))
  }

  /** Only the settings that the package itself has; the rest is the simulator's own. */
  apply(settings: Settings): void {
    for (const [name, value] of Object.entries(settings)) if (name in this.settings) this.settings[name] = structuredClone(value ?? null)
  }

  /** Interface ids as the setting wants to see them; the ARP table always shows names. */
  represented(path: string, value: Json): Json {
    const column = textOf(this.settings['represent_interfaces_as'])
    if (column === 'id' || path.startsWith('/diagnostics/') || path.startsWith('/status/') || path.startsWith('/interface')) return value
    const names = new Map((this.lists.get('/interfaces') ?? []).map((row) => [textOf(row['id']), textOf(row[column])]))
    const rename = (item: Json): Json => {
      if (Array.isArray(item)) return item.map(rename)
      if (typeof item !== 'string') return item
      const [, negation = '', id = '', suffix = ''] = item.match(/^(!?)([^:]+)(:ip)?$/) ?? []
      return names.has(id) ? `${negation}${names.get(id) ?? id}${suffix}` : item
    }
    const inRow = (row: JsonObject): JsonObject =>
      Object.fromEntries(Object.entries(row).map(([key, item]) => [key, ['interface', 'source', 'destination', 'target'].includes(key) ? rename(item) : item]))
    return Array.isArray(value) ? objectsOf(value).map(inRow) : inRow(objectOf(value))
  }
}
