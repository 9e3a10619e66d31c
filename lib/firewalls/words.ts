// What the list of firewalls can be ordered by. Without a schema, so that pages which only name it do not load one.

export const FIREWALL_SORTS = [
  ...(['state', 'name', 'address', 'customer', 'site', 'family', 'version', 'firmware', 'gateways', 'tunnels', 'visited'] as const),
  ...(['latency', 'cpu', 'memory', 'disk', 'states', 'uptime', 'clock', 'certificate', 'enrolled'] as const),
] as const
export type FirewallSort = (typeof FIREWALL_SORTS)[number]
