// A transport that answers from recorded replies and writes down what was asked. Tests only.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import type { ConnectOptions, FamilyMemory } from '@/lib/adapters/adapter'
import { Secret } from '@/lib/core/secret'
import type { OutboundReply, OutboundRequest, Transport } from '@/lib/outbound/transport'
import { openSession, type Session } from '../call'

const pair = z.object({
  request: z.object({ method: z.string(), path: z.string(), headers: z.record(z.string(), z.string()), body: z.unknown() }),
  response: z.object({ status: z.number(), headers: z.record(z.string(), z.string()), body: z.unknown() }),
})

export const recorded = (name: string): z.infer<typeof pair> => pair.parse(JSON.parse(readFileSync(path.join(import.meta.dirname, `${name}.json`), 'utf8')))
export const recordedBody = (name: string): unknown => recorded(name).response.body

/** A recorded pair by name, a body with status 200, or a whole reply. */
export type Answer = string | { json: unknown } | { status: number; text: string; headers?: Record<string, string> }
export type Answers = Readonly<Record<string, Answer | ((request: OutboundRequest) => Answer)>>

export function toReply(answer: Answer): OutboundReply {
  if (typeof answer === 'string') {
    const { response } = recorded(answer)
    const headers = Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name.toLowerCase(), value]))
    return { status: response.status, headers, text: typeof response.body === 'string' ? response.body : JSON.stringify(response.body), durationMs: 1 }
  }
  if ('json' in answer) return { status: 200, headers: { 'content-type': 'application/json; charset=UTF-8' }, text: JSON.stringify(answer.json), durationMs: 1 }
  return { status: answer.status, headers: answer.headers ?? {}, text: answer.text, durationMs: 1 }
}

export const FORBIDDEN: Answer = 'error-403-no-privilege'
export const ABSENT: Answer = 'error-404-plugin-missing'

export type FakeFirewall = { transport: Transport; requests: OutboundRequest[]; peak: () => number }

/** Keys are `GET /api/…`; what is not listed does not exist on this firewall. */
export function fakeFirewall(answers: Answers): FakeFirewall {
  const requests: OutboundRequest[] = []
  let running = 0
  let peak = 0
  const transport: Transport = {
    origin: 'https://fw.example',
    send: async (request) => {
      requests.push(request)
      running += 1
      peak = Math.max(peak, running)
      await Promise.resolve()
      running -= 1
      const answer = answers[`${request.method} ${request.path}`] ?? ABSENT
      return toReply(typeof answer === 'function' ? answer(request) : answer)
    },
  }
  return { transport, requests, peak: () => peak }
}

export function fakeMemory(initial: Record<string, string> = {}): FamilyMemory & { readonly values: Map<string, string> } {
  const values = new Map(Object.entries(initial))
  return { values, get: async (name) => values.get(name) ?? null, set: async (name, value) => void values.set(name, value) }
}

export const NOW = new Date('2026-11-22T11:10:47.000Z')
export const signal = new AbortController().signal

export function options(firewall: FakeFirewall, memory: FamilyMemory = fakeMemory(), now: () => Date = () => NOW): ConnectOptions {
  return {
    transport: firewall.transport,
    credential: { method: 'key-secret', key: new Secret('aKey+/='), secret: new Secret('aSecret+/=') },
    memory,
    tokens: { get: async () => Promise.reject(new Error('This family has no tokens.')), discard: async () => undefined },
    commandsAllowed: false,
    now,
  }
}

export const session = (firewall: FakeFirewall, memory: FamilyMemory = fakeMemory(), now?: () => Date): Session => openSession(options(firewall, memory, now))

/** Everything the pages read, as a 26.7 with a key that may read all of it answers. */
export const COMPLETE_26_7: Answers = {
  'GET /api/core/menu/search?q=zzzz': 'core-menu-search.any-user',
  'GET /api/diagnostics/system/system_information': 'diagnostics-system-system_information',
  'GET /api/diagnostics/system/system_time': 'diagnostics-system-system_time',
  'GET /api/diagnostics/system/system_resources': 'diagnostics-system-system_resources',
  'GET /api/diagnostics/system/system_disk': 'diagnostics-system-system_disk',
  'GET /api/diagnostics/system/system_temperature': 'diagnostics-system-system_temperature',
  'GET /api/diagnostics/system/system_swap': 'diagnostics-system-system_swap',
  'GET /api/diagnostics/firewall/pf_states': 'diagnostics-firewall-pf_states',
  'GET /api/diagnostics/cpu_usage/getCPUType': { json: ['Intel(R) Celeron(R) J4125 CPU @ 2.00GHz (4 cores, 4 threads)'] },
  'GET /api/diagnostics/activity/get_activity': 'diagnostics-activity-get_activity',
  'GET /api/core/system/status': 'core-system-status',
  'GET /api/core/firmware/status': 'core-firmware-status.update',
  'GET /api/core/firmware/upgradestatus': 'core-firmware-upgradestatus.done',
  'GET /api/core/firmware/running': 'core-firmware-running.ready',
  'POST /api/firewall/filter/search_rule': 'firewall-filter-search_rule',
  'GET /api/firewall/filter/get_interface_list': 'firewall-filter-get_interface_list',
  'GET /api/firewall/filter/list_categories': 'firewall-filter-list_categories',
  'GET /api/firewall/alias/search_item': 'firewall-alias-search_item',
  'GET /api/diagnostics/interface/get_arp': 'diagnostics-interface-get_arp',
  'GET /api/diagnostics/interface/get_ndp': 'diagnostics-interface-get_ndp',
  'GET /api/diagnostics/interface/get_interface_config': FORBIDDEN,
  'GET /api/kea/leases4/search': 'kea-leases4-search',
  'GET /api/dnsmasq/leases/search': 'dnsmasq-leases-search',
  'GET /api/dhcpv4/leases/searchLease': 'error-404-removed-dhcpv4',
  'GET /api/routes/gateway/status': 'routes-gateway-status',
  'GET /api/routing/settings/search_gateway': 'routing-settings-search_gateway',
  'GET /api/interfaces/overview/interfaces_info/1': 'interfaces-overview-interfaces_info.details',
  'GET /api/core/service/search': 'core-service-search',
  'GET /api/firewall/source_nat/search_rule': 'firewall-source_nat-search_rule',
  'GET /api/firewall/source_nat/get': {
    json: { filter: { general: { snat_mode: { automatic: { value: 'Automatic', selected: 1 }, hybrid: { value: 'Hybrid', selected: 0 } } } } },
  },
  'GET /api/firewall/d_nat/search_rule': 'firewall-d_nat-search_rule',
  'GET /api/firewall/one_to_one/search_rule': 'firewall-one_to_one-search_rule',
  'GET /api/firewall/npt/search_rule': 'firewall-npt-search_rule',
  'GET /api/diagnostics/interface/get_vip_status': 'diagnostics-interface-get_vip_status',
  'GET /api/ipsec/sessions/search_phase1': 'ipsec-sessions-search_phase1',
  'GET /api/openvpn/service/search_sessions': 'openvpn-service-search_sessions',
  'GET /api/wireguard/service/show': 'wireguard-service-show',
  'GET /api/core/backup/providers': 'core-backup-providers',
}
