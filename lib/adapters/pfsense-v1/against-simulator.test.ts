// Every tested version and credential method against the simulated firewall, over real TLS through the one way out.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startFleet, type Fleet, type FleetFirewall } from '@/e2e/fake-firewalls/fleet'
import type { Settings } from '@/e2e/fake-firewalls/options'
import type { Credential } from '@/lib/adapters/adapter'
import { READINGS, READ_KINDS } from '@/lib/adapters/model'
import { Secret } from '@/lib/core/secret'
import { parseNetworks } from '@/lib/outbound/address-policy'
import { openTransport } from '@/lib/outbound/send'
import { optionsFor, signal } from './__fixtures__/fake-firewall'
import { pfsenseV1 } from './index'

let fleet: Fleet
beforeAll(async () => {
  fleet = await startFleet()
})
afterAll(() => fleet.stop())

const CASES = pfsenseV1.testedVersions.flatMap((version) =>
  (
    [
      ['local', 'basic'],
      ['jwt', 'jwt'],
      ['token', 'token'],
      ['token', 'jwt'],
    ] as const
  ).map(([authmode, method]) => ({ version, authmode, method })),
)

const text = (value: unknown): Secret => new Secret(String(value))
function credentialOf(from: object, method: 'basic' | 'jwt' | 'token'): Credential {
  const values = new Map<string, unknown>(Object.entries(from))
  const fields = new Map<string, unknown>(Object.entries(Object(values.get(method))))
  if (method === 'token') return { method, clientId: text(fields.get('clientId')), clientToken: text(fields.get('clientToken')) }
  return { method, username: text(fields.get('username')), password: text(fields.get('password')) }
}

function optionsOf({ info }: FleetFirewall, credential: Credential) {
  const transport = openTransport({
    firewallKey: `simulated ${info.name}`,
    origin: info.url,
    trust: { mode: 'pin', sha256: info.sha256, spkiSha256: info.spkiSha256 },
    allowedNetworks: parseNetworks('127.0.0.0/8'),
    gate: { hold: (_lease, _signal, act) => act() },
    authentications: { beforeSend: () => Promise.resolve(), failed: () => Promise.resolve(), succeeded: () => Promise.resolve() },
  })
  return { ...optionsFor(transport, credential, { commandsAllowed: true }), now: () => new Date(fleet.clock.nowMs()) }
}

let number = 0
async function add(version: string, settings: Settings = {}): Promise<FleetFirewall> {
  number += 1
  return fleet.add({ name: `v1-${number}`, family: 'pfsense-v1', version, settings, plantSecrets: 'CANARY' })
}

it.each(CASES)('$version in mode $authmode, entered as $method: detect, test, every reading, raw, check', async ({ version, authmode, method }) => {
  const firewall = await add(version, { authmode })
  const options = optionsOf(firewall, credentialOf(firewall.info.credentials, method))
  expect(await pfsenseV1.detect(options.transport, signal)).toBe('yes')
  expect(firewall.counts()).toMatchObject({ requests: 1, authentications: 0, authenticationFailures: 0 })

  const { test, exchanged } = await pfsenseV1.connect(options).test(signal)
  expect(test.features.filter(({ access, result }) => access === 'read' && result !== 'ok')).toEqual([])
  const writes = test.features.filter(({ feature }) => ['rules-write', 'aliases-write', 'commands', 'firmware-update'].includes(feature))
  expect(new Set(writes.map(({ result }) => result))).toEqual(new Set([version === '1.5' ? 'not-knowable' : 'ok']))
  expect(exchanged === null).toBe(authmode === 'jwt' || method !== 'jwt')
  expect(test.requestCount).toBe(firewall.counts().requests - 1)

  const adapter = pfsenseV1.connect({ ...options, credential: exchanged?.credential ?? options.credential })
  for (const kind of READ_KINDS) {
    const reading = await adapter.reads[kind](signal)
    expect(READINGS[kind].parse(reading), kind).toEqual(reading)
    expect(JSON.stringify(reading), kind).not.toContain('CANARY')
  }
  for (const { id } of pfsenseV1.rawReads) expect(JSON.stringify(await adapter.readRaw(id, signal)), id).not.toContain('CANARY')
  expect(await adapter.check?.begin(signal)).toMatchObject({ phase: 'done', firmware: { state: 'offered' } })

  const counts = firewall.counts()
  expect(counts).toMatchObject({ authenticationFailures: 0, writes: [], commandsRun: [], updateStarts: 0, tokenRequests: method === 'jwt' ? 1 : 0 })
})

it.each(CASES.filter(({ authmode, method }) => !(authmode === 'token' && method === 'jwt')))(
  '$version: a wrong $method credential costs one failed sign-in and nothing else',
  async ({ version, authmode, method }) => {
    const firewall = await add(version, { authmode })
    const wrong: Credential =
      method === 'token'
        ? { method, clientId: new Secret('70616c6973616465'), clientToken: new Secret('00') }
        : { method, username: new Secret('palisade'), password: new Secret('wrong') }
    await expect(pfsenseV1.connect(optionsOf(firewall, wrong)).test(signal)).rejects.toMatchObject({ code: 'firewall-credential-rejected' })
    expect(firewall.counts()).toMatchObject({ requests: 1, authentications: 1, authenticationFailures: 1 })
  },
)

it('names what a user with few privileges lacks', async () => {
  const firewall = await add('1.9')
  const { test } = await pfsenseV1.connect(optionsOf(firewall, credentialOf(firewall.info.limited, 'basic'))).test(signal)
  expect(test.features.filter(({ access, result }) => access === 'read' && result === 'ok').map(({ feature }) => feature)).toEqual(['rules', 'arp'])
  expect(test.features.find(({ feature }) => feature === 'aliases')).toMatchObject({ result: 'missing', privilege: 'page-firewall-aliases' })
  expect(test.warnings).toEqual([])
  expect(firewall.counts()).toMatchObject({ authenticationFailures: 0, writes: [] })
})

it('tells switched off, read-only and a lost package apart', async () => {
  const firewall = await add('1.9')
  const options = optionsOf(firewall, credentialOf(firewall.info.credentials, 'basic'))
  const read = () => pfsenseV1.connect(options).reads.arp(signal)
  await read()
  await firewall.patch({ settings: { enabled: false } })
  await expect(read()).rejects.toMatchObject({ code: 'firewall-api-off' })
  expect(await pfsenseV1.detect(options.transport, signal)).toBe('api-off')
  await firewall.patch({ settings: { enabled: true, read_only: true } })
  const { test } = await pfsenseV1.connect(options).test(signal)
  expect(test.features.find(({ feature }) => feature === 'rules-write')).toMatchObject({ result: 'missing', seen: 'the API is read-only' })
  await firewall.patch({ settings: { interface_allowed: false } })
  await expect(read()).rejects.toMatchObject({ code: 'firewall-api-off' })
  await firewall.patch({ settings: { interface_allowed: true }, removePackage: true })
  await expect(read()).rejects.toMatchObject({ code: 'firewall-api-package-missing' })
})
