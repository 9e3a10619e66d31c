// Every tested version and credential method against the simulated firewall, over real TLS through the one way out.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startFleet, type Fleet, type FleetFirewall } from '@/e2e/fake-firewalls/fleet'
import type { Settings } from '@/e2e/fake-firewalls/options'
import type { ConnectOptions, Credential } from '@/lib/adapters/adapter'
import { READINGS, READ_KINDS } from '@/lib/adapters/model'
import { Secret } from '@/lib/core/secret'
import { parseNetworks } from '@/lib/outbound/address-policy'
import { openTransport } from '@/lib/outbound/send'
import { pfsenseV2 } from './index'
import { privilegesOf } from './read-endpoints'
import { anySignal, connectOptions, memory, tokenStore } from './__fixtures__/fake-firewall'

let fleet: Fleet
beforeAll(async () => {
  fleet = await startFleet()
})
afterAll(() => fleet.stop())

const METHODS = ['basic', 'api-key', 'jwt'] as const
type Method = (typeof METHODS)[number]
const CASES = pfsenseV2.testedVersions.flatMap((version) => METHODS.map((method) => ({ version, method })))

let count = 0
async function add(version: string, more: { settings?: Settings; limitedPrivileges?: string[] } = {}): Promise<FleetFirewall> {
  count += 1
  return fleet.add({ name: `v2-${count}`, family: 'pfsense-v2', version, plantSecrets: 'CANARY', ...more })
}

function credentialOf(from: object, method: Method): Credential {
  const fields = new Map<string, unknown>(Object.entries(Object(new Map<string, unknown>(Object.entries(from)).get(method))))
  const secret = (name: string) => new Secret(String(fields.get(name)))
  return method === 'api-key' ? { method, key: secret('key') } : { method, username: secret('username'), password: secret('password') }
}

function optionsOf({ info }: FleetFirewall, credential: Credential, overrides: Partial<ConnectOptions> = {}): ConnectOptions {
  const transport = openTransport({
    firewallKey: `simulated ${info.name}`,
    origin: info.url,
    trust: { mode: 'pin', sha256: info.sha256, spkiSha256: info.spkiSha256 },
    allowedNetworks: parseNetworks('127.0.0.0/8'),
    gate: { hold: (_lease, _signal, act) => act() },
    authentications: { beforeSend: () => Promise.resolve(), failed: () => Promise.resolve(), succeeded: () => Promise.resolve() },
  })
  const now = () => new Date(fleet.clock.nowMs())
  return connectOptions(transport, { credential, now, commandsAllowed: true, ...overrides })
}

describe.each(CASES)('$version with $method', ({ version, method }) => {
  it('detects, tests, reads, shows raw and checks', async () => {
    const firewall = await add(version)
    const options = optionsOf(firewall, credentialOf(firewall.info.credentials, method))
    expect(await pfsenseV2.detect(options.transport, anySignal())).toBe('yes')
    expect(firewall.counts()).toMatchObject({ requests: 1, authentications: 0, authenticationFailures: 0 })

    const adapter = pfsenseV2.connect(options)
    const { test, exchanged } = await adapter.test(anySignal())
    expect(exchanged).toBeNull()
    expect(test.features.filter(({ access, result }) => access === 'read' && result !== 'ok')).toEqual([])
    const writes = test.features.filter(({ access }) => access === 'write')
    expect(writes.map(({ result }) => result)).toEqual(writes.map(() => (version === '2.7' ? 'not-knowable' : 'ok')))
    expect(test.warnings.some((warning) => warning.includes('may do everything'))).toBe(true)
    expect(firewall.counts()).toMatchObject({ requests: test.requestCount + 1, writes: [], commandsRun: [], updateStarts: 0, authenticationFailures: 0 })

    for (const kind of READ_KINDS) {
      const reading = await adapter.reads[kind](anySignal())
      expect(READINGS[kind].parse(reading), kind).toEqual(reading)
      expect(JSON.stringify(reading), kind).not.toContain('CANARY')
    }
    for (const { id } of pfsenseV2.rawReads) expect(JSON.stringify(await adapter.readRaw(id, anySignal())), id).not.toContain('CANARY')

    expect(await adapter.check?.begin(anySignal())).toMatchObject({
      phase: 'done',
      firmware: { state: 'offered', offeredVersion: version === '2.7' ? '2.8.1' : '2.8.2' },
    })
    expect(firewall.counts()).toMatchObject({
      commandsRun: ['/usr/local/sbin/pfSense-upgrade -c'],
      writes: [],
      updateStarts: 0,
      authenticationFailures: 0,
      tokenRequests: method === 'jwt' ? 1 : 0,
    })
  })

  it('costs one failed sign-in with a wrong credential, and nothing else', async () => {
    const firewall = await add(version)
    const wrong: Credential =
      method === 'api-key' ? { method, key: new Secret('00') } : { method, username: new Secret('palisade'), password: new Secret('wrong') }
    await expect(pfsenseV2.connect(optionsOf(firewall, wrong)).test(anySignal())).rejects.toMatchObject({ code: 'firewall-credential-rejected' })
    expect(firewall.counts()).toMatchObject({ requests: 1, authenticationFailures: 1 })
  })
})

