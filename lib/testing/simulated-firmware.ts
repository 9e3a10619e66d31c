// A family's adapter connected to a simulated firewall whose clock stands still until the test moves it.
import type { Fleet, FleetFirewall } from '@/e2e/fake-firewalls/fleet'
import type { AddOptions } from '@/e2e/fake-firewalls/options'
import type { ConnectOptions, Credential, FamilyMemory, FirewallAdapter } from '@/lib/adapters/adapter'
import { familyModule } from '@/lib/adapters/registry'
import { Secret } from '@/lib/core/secret'
import { parseNetworks } from '@/lib/outbound/address-policy'
import { openTransport } from '@/lib/outbound/send'

const VERSION = { opnsense: '26.7', 'pfsense-v1': '1.9', 'pfsense-v2': '2.10' } as const
let number = 0

export type SimulatedFirmware = {
  firewall: FleetFirewall
  /** Another connection to the same firewall, as each step of the worker opens one; the memory stays. */
  connect(more?: Partial<ConnectOptions>): FirewallAdapter
  advance(ms: number): void
}

export async function simulatedFirmware(fleet: Fleet, family: AddOptions['family'], more: Partial<AddOptions> = {}): Promise<SimulatedFirmware> {
  number += 1
  const firewall = await fleet.add({ name: `firmware-${number}`, family, version: VERSION[family], ...more })
  const facts = new Map<string, string>()
  const memory: FamilyMemory = { get: async (name) => facts.get(name) ?? null, set: async (name, value) => void facts.set(name, value) }
  const transport = openTransport({
    firewallKey: `simulated ${firewall.info.name}`,
    origin: firewall.info.url,
    trust: { mode: 'pin', sha256: firewall.info.sha256, spkiSha256: firewall.info.spkiSha256 },
    allowedNetworks: parseNetworks('127.0.0.0/8'),
    gate: { hold: (_lease, _signal, act) => act() },
    authentications: { beforeSend: async () => undefined, failed: async () => undefined, succeeded: async () => undefined },
  })
  const options: ConnectOptions = {
    transport,
    credential: credentialOf(firewall),
    memory,
    tokens: { get: () => Promise.reject(new Error('No tokens here.')), discard: async () => undefined },
    commandsAllowed: true,
    now: () => new Date(fleet.clock.nowMs()),
  }
  return { firewall, connect: (changed = {}) => familyModule(family).connect({ ...options, ...changed }), advance: (ms) => fleet.clock.advance(ms) }
}

function credentialOf({ info }: FleetFirewall): Credential {
  const all = new Map<string, unknown>(Object.entries(info.credentials))
  const method = info.family === 'opnsense' ? 'key-secret' : 'basic'
  const fields = new Map<string, unknown>(Object.entries(Object(all.get(method))))
  const secret = (name: string) => new Secret(String(fields.get(name)))
  return method === 'basic' ? { method, username: secret('username'), password: secret('password') } : { method, key: secret('key'), secret: secret('secret') }
}
