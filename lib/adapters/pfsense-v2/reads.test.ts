import { describe, expect, it } from 'vitest'
import { READ_KINDS, READINGS, type ReadKind } from '@/lib/adapters/model'
import endpointList from './__fixtures__/endpoints.json'
import { pfsenseV2 } from './index'
import { rawReads } from './raw'
import { ENDPOINTS, READ_ENDPOINTS } from './read-endpoints'
import { answer, anySignal, connectOptions, fakeFirewall, memory, MADE_UP, recorded, recordedData, type Answer } from './__fixtures__/fake-firewall'

const connect = (changes: Record<string, Answer> = {}, facts: Record<string, string> = {}) => {
  const firewall = fakeFirewall(changes)
  return { firewall, adapter: pfsenseV2.connect(connectOptions(firewall.transport, { memory: memory(facts) })) }
}
const refused = answer([], 403, 'AUTH_AUTHORIZATION_FAILED')

describe('every reading', () => {
  it.each(READ_KINDS)('%s is what the model says', async (kind) => {
    const reading = await connect().adapter.reads[kind](anySignal())
    expect(READINGS[kind].strict().safeParse(reading)).toMatchObject({ success: true })
  })

  it.each(READ_KINDS)('%s asks only what it names, the indispensable call first', async (kind) => {
    const { firewall, adapter } = connect()
    await adapter.reads[kind](anySignal())
    const named = READ_ENDPOINTS[kind].map(({ path }) => `GET ${path}`)
    expect(firewall.asked()[0]).toBe(named[0])
    expect(firewall.asked().filter((asked) => !named.includes(asked))).toEqual([])
  })

  it.each(READ_KINDS.filter((kind) => kind !== 'vpn'))('%s fails with the privilege when its main call is refused', async (kind) => {
    const main = READ_ENDPOINTS[kind][0]
    await expect(connect({ [`GET ${main.path}`]: refused }).adapter.reads[kind](anySignal())).rejects.toMatchObject({
      code: 'firewall-privilege-missing',
      details: { privilege: main.privilege },
    })
  })

  const partial: ReadKind[] = ['rules', 'gateways', 'interfaces', 'nat', 'carp', 'leases', 'posture', 'vpn']
  it.each(partial)('%s names in a gap each part that may not be read', async (kind) => {
    const [, ...sides] = READ_ENDPOINTS[kind]
    const changes = Object.fromEntries(sides.map(({ path }) => [`GET ${path}`, refused]))
    const reading = await connect(changes).adapter.reads[kind](anySignal())
    const reasons = 'notReported' in reading ? reading.notReported.map(({ reason }) => reason).join(' ') : ''
    // Without names the notation of interfaces, and without a restriction the names themselves, are not asked.
    const asked = sides.filter((side) => side !== ENDPOINTS.apiSettings && !(kind === 'posture' && side === ENDPOINTS.interfaces))
    expect(asked.filter(({ privilege }) => !reasons.includes(privilege))).toEqual([])
  })

  it('VPN fails only when no kind may be read', async () => {
    const changes = Object.fromEntries(READ_ENDPOINTS.vpn.map(({ path }) => [`GET ${path}`, refused]))
    await expect(connect(changes).adapter.reads.vpn(anySignal())).rejects.toMatchObject({ code: 'firewall-privilege-missing' })
  })

  it('says that WireGuard is not installed instead of failing', async () => {
    const { notReported } = await connect().adapter.reads.vpn(anySignal())
    expect(notReported.find(({ part }) => part === 'WireGuard')?.reason).toContain('not installed')
  })

  it('a lost package is no gap', async () => {
    const gone = recorded('error-unknown-endpoint-404-html')
    const changes = { 'GET /api/v2/interfaces': gone, 'OPTIONS /api/v2/firewall/rules': gone }
    await expect(connect(changes, { 'api-seen': 'yes' }).adapter.reads.rules(anySignal())).rejects.toMatchObject({ code: 'firewall-api-package-missing' })
  })

  it('a rejected credential ends a reading at once', async () => {
    const { firewall, adapter } = connect({ 'GET /api/v2/status/system': recorded('auth-basic-wrong-password-401') })
    await expect(adapter.reads.status(anySignal())).rejects.toMatchObject({ code: 'firewall-credential-rejected' })
    expect(firewall.requests).toHaveLength(1)
  })

  it('asks the names of interfaces once for a visit', async () => {
    const { firewall, adapter } = connect()
    for (const kind of ['rules', 'nat', 'carp', 'gateways', 'leases'] as const) await adapter.reads[kind](anySignal())
    expect(firewall.asked().filter((asked) => asked === 'GET /api/v2/interfaces')).toHaveLength(1)
  })

  it('maps rules by the setting that the firewall tells', async () => {
    const { items } = await connect({
      'GET /api/v2/firewall/rules': recorded('firewall-rules-interfaces-as-descr'),
      'GET /api/v2/system/restapi/settings': recorded('settings-patch-represent-interfaces-descr'),
    }).adapter.reads.rules(anySignal())
    expect(items[0]).toMatchObject({ layer: 'interface', layerName: 'WAN', destination: { address: 'WAN address' } })
  })

  it('survives replies with every field missing', async () => {
    const bare = Object.fromEntries(Object.values(ENDPOINTS).map(({ method, path }) => [`${method} ${path}`, answer([])]))
    const { adapter } = connect(bare)
    for (const kind of READ_KINDS) expect(READINGS[kind].safeParse(await adapter.reads[kind](anySignal())).success, kind).toBe(true)
    const one = Object.fromEntries(Object.values(ENDPOINTS).map(({ method, path }) => [`${method} ${path}`, answer([{}])]))
    const lists = connect(one).adapter
    for (const kind of ['rules', 'aliases', 'arp', 'leases', 'gateways', 'interfaces', 'services', 'vpn'] as const)
      expect(READINGS[kind].safeParse(await lists.reads[kind](anySignal())).success, kind).toBe(true)
  })
})

