// A firewall in memory for the tests of this family: recorded replies by method and path, and what was asked.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { ConnectOptions, Credential, FamilyMemory, TokenStore } from '@/lib/adapters/adapter'
import { Secret } from '@/lib/core/secret'
import type { OutboundReply, OutboundRequest, Transport } from '@/lib/outbound/transport'

type Recorded = {
  request: { method: string; path: string }
  response: { status: number; headers: Record<string, string>; body: unknown; bodyIsText?: boolean }
}
export type Answer = OutboundReply | ((request: OutboundRequest) => OutboundReply)

function load(name: string): Recorded {
  return JSON.parse(readFileSync(path.join(import.meta.dirname, `${name}.json`), 'utf8')) as Recorded
}

/** A recorded reply as the transport gives it. */
export function recorded(name: string): OutboundReply {
  const { response } = load(name)
  const headers = Object.fromEntries(Object.entries(response.headers).map(([key, value]) => [key.toLowerCase(), value]))
  return { status: response.status, headers, text: response.bodyIsText === true ? String(response.body) : JSON.stringify(response.body), durationMs: 1 }
}

/** `data` of a recorded reply, freely changeable. */
export const recordedData = (name: string): unknown => (load(name).response.body as { data: unknown }).data

export const answer = (data: unknown, status = 200, responseId = 'SUCCESS'): OutboundReply => ({
  status,
  headers: { 'content-type': 'application/json' },
  text: JSON.stringify({ code: status, status: 'ok', response_id: responseId, message: '', data }),
  durationMs: 1,
})
export const page = (status: number, text = '<html><head><title>404 Not Found</title></head></html>'): OutboundReply => ({
  status,
  headers: { 'content-type': 'text/html' },
  text,
  durationMs: 1,
})

/** Data that the lab recordings lack, in the shape of the package's OpenAPI document. */
export const MADE_UP = {
  virtualIps: [
    {
      id: 0,
      uniqid: '65a',
      mode: 'carp',
      interface: 'lan',
      type: 'single',
      subnet: '192.168.1.254',
      subnet_bits: 24,
      descr: '',
      vhid: 7,
      advskew: 100,
      password: 'CANARY',
      carp_status: 'backup',
    },
    { id: 1, uniqid: '65b', mode: 'ipalias', interface: 'wan', type: 'single', subnet: '203.0.113.11', subnet_bits: 32, descr: '' },
  ],
  groups: [{ id: 0, ifname: 'Inside', members: ['lan', 'opt1'], descr: '' }],
  outbound: [
    {
      id: 0,
      interface: 'wan',
      protocol: null,
      disabled: false,
      nonat: false,
      source: '192.168.1.0/24',
      source_port: null,
      destination: 'any',
      destination_port: null,
      target: 'wan:ip',
      target_subnet: 32,
      nat_port: null,
      static_nat_port: true,
      source_hash_key: '0xCANARY',
      descr: 'LAN out',
    },
  ],
  oneToOne: [
    {
      id: 0,
      interface: 'wan',
      disabled: true,
      nobinat: false,
      ipprotocol: 'inet',
      external: '203.0.113.20',
      source: '192.168.1.10',
      destination: 'any',
      descr: '',
    },
  ],
} as const

