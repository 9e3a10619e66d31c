// Firewalls enrolled through the API, as a person would.
import type { FleetFirewall } from '@/e2e/fake-firewalls/fleet'
import { firewallOperations } from '@/lib/api/firewalls'
import { call, type Reply } from './api-client'

export const must = (reply: Reply, status: number): Reply => {
  if (reply.status !== status) throw new Error(`${reply.status} instead of ${status}: ${JSON.stringify(reply.body).slice(0, 2_000)}`)
  return reply
}

/** The usual method of each family. */
export const METHOD = { opnsense: 'key-secret', 'pfsense-v1': 'basic', 'pfsense-v2': 'api-key' } as const

/** The credential object of the outside contract for one method of a simulated firewall. */
export function credentialOf(firewall: FleetFirewall, method: string, from: 'credentials' | 'limited' = 'credentials'): Record<string, unknown> {
  const values = firewall.info[from][method]
  return { ...(typeof values === 'object' && values !== null ? values : {}), method }
}

/** Enrols with the family's usual method; returns the saved firewall. */
export async function enrolled(firewall: FleetFirewall, token: string, customerId: string, more: Record<string, unknown> = {}): Promise<Reply> {
  const { name, family, url, sha256 } = firewall.info
  const body = { name, customerId, family, baseUrl: url, trust: { mode: 'pin', sha256 }, credential: credentialOf(firewall, METHOD[family]), ...more }
  return must(await call(firewallOperations.enrol, { token, body }), 201)
}