describe('posture', () => {
  it('tells what can be told', async () => {
    expect(await connect().adapter.reads.posture(anySignal())).toMatchObject({
      apiPackageVersion: 'v2.10.0',
      newestKnownVersion: null,
      updateAvailable: null,
      enabledMethods: ['basic', 'jwt', 'api-key'],
      readOnly: false,
      loginProtection: true,
      tokenLifetimeSeconds: 3600,
      allowedInterfaces: [],
      keepsSettingsOnUpdate: true,
      warnings: [],
      notReported: [],
    })
  })

  it('warns', async () => {
    const settings = {
      ...(recordedData('system-restapi-settings') as object),
      login_protection: false,
      expose_sensitive_fields: true,
      keep_backup: false,
      hateoas: true,
      auth_methods: ['MyAuth'],
      allowed_interfaces: ['lan'],
    }
    const posture = await connect({ 'GET /api/v2/system/restapi/settings': answer(settings) }).adapter.reads.posture(anySignal())
    expect(posture.warnings).toHaveLength(5)
    expect(posture.warnings[0]).toContain('Login protection is off')
    expect(posture).toMatchObject({ allowedInterfaces: ['LAN'], enabledMethods: ['MyAuth'] })
  })
})

describe('raw readings', () => {
  it('are reads that hold no command, configuration, certificate, user or key', () => {
    expect(rawReads.filter(({ path }) => /command|config|backup|certificate|crl|\/users?\b|\/auth|key|\/vpn\//.test(path))).toEqual([])
    expect(new Set(rawReads.map(({ id }) => id)).size).toBe(rawReads.length)
  })

  it('come as they are, without secrets', async () => {
    const settings = { ...(recordedData('system-restapi-settings') as object), ha_sync_password: 'CANARY-password' }
    const { adapter } = connect({ 'GET /api/v2/system/restapi/settings': answer(settings) })
    const shown = JSON.stringify(await adapter.readRaw('api-settings', anySignal()))
    expect(shown).toContain('represent_interfaces_as')
    expect(shown).not.toContain('CANARY')
  })

  it('an unknown id, or a path, is not found and nothing is asked', async () => {
    const { firewall, adapter } = connect()
    for (const id of ['nosuch', '/api/v2/users', '../users']) await expect(adapter.readRaw(id, anySignal())).rejects.toMatchObject({ code: 'not-found' })
    expect(firewall.requests).toEqual([])
  })
})

describe('privileges', () => {
  it('are those of the package, by method and path', () => {
    const known = new Map(endpointList.map((row) => [`${row.method} ${row.path}`, row.privileges]))
    const wrong = Object.values(ENDPOINTS)
      .filter((endpoint) => endpoint !== ENDPOINTS.commandPromptAsGet)
      .filter(({ method, path, privilege }) => known.get(`${method} ${path}`) !== `[ page-all, ${privilege} ]`)
    expect(wrong).toEqual([])
  })
})

describe('planted secrets', () => {
  const SECRETS = {
    prv: '-----BEGIN PRIVATE KEY-----\nCANARY\n-----END PRIVATE KEY-----',
    privatekey: 'CANARY-wireguard',
    preshared_key: 'CANARY-psk',
    pre_shared_key: 'CANARY-ipsec',
    password: 'CANARY-password',
    ppp_password: 'CANARY-pppoe',
    'bcrypt-hash': '$2y$10$CANARY',
    'sha512-hash': '$6$CANARY',
    key: 'CANARY-api-key',
    source_hash_key: 'CANARY-nat',
    ha_sync_password: 'CANARY-sync',
  }
  const plant = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(plant)
    if (typeof value !== 'object' || value === null) return value
    return { ...Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plant(item)])), ...SECRETS }
  }
  const planted = (reply: Answer): Answer => {
    if (typeof reply === 'function' || reply.status !== 200) return reply
    const body = JSON.parse(reply.text) as { data: unknown }
    return { ...reply, text: JSON.stringify({ ...body, data: plant(body.data) }) }
  }
  const tunnel = { name: 'tun_wg0', status: 'up', public_key: 'pub', peers: [{ public_key: 'pub2', endpoint: '198.51.100.1:1' }] }
  const firewall = fakeFirewall({
    'GET /api/v2/status/wireguard/tunnels': answer([tunnel]),
    'GET /api/v2/status/ipsec/sas': answer([{ con_id: 'con1', state: 'ESTABLISHED', child_sas: [{ state: 'INSTALLED' }] }]),
    'GET /api/v2/status/openvpn/servers': answer([{ name: 'Road', vpnid: 1, conns: [{ common_name: 'anna' }] }]),
    'GET /api/v2/status/openvpn/clients': answer([{ name: 'Office', vpnid: 2 }]),
    'GET /api/v2/status/dhcp_server/leases': answer([{ ip: '192.168.1.5' }]),
    'GET /api/v2/firewall/virtual_ips': answer(MADE_UP.virtualIps),
  })
  const transport = {
    ...firewall.transport,
    send: async (request: Parameters<typeof firewall.transport.send>[0]) =>
      planted(await firewall.transport.send(request)) as Awaited<ReturnType<typeof firewall.transport.send>>,
  }
  const adapter = pfsenseV2.connect(connectOptions(transport))

  it('are planted where this test looks for them', async () => {
    const reply = await transport.send({
      method: 'GET',
      path: '/api/v2/interfaces',
      headers: {},
      callClass: 'read',
      lease: 'read',
      carriesCredential: false,
      signal: anySignal(),
    })
    expect(reply.text.match(/CANARY/g)?.length).toBeGreaterThan(20)
  })

  it.each(READ_KINDS)('%s keeps none', async (kind) => {
    expect(JSON.stringify(await adapter.reads[kind](anySignal()))).not.toContain('CANARY')
  })

  it('raw readings show none', async () => {
    for (const { id } of rawReads) expect(JSON.stringify(await adapter.readRaw(id, anySignal())), id).not.toContain('CANARY')
  })
})
