// Every tested version against the simulated firewall, over real TLS through the one way out.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startFleet, type Fleet, type FleetFirewall } from '@/e2e/fake-firewalls/fleet'
import type { AddOptions } from '@/e2e/fake-firewalls/options'
import type { ConnectOptions } from '@/lib/adapters/adapter'
import { credentialTest, firmware as firmwareModel, READINGS, READ_KINDS } from '@/lib/adapters/model'
import { Secret } from '@/lib/core/secret'
import { parseNetworks } from '@/lib/outbound/address-policy'
import { openTransport } from '@/lib/outbound/send'
import { fakeMemory, signal } from './__fixtures__/fake-firewall'
import { opnsense } from './index'

let fleet: Fleet
beforeAll(async () => {
  fleet = await startFleet()
})
afterAll(() => fleet.stop())

let number = 0
async function add(version: string, more: Partial<AddOptions> = {}): Promise<FleetFirewall> {
  number += 1
  return fleet.add({ name: `opnsense-${number}`, family: 'opnsense', version, ...more })
}

function optionsOf({ info }: FleetFirewall, credentials: object = info.credentials): ConnectOptions {
  const fields = new Map<string, unknown>(Object.entries(Object(new Map<string, unknown>(Object.entries(credentials)).get('key-secret'))))
  return {
    transport: openTransport({
      firewallKey: `simulated ${info.name}`,
      origin: info.url,
      trust: { mode: 'pin', sha256: info.sha256, spkiSha256: info.spkiSha256 },
      allowedNetworks: parseNetworks('127.0.0.0/8'),
      gate: { hold: (_lease, _signal, act) => act() },
      authentications: { beforeSend: () => Promise.resolve(), failed: () => Promise.resolve(), succeeded: () => Promise.resolve() },
    }),
    credential: { method: 'key-secret', key: new Secret(String(fields.get('key'))), secret: new Secret(String(fields.get('secret'))) },
    memory: fakeMemory(),
    tokens: { get: () => Promise.reject(new Error('This family has no tokens.')), discard: () => Promise.resolve() },
    commandsAllowed: false,
    now: () => new Date(fleet.clock.nowMs()),
  }
}

const EVERY_PRIVILEGE = [
  'Lobby: Dashboard',
  'System: Status',
  'Diagnostics: System Activity',
  'System: Firmware',
  'Firewall: Rules [new]',
  'Firewall: Aliases',
  'Diagnostics: ARP Table',
  'Diagnostics: NDP Table',
  'page-dhcp-kea-v4',
  'page-dhcp-kea-v6',
  'page-services-dnsforwarder',
  'page-status-dhcpleases',
  'System: Gateways',
  'Status: Interfaces',
  'Status: Services',
  'Firewall: NAT: Source NAT',
  'Firewall: NAT: Destination NAT',
  'Firewall: NAT: 1:1',
  'Firewall: NAT: NPTv6',
  'Interfaces: Virtual IPs: Status',
  'Status: IPsec',
  'Status: OpenVPN',
  'VPN: WireGuard: Status',
  'Diagnostics: Configuration History',
]
const RULES_SHOWN: Readonly<Record<string, number>> = { '25.1': 6, '25.1.5': 9, '25.7': 9, '26.1': 9, '26.1.5': 9, '26.1.10': 9, '26.7': 9 }

