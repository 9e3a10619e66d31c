// A v1 firewall for tests: answers from recorded replies and keeps what it was asked. Judged by what it saw.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { ConnectOptions, Credential, IssuedToken, TokenStore } from '@/lib/adapters/adapter'
import { Secret } from '@/lib/core/secret'
import type { OutboundReply, OutboundRequest, Transport } from '@/lib/outbound/transport'

export const ORIGIN = 'https://fw.example.test'
export const NOW = new Date('2026-11-24T12:00:00.000Z')

type Recorded = { response: { status: number; headers: Record<string, string>; body: unknown; bodyIsText?: boolean } }
export type Answer = { status: number; headers?: Record<string, string>; text: string } | Error

const load = (name: string): Recorded => JSON.parse(readFileSync(path.join(import.meta.dirname, `${name}.json`), 'utf8'))

export function recorded(name: string): Exclude<Answer, Error> {
  const { status, headers, body, bodyIsText } = load(name).response
  const lower = Object.fromEntries(Object.entries(headers).map(([key, value]) => [key.toLowerCase(), value]))
  return { status, headers: lower, text: bodyIsText === true ? String(body) : JSON.stringify(body) }
}
/** `data` of a recorded reply, as JSON.parse gives it. */
export const recordedData = (name: string): unknown => {
  const { body } = load(name).response
  return typeof body === 'object' && body !== null && 'data' in body ? body.data : null
}
export const enveloped = (data: unknown, code = 200, returnCode = 0, message = 'Success'): Answer => ({
  status: code,
  headers: { 'content-type': 'application/json' },
  text: JSON.stringify({ status: code === 200 ? 'ok' : 'error', code, return: returnCode, message, data }),
})
export const html = (status: number, text = '<html><body>nginx</body></html>'): Answer => ({ status, headers: { 'content-type': 'text/html' }, text })

const VERSION = enveloped({ version: '2.7.2-RELEASE', base: '2.7', patch: '0', buildtime: 'Wed Dec 6 20:10:00 UTC 2023', program: 272 })

/** Every endpoint that Palisade asks, as a user with exactly the wanted privileges sees it. */
export const HEALTHY: Readonly<Record<string, Answer>> = {
  'GET /api/v1/system/version': VERSION,
  'GET /api/v1/system/version/upgrade': recorded('system-version-upgrade'),
  'GET /api/v1/system/version/upgrade?use_cache=false': recorded('system-version-upgrade-nocache'),
  'GET /api/v1/status/system': recorded('status-system'),
  'GET /api/v1/system/hostname': recorded('system-hostname'),
  'GET /api/v1/firewall/states/size': recorded('firewall-states-size'),
  'GET /api/v1/status/log/config_history': recorded('status-log-config-history'),
  'GET /api/v1/system/package': recorded('system-package'),
  'GET /api/v1/system/arp': recorded('system-arp'),
  'GET /api/v1/firewall/rule': recorded('firewall-rule'),
  'GET /api/v1/firewall/alias': recorded('firewall-alias'),
  'GET /api/v1/firewall/nat/port_forward': recorded('firewall-nat-port-forward'),
  'GET /api/v1/firewall/nat/outbound': enveloped({ mode: 'hybrid' }),
  'GET /api/v1/firewall/nat/outbound/mapping': enveloped([]),
  'GET /api/v1/firewall/nat/one_to_one': enveloped([]),
  'GET /api/v1/status/interface': recorded('status-interface'),
  'GET /api/v1/status/gateway': recorded('status-gateway'),
  'GET /api/v1/routing/gateway': recorded('routing-gateway'),
  'GET /api/v1/status/carp': recorded('status-carp'),
  'GET /api/v1/services': recorded('services'),
  'GET /api/v1/services/dhcpd/lease': recorded('services-dhcpd-lease'),
  'GET /api/v1/status/openvpn': enveloped({ servers: [], p2p_servers: [], clients: [] }),
  'GET /api/v1/status/ipsec': enveloped([]),
  'GET /api/v1/system/api': recorded('system-api'),
  'GET /api/v1/system/api/version': recorded('system-api-version'),
  'GET /api/v1/interface': recorded('auth-privilege-403'),
  'POST /api/v1/firewall/rule': recorded('firewall-rule-create-bypass'),
  'POST /api/v1/firewall/alias': enveloped([], 400, 4050, 'Firewall alias name required'),
  'POST /api/v1/diagnostics/command_prompt': enveloped([], 400, 7000, 'Shell command is required'),
}

export type FakeFirewall = { transport: Transport; requests: OutboundRequest[]; asked: () => string[] }

/** Answers override HEALTHY by `METHOD path`; a list is used up one by one, its last answer stays. */
export function fakeFirewall(overrides: Readonly<Record<string, Answer | Answer[]>> = {}): FakeFirewall {
  const requests: OutboundRequest[] = []
  const times = new Map<string, number>()
  return {
    requests,
    asked: () => requests.map((request) => `${request.method} ${request.path}`),
    transport: {
      origin: ORIGIN,
      send(request): Promise<OutboundReply> {
        requests.push(request)
        const key = `${request.method} ${request.path}`
        const wanted = overrides[key] ?? overrides[`${request.method} *`] ?? HEALTHY[key] ?? recorded('error-unknown-endpoint-404-html')
        const turn = times.get(key) ?? 0
        times.set(key, turn + 1)
        const answer = Array.isArray(wanted) ? (wanted[Math.min(turn, wanted.length - 1)] ?? html(500)) : wanted
        if (answer instanceof Error) return Promise.reject(answer)
        return Promise.resolve({ status: answer.status, headers: answer.headers ?? {}, text: answer.text, durationMs: 1 })
      },
    },
  }
}

export const BASIC: Credential = { method: 'basic', username: new Secret('palisade'), password: new Secret('pass phrase: ü') }
export const JWT: Credential = { method: 'jwt', username: new Secret('palisade'), password: new Secret('hunter-two') }
export const TOKEN: Credential = {
  method: 'token',
  clientId: new Secret('70616c6973616465'),
  clientToken: new Secret('893c8e0dc9fae6cae017a03357944410e11684af15a6cd89'),
}

export type Options = ConnectOptions & { facts: Map<string, string>; discarded: () => number; issued: IssuedToken[] }

export function optionsFor(transport: Transport, credential: Credential, more: { commandsAllowed?: boolean; facts?: Record<string, string> } = {}): Options {
  const facts = new Map(Object.entries(more.facts ?? {}))
  const issued: IssuedToken[] = []
  let discards = 0
  let current: IssuedToken | null = null
  const tokens: TokenStore = {
    async get(issue) {
      current ??= await issue()
      if (issued.at(-1) !== current) issued.push(current)
      return current.token
    },
    discard() {
      discards += 1
      current = null
      return Promise.resolve()
    },
  }
  return {
    transport,
    credential,
    memory: { get: (name) => Promise.resolve(facts.get(name) ?? null), set: (name, value) => Promise.resolve(void facts.set(name, value)) },
    tokens,
    commandsAllowed: more.commandsAllowed ?? false,
    now: () => NOW,
    facts,
    issued,
    discarded: () => discards,
  }
}

export const signal = new AbortController().signal
