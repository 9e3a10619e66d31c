// What a simulated pfSense with package v1 holds: the configuration as text, presence keys and all.
import { numberedIp, numberedMac, sized } from '../generate'
import { type Json, type JsonObject, listOf, objectOf, objectsOf } from '../json'
import type { Settings, Size } from '../options'
import { madeUp, recordedData } from '../recorded'

/** Path (below /api/v1) to the recording that seeds it. */
const RECORDED: Record<string, string> = {
  '/firewall/alias': 'firewall-alias',
  '/firewall/nat/port_forward': 'firewall-nat-port-forward',
  '/firewall/rule': 'firewall-rule',
  '/firewall/states': 'firewall-states',
  '/firewall/states/size': 'firewall-states-size',
  '/interface': 'interface',
  '/routing/gateway': 'routing-gateway',
  '/services': 'services',
  '/status/carp': 'status-carp',
  '/status/gateway': 'status-gateway',
  '/status/interface': 'status-interface',
  '/status/log/firewall': 'status-log-firewall',
  '/status/log/system': 'status-log-system',
  '/status/system': 'status-system',
  '/system/api': 'system-api',
  '/system/arp': 'system-arp',
  '/system/package': 'system-package',
  '/user': 'user',
}

export class V1State {
  readonly data = new Map<string, Json>()
  changes = 0

  constructor(hostname: string) {
    const seeds = madeUp('pfsense-v1')
    for (const [path, name] of Object.entries(RECORDED)) this.data.set(path, recordedData('pfsense-v1', name))
    for (const [path, value] of Object.entries(objectOf(seeds['data']))) this.data.set(path, value)
    for (const service of objectsOf(this.data.get('/services'))) service['status'] = service['name'] === 'kea-dhcp4' ? 'stopped' : 'running'
    this.data.set('/status/carp', { ...this.object('/status/carp'), interfaces: listOf(seeds['carpInterfaces']) })
    this.data.set('/system/hostname', { hostname, domain: 'example.test' })
  }

  list(path: string): JsonObject[] {
    return objectsOf(this.data.get(path))
  }

  object(path: string): JsonObject {
    return objectOf(this.data.get(path))
  }

  resize(size: Size): void {
    const grow = (path: string, count: number | undefined, make: (template: JsonObject, index: number) => JsonObject) => {
      const rows = this.list(path)
      this.data.set(
        path,
        sized(rows, count, (index) => make(structuredClone(rows[0] ?? {}), index)),
      )
    }
    grow('/firewall/rule', size.rules, (row, index) => ({
      ...row,
      interface: index % 2 === 0 ? 'lan' : 'opt1',
      source: { address: numberedIp(index) },
      descr: `Generated rule ${index}`,
      tracker: String(1_710_000_000 + index),
    }))
    grow('/system/arp', size.arp, (row, index) => ({
      ...row,
      ip: numberedIp(index),
      mac: numberedMac(index),
      status: `expires in ${60 + (index % 1100)} seconds`,
    }))
    grow('/firewall/alias', size.aliases, (row, index) => ({
      ...row,
      name: `generated_${index}`,
      type: 'host',
      address: numberedIp(index),
      detail: 'generated',
    }))
  }

  /** Settings as config.xml has them: switches are keys that are there or not. */
  apply(settings: Settings): void {
    const api = { ...this.object('/system/api') }
    const flag = (name: string, on: boolean | undefined) => {
      if (on === true) api[name] = ''
      if (on === false) delete api[name]
    }
    flag('enable', settings.enabled)
    flag('readonly', settings.read_only)
    flag('enable_login_protection', settings.login_protection)
    if (settings.authmode !== undefined) api['authmode'] = settings.authmode
    if (settings.jwt_exp !== undefined) api['jwt_exp'] = String(settings.jwt_exp)
    this.data.set('/system/api', api)
  }
}