describe.each(opnsense.testedVersions)('%s', (version) => {
  it('is detected without a failed authentication', async () => {
    const firewall = await add(version)
    expect(await opnsense.detect(optionsOf(firewall).transport, signal)).toBe('yes')
    expect(firewall.counts()).toMatchObject({ requests: 1, authentications: 0, authenticationFailures: 0 })
  })

  it('every reading and raw reading, without a planted secret and without a write', async () => {
    const firewall = await add(version, { plantSecrets: 'CANARY' })
    const adapter = opnsense.connect(optionsOf(firewall))
    for (const kind of READ_KINDS) {
      const reading: unknown = await adapter.reads[kind](signal)
      expect(READINGS[kind].parse(reading)).toEqual(reading)
      expect(JSON.stringify(reading)).not.toContain('CANARY')
    }
    for (const { id } of opnsense.rawReads) {
      const raw: unknown = await adapter.readRaw(id, signal).catch((error: unknown) => ({ code: Object(error).code }))
      expect(JSON.stringify(raw)).not.toContain('CANARY')
      expect(raw).not.toMatchObject({ code: 'firewall-reply-not-understood' })
    }
    expect(firewall.counts()).toMatchObject({ writes: [], updateStarts: 0, authenticationFailures: 0 })
    expect(firewall.counts().peakConcurrentReads).toBeLessThanOrEqual(2)
  })

  it('shows every rule that this version shows', async () => {
    const { items } = await opnsense.connect(optionsOf(await add(version))).reads.rules(signal)
    expect(items).toHaveLength(RULES_SHOWN[version] ?? 0)
    expect(items.every((item) => item.action !== 'unknown' && item.description !== '')).toBe(true)
  })

  it('the test finds all privileges of a limited key, in the spelling of the version, and writes nothing', async () => {
    const firewall = await add(version, { limitedPrivileges: EVERY_PRIVILEGE })
    const { test } = await opnsense.connect(optionsOf(firewall, firewall.info.limited)).test(signal)
    expect(
      credentialTest
        .parse(test)
        .features.filter((feature) => feature.result !== 'ok')
        .map((feature) => [feature.feature, feature.result]),
    ).toEqual([['aliases-write', 'not-knowable']])
    expect(test.warnings).toEqual([])
    expect(test.version).toContain(version)
    expect(firewall.counts()).toMatchObject({ writes: [], updateStarts: 0, authenticationFailures: 0, requests: test.requestCount })
  })

  it('the test warns of a key that may do everything', async () => {
    const firewall = await add(version)
    const { test } = await opnsense.connect(optionsOf(firewall)).test(signal)
    expect(test.warnings).toHaveLength(1)
    expect(test.features.every((feature) => feature.result === 'ok')).toBe(true)
    expect(firewall.counts()).toMatchObject({ writes: [], authenticationFailures: 0 })
  })

  it('the test names what a key without privileges lacks', async () => {
    const firewall = await add(version, { limitedPrivileges: ['Diagnostics: ARP Table'] })
    const { test } = await opnsense.connect(optionsOf(firewall, firewall.info.limited)).test(signal)
    const of = (result: string) => test.features.filter((feature) => feature.result === result).map((feature) => feature.privilege)
    expect(of('ok')).toEqual(['Diagnostics: ARP Table', 'none needed'])
    expect(of('missing')).toEqual(
      expect.arrayContaining([
        'Diagnostics: NDP Table',
        'System: Firmware',
        'Lobby: Dashboard',
        'Status: IPsec',
        'Status: OpenVPN',
        'VPN: WireGuard: Status',
        'Firewall: Alias: Edit',
      ]),
    )
    expect(firewall.counts().authenticationFailures).toBe(0)
  })

  it('a revoked key costs one failed authentication, for the test and for each reading', async () => {
    const firewall = await add(version)
    await firewall.patch({ revoke: 'key' })
    await expect(opnsense.connect(optionsOf(firewall)).test(signal)).rejects.toMatchObject({ code: 'firewall-credential-rejected' })
    expect(firewall.counts().authenticationFailures).toBe(1)
    for (const kind of ['nat', 'leases', 'vpn', 'status'] as const) {
      firewall.resetCounts()
      await expect(opnsense.connect(optionsOf(firewall)).reads[kind](signal)).rejects.toMatchObject({ code: 'firewall-credential-rejected' })
      expect(firewall.counts().authenticationFailures).toBe(1)
    }
  })

  it('never checked, then a check that finds an update', async () => {
    const firewall = await add(version, {
      checked: false,
      durationsMs: { check: 30_000 },
      offer: { version: `${version}.9`, needsReboot: true, downloadSize: '38 MiB' },
    })
    const adapter = opnsense.connect(optionsOf(firewall))
    expect(await adapter.reads.firmware(signal)).toMatchObject({ state: 'never-checked', packages: null })
    expect(await adapter.check?.begin(signal)).toEqual({ phase: 'running' })
    expect(await adapter.check?.progress(signal)).toEqual({ phase: 'running' })
    await expect(adapter.check?.begin(signal)).rejects.toMatchObject({ code: 'firewall-busy' })
    fleet.clock.advance(31_000)
    const step = await adapter.check?.progress(signal)
    expect(step).toMatchObject({ phase: 'done', firmware: { state: 'offered', offeredVersion: `${version}.9`, rebootRequired: true } })
    if (step?.phase === 'done') expect(firmwareModel.parse(step.firmware)).toEqual(step.firmware)
    expect(firewall.counts().updateStarts).toBe(0)
    expect(await adapter.readChangelog(`${version}.9`, signal)).toContain('Hello there')
    expect(await adapter.readChangelog('nothing', signal)).toBeNull()
  })
})

describe('point releases between the tested versions', () => {
  it.each([
    ['25.1', '25.1.5'],
    ['26.1', '26.1.5'],
    ['26.1', '26.1.10'],
  ])('%s as %s shows every rule', async (version, pointVersion) => {
    const { items } = await opnsense.connect(optionsOf(await add(version, { pointVersion }))).reads.rules(signal)
    expect(items).toHaveLength(RULES_SHOWN[pointVersion] ?? 0)
    expect(new Set(items.map((item) => item.layer))).toEqual(new Set(['automatic', 'floating', 'interface', 'legacy']))
  })
})

describe('trouble', () => {
  it.each([
    ['html', 'firewall-not-this-api'],
    ['empty', 'firewall-reply-not-understood'],
    ['garbage', 'firewall-reply-not-understood'],
    ['deep-json', 'firewall-reply-not-understood'],
    ['redirect', 'firewall-redirect'],
    ['502', 'firewall-busy'],
    ['dead', 'firewall-unreachable'],
  ] as const)('%s is %s', async (scenario, code) => {
    const firewall = await add('26.7')
    await firewall.patch({ scenario })
    await expect(opnsense.connect(optionsOf(firewall)).reads.services(signal)).rejects.toMatchObject({ code })
  })
})