describe.each(pfsenseV2.testedVersions)('%s', (version) => {
  it('works with the named privileges and no others', async () => {
    const privileges = READ_KINDS.flatMap((kind) => privilegesOf(kind).split(', '))
    const firewall = await add(version, { limitedPrivileges: [...new Set(privileges)] })
    const { test } = await pfsenseV2.connect(optionsOf(firewall, credentialOf(firewall.info.limited, 'api-key'))).test(anySignal())
    expect(test.features.filter(({ access, result }) => access === 'read' && result !== 'ok')).toEqual([])
    expect(test.features.filter(({ access, result }) => access === 'write' && result === 'ok')).toEqual([])
    expect(test.warnings).toEqual([])
    expect(firewall.counts().authenticationFailures).toBe(0)
  })

  it.each(['id', 'descr', 'if'] as const)('reads the same rules with interfaces as %s', async (notation) => {
    const firewall = await add(version, { settings: { represent_interfaces_as: notation } })
    const adapter = pfsenseV2.connect(optionsOf(firewall, credentialOf(firewall.info.credentials, 'api-key')))
    const { items } = await adapter.reads.rules(anySignal())
    expect(items.map(({ layer, layerName }) => `${layer} ${layerName}`)).toEqual([
      'interface WAN',
      'interface WAN',
      'interface LAN',
      'interface LAN',
      'interface DMZ',
      'floating ',
    ])
    expect(items[0]?.destination.address).toBe('WAN address')
    expect(items[4]?.source.address).toBe('DMZ net')
    expect((await adapter.reads.nat(anySignal())).items[0]?.interfaces).toEqual(['WAN'])
  })

  it('renews its token before it ends, without a failed sign-in', async () => {
    const firewall = await add(version, { settings: { jwt_exp: 300 } })
    const now = () => new Date(fleet.clock.nowMs())
    const adapter = pfsenseV2.connect(optionsOf(firewall, credentialOf(firewall.info.credentials, 'jwt'), { tokens: tokenStore(now) }))
    await adapter.reads.arp(anySignal())
    fleet.clock.advance(250_000)
    await adapter.reads.arp(anySignal())
    expect(firewall.counts()).toMatchObject({ tokenRequests: 2, authenticationFailures: 0 })
  })

  it('tells a switched-off API, read-only mode and a forbidden interface apart', async () => {
    const firewall = await add(version, { settings: { enabled: false } })
    const options = optionsOf(firewall, credentialOf(firewall.info.credentials, 'api-key'))
    const adapter = pfsenseV2.connect(options)
    expect(await pfsenseV2.detect(options.transport, anySignal())).toBe('api-off')
    await expect(adapter.reads.arp(anySignal())).rejects.toMatchObject({ code: 'firewall-api-off' })
    await firewall.patch({ settings: { enabled: true, read_only: true } })
    await expect(adapter.check?.begin(anySignal())).rejects.toMatchObject({ code: 'firewall-read-only' })
    await firewall.patch({ settings: { read_only: false, interface_allowed: false } })
    await expect(adapter.reads.arp(anySignal())).rejects.toMatchObject({ code: 'firewall-api-off' })
    expect(firewall.counts()).toMatchObject({ commandsRun: [], authenticationFailures: 0 })
  })

  it('calls a lost package by its name, and knows a firewall without it', async () => {
    const firewall = await add(version)
    const facts = memory()
    const options = optionsOf(firewall, credentialOf(firewall.info.credentials, 'api-key'), { memory: facts })
    const adapter = pfsenseV2.connect(options)
    await adapter.reads.arp(anySignal())
    await firewall.patch({ removePackage: true })
    await expect(adapter.reads.rules(anySignal())).rejects.toMatchObject({ code: 'firewall-api-package-missing' })
    await expect(pfsenseV2.connect(optionsOf(firewall, options.credential)).reads.rules(anySignal())).rejects.toMatchObject({ code: 'firewall-not-this-api' })
    expect(await pfsenseV2.detect(options.transport, anySignal())).toBe('api-package-missing')
    await firewall.patch({ reinstallPackage: true })
    expect((await adapter.reads.rules(anySignal())).items).toHaveLength(6)
  })
})
