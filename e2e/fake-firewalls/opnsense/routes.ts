// From a URL to what answers it: names as the router resolves them, and the reads whose reply is their recording.
import type { Incoming, Reply } from '../exchange'
import type { JsonObject } from '../json'
import type { KeyOwner } from './accounts'
import { camelised } from './privileges'
import { isAtLeast } from './version'

export type Route = {
  /** `module/controller/action` as the router sees it. */
  key: string
  parameters: string[]
}

/** What answers a route; `post` is the parsed body. */
export type Action = (request: Incoming, route: Route, post: JsonObject, owner: KeyOwner) => Reply

/** Module and action without regard to case, the controller only by the rule for underscores (contract section 1). */
const resolved = (module: string, controller: string, action: string) =>
  `${camelised(module).toLowerCase()}/${camelised(controller)}/${camelised(action).toLowerCase()}`

export const key = (path: string): string => {
  const [module = '', controller = '', action = ''] = path.split('/')
  return resolved(module, controller, action)
}

/** null: not below /api. Later path elements are passed on and may be ignored. */
export function routeOf(path: string): Route | null {
  if (!path.startsWith('/api/')) return null
  const [module = '', controller = '', action = '', ...parameters] = path.slice('/api/'.length).split('/')
  return { key: resolved(module, controller, action), parameters: parameters.filter((part) => part !== '') }
}

/** `record`: paging from POST data only. `model`: from POST data or the query string. `plain`: no grid. */
export type Read = { recording: string; kind: 'plain' | 'record' | 'model'; since?: string; until?: string }
const read = (recording: string, kind: Read['kind'] = 'plain', since?: string, until?: string): Read => ({
  recording,
  kind,
  ...(since !== undefined && { since }),
  ...(until !== undefined && { until }),
})

const READS: Record<string, Read> = {
  'core/backup/providers': read('core-backup-providers'),
  'core/firmware/get': read('core-firmware-get'),
  'core/firmware/get_options': read('core-firmware-getOptions'),
  'core/service/search': read('core-service-search', 'record'),
  'diagnostics/activity/get_activity': read('diagnostics-activity-get_activity'),
  'diagnostics/firewall/log': read('diagnostics-firewall-log-limit-1'),
  'diagnostics/firewall/pf_states': read('diagnostics-firewall-pf_states'),
  'diagnostics/firewall/pf_statistics': read('diagnostics-firewall-pf_statistics-info'),
  'diagnostics/interface/get_interface_config': read('diagnostics-interface-get_interface_config'),
  'diagnostics/interface/get_interface_names': read('diagnostics-interface-get_interface_names'),
  'diagnostics/interface/get_interface_statistics': read('diagnostics-interface-get_interface_statistics'),
  'diagnostics/interface/get_ndp': read('diagnostics-interface-get_ndp'),
  'diagnostics/interface/search_ndp': read('diagnostics-interface-search_ndp', 'record'),
  'diagnostics/interface/get_routes': read('diagnostics-interface-get_routes'),
  'diagnostics/interface/get_vip_status': read('diagnostics-interface-get_vip_status', 'record'),
  'diagnostics/system/system_disk': read('diagnostics-system-system_disk'),
  'diagnostics/system/system_mbuf': read('diagnostics-system-system_mbuf'),
  'diagnostics/system/system_resources': read('diagnostics-system-system_resources'),
  'diagnostics/system/system_swap': read('diagnostics-system-system_swap'),
  'diagnostics/system/system_temperature': read('diagnostics-system-system_temperature'),
  'diagnostics/system/system_time': read('diagnostics-system-system_time'),
  'diagnostics/traffic/interface': read('diagnostics-traffic-interface'),
  'dnsmasq/leases/search': read('dnsmasq-leases-search', 'record', '25.7'),
  'kea/leases4/search': read('kea-leases4-search', 'record'),
  'firewall/alias/get_table_size': read('firewall-alias-get_table_size'),
  'firewall/category/search_item': read('firewall-category-search_item', 'model'),
  'firewall/d_nat/search_rule': read('firewall-d_nat-search_rule', 'model', '26.1'),
  'firewall/filter/list_categories': read('firewall-filter-list_categories'),
  'firewall/filter_util/rule_stats': read('firewall-filter_util-rule_stats'),
  'firewall/group/search_item': read('firewall-group-search_item', 'model'),
  'firewall/npt/search_rule': read('firewall-npt-search_rule', 'model'),
  'interfaces/vip_settings/search_item': read('interfaces-vip_settings-search_item', 'model'),
  'ipsec/service/status': read('ipsec-service-status'),
  'routes/gateway/status': read('routes-gateway-status'),
  'routes/routes/searchroute': read('routes-routes-searchroute', 'model'),
  'routing/settings/search_gateway': read('routing-settings-search_gateway', 'record'),
  'trust/ca/search': read('trust-ca-search', 'model'),
  'trust/cert/search': read('trust-cert-search', 'model'),
  'unbound/service/status': read('unbound-service-status'),
  'wireguard/service/show': read('wireguard-service-show', 'record'),
  'wireguard/service/status': read('wireguard-service-status'),
}
/** Grids that have no rows in their recording, or none at all: rows stand in made-up.json under the same name. */
const MADE_UP: Record<string, Read> = {
  'ipsec/sessions/search_phase1': read('ipsec-sessions-search_phase1', 'record'),
  'ipsec/sessions/search_phase2': read('ipsec-sessions-search_phase1', 'record'),
  'openvpn/service/search_sessions': read('openvpn-service-search_sessions', 'record'),
  'dhcpv4/leases/searchLease': read('ipsec-sessions-search_phase1', 'record', undefined, '26.1'),
  'firewall/one_to_one/search_rule': read('firewall-one_to_one-search_rule', 'model'),
  'kea/leases6/search': read('ipsec-sessions-search_phase1', 'record', '25.7'),
}

const byKey = (reads: Record<string, Read>) => new Map(Object.entries(reads).map(([path, value]) => [key(path), value]))
const RECORDED_READS = byKey(READS)
const MADE_UP_READS = byKey(MADE_UP)

/** `rowsFrom` null: the rows are those of the recording. */
export function readOf(routeKey: string, version: string): (Read & { rowsFrom: string | null }) | null {
  const found = RECORDED_READS.get(routeKey) ?? MADE_UP_READS.get(routeKey)
  if (found === undefined || (found.since !== undefined && !isAtLeast(version, found.since)) || (found.until !== undefined && isAtLeast(version, found.until)))
    return null
  return { ...found, rowsFrom: RECORDED_READS.has(routeKey) ? null : routeKey }
}