const READ_ANSWERS: Record<string, OutboundReply> = {
  'OPTIONS /api/v2/firewall/rules': recorded('options-500'),
  'GET /api/v2/system/version': recorded('system-version'),
  'GET /api/v2/system/hostname': recorded('system-hostname'),
  'GET /api/v2/system/packages': recorded('system-packages'),
  'GET /api/v2/system/restapi/version': recorded('system-restapi-version'),
  'GET /api/v2/system/restapi/settings': recorded('system-restapi-settings'),
  'GET /api/v2/status/system': recorded('status-system'),
  'GET /api/v2/diagnostics/config_history/revisions': recorded('diagnostics-config-history'),
  'GET /api/v2/firewall/states/size': recorded('firewall-states-size'),
  'GET /api/v2/status/gateways': recorded('status-gateways'),
  'GET /api/v2/routing/gateways': recorded('routing-gateways'),
  'GET /api/v2/routing/gateway/default': answer({ defaultgw4: 'WANGW', defaultgw6: '' }),
  'GET /api/v2/status/interfaces': recorded('status-interfaces'),
  'GET /api/v2/interfaces': recorded('interfaces'),
  'GET /api/v2/interface/groups': answer(MADE_UP.groups),
  'GET /api/v2/interface/vlans': answer([{ id: 0, if: 'em2', tag: 20, vlanif: 'em2.20', pcp: null, descr: '' }]),
  'GET /api/v2/status/services': recorded('status-services'),
  'GET /api/v2/status/carp': recorded('status-carp'),
  'GET /api/v2/firewall/virtual_ips': answer(MADE_UP.virtualIps),
  'GET /api/v2/status/ipsec/sas': recorded('status-ipsec-sas'),
  'GET /api/v2/status/openvpn/servers': recorded('status-openvpn-servers'),
  'GET /api/v2/status/openvpn/clients': answer([]),
  'GET /api/v2/status/wireguard/tunnels': answer([], 404, 'MODEL_MISSING_REQUIRED_PACKAGE'),
  'GET /api/v2/diagnostics/arp_table': recorded('diagnostics-arp-table'),
  'GET /api/v2/status/dhcp_server/leases': recorded('status-dhcp-leases'),
  'GET /api/v2/firewall/rules': recorded('firewall-rules'),
  'GET /api/v2/firewall/aliases': recorded('firewall-aliases'),
  'GET /api/v2/firewall/nat/port_forwards': recorded('firewall-nat-port-forwards'),
  'GET /api/v2/firewall/nat/outbound/mappings': answer(MADE_UP.outbound),
  'GET /api/v2/firewall/nat/outbound/mode': recorded('firewall-nat-outbound-mode'),
  'GET /api/v2/firewall/nat/one_to_one/mappings': answer(MADE_UP.oneToOne),
  'GET /api/v2/diagnostics/command_prompt': answer([], 403, 'AUTH_AUTHORIZATION_FAILED'),
  'POST /api/v2/firewall/rule': answer([], 400, 'FIELD_IS_REQUIRED'),
  'POST /api/v2/firewall/alias': answer([], 400, 'FIELD_IS_REQUIRED'),
  'POST /api/v2/system/update': recorded('system-update-post-dry-run'),
  'POST /api/v2/diagnostics/command_prompt': answer([], 400, 'FIELD_IS_REQUIRED'),
}

export type FakeFirewall = { transport: Transport; requests: OutboundRequest[]; asked(): string[] }

/** Everything readable as recorded; `changes` replace single answers by `METHOD /path`. An unknown path is the web server's 404. */
export function fakeFirewall(changes: Record<string, Answer> = {}): FakeFirewall {
  const answers: Record<string, Answer> = { ...READ_ANSWERS, ...changes }
  const requests: OutboundRequest[] = []
  const transport: Transport = {
    origin: 'https://fw.example.test',
    send: (request) => {
      requests.push(request)
      const found = answers[`${request.method} ${request.path}`] ?? recorded('error-unknown-endpoint-404-html')
      return Promise.resolve(typeof found === 'function' ? found(request) : found)
    },
  }
  return { transport, requests, asked: () => requests.map(({ method, path: asked }) => `${method} ${asked}`) }
}

export function memory(facts: Record<string, string> = {}): FamilyMemory & { facts: Map<string, string> } {
  const stored = new Map(Object.entries(facts))
  return {
    facts: stored,
    get: (name) => Promise.resolve(stored.get(name) ?? null),
    set: (name, value) => {
      stored.set(name, value)
      return Promise.resolve()
    },
  }
}

/** Keeps one token until it ends, as the real store does; counts. */
export function tokenStore(nowOf: () => Date): TokenStore & { issued: number; discarded: number } {
  let kept: { token: Secret; expiresAt: Date } | null = null
  return {
    issued: 0,
    discarded: 0,
    async get(issue) {
      if (kept === null || kept.expiresAt.getTime() - nowOf().getTime() < 60_000) {
        kept = await issue()
        this.issued += 1
      }
      return kept.token
    },
    discard() {
      kept = null
      this.discarded += 1
      return Promise.resolve()
    },
  }
}

export const API_KEY: Credential = { method: 'api-key', key: new Secret('a1b2c3d4e5f6a1b2c3d4e5f6a1b2c3d4e5f6a1b2c3d4e5f6') }
export const BASIC: Credential = { method: 'basic', username: new Secret('palisade'), password: new Secret('pass:wört') }
export const JWT: Credential = { method: 'jwt', username: new Secret('palisade'), password: new Secret('pass:wört') }
/** A minute after the token in auth-jwt-create.json was issued. */
export const NOW = new Date('2026-11-22T11:15:56.000Z')

export function connectOptions(transport: Transport, overrides: Partial<ConnectOptions> = {}): ConnectOptions {
  const now = overrides.now ?? (() => NOW)
  return { transport, credential: API_KEY, memory: memory(), tokens: tokenStore(now), commandsAllowed: false, now, ...overrides }
}

/** Far from any deadline: tests here wait for nothing. */
export const anySignal = (): AbortSignal => new AbortController().signal
