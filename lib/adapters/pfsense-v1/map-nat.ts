// Port forwards, outbound and one-to-one NAT, and aliases.
import type { z } from 'zod'
import type { Alias, Nat, NatRule } from '@/lib/adapters/model'
import { contentIds } from './map-identity'
import type { InterfaceNames } from './map-neighbours'
import { interfacesOf, ipVersionOf, toEndpoint } from './map-rules'
import { orNull } from './map-system'
import type { aliasesReply, oneToOneReply, outboundMappingsReply, portForwardsReply } from './replies'

export function toPortForwards(rows: z.output<typeof portForwardsReply>, names: InterfaceNames): NatRule[] {
  const ids = contentIds(rows, 'port-forward')
  return rows.map((row, index) => ({
    id: ids[index] ?? '',
    kind: 'port-forward',
    enabled: !row.disabled,
    automatic: false,
    interfaces: interfacesOf(row.interface, names),
    ipVersion: ipVersionOf(row.ipprotocol),
    protocol: row.protocol.toLowerCase() || 'any',
    source: toEndpoint(row.source, names),
    destination: toEndpoint(row.destination, names),
    target: row.nordr ? null : orNull(row.target),
    targetPort: row.nordr ? null : orNull(row['local-port']),
    description: row.descr,
  }))
}

export function toOutbound(rows: z.output<typeof outboundMappingsReply>, names: InterfaceNames): NatRule[] {
  const ids = contentIds(rows, 'outbound')
  return rows.map((row, index) => ({
    id: ids[index] ?? '',
    kind: 'outbound',
    enabled: !row.disabled,
    automatic: false,
    interfaces: interfacesOf(row.interface, names),
    ipVersion: ipVersionOf(row.ipprotocol),
    protocol: row.protocol.toLowerCase() || 'any',
    source: toEndpoint(row.source, names, row.sourceport),
    destination: toEndpoint(row.destination, names, row.dstport || row.destination.port),
    target: outboundTarget(row),
    targetPort: row.nonat ? null : orNull(row.natport),
    description: row.descr,
  }))
}

/** An empty target is the address of the interface; `nonat` takes matching traffic out of the translation. */
function outboundTarget(row: z.output<typeof outboundMappingsReply>[number]): string | null {
  if (row.nonat) return null
  if (row.target === 'other-subnet') return orNull(row.targetip)
  return row.target === '' ? 'interface address' : row.target
}

export function toOneToOne(rows: z.output<typeof oneToOneReply>, names: InterfaceNames): NatRule[] {
  const ids = contentIds(rows, 'one-to-one')
  return rows.map((row, index) => ({
    id: ids[index] ?? '',
    kind: 'one-to-one',
    enabled: !row.disabled,
    automatic: false,
    interfaces: interfacesOf(row.interface, names),
    ipVersion: ipVersionOf(row.ipprotocol),
    protocol: 'any',
    source: toEndpoint(row.source, names),
    destination: toEndpoint(row.destination, names),
    target: row.nobinat ? null : orNull(row.external),
    targetPort: null,
    description: row.descr,
  }))
}

const OUTBOUND_MODES: Record<string, Nat['outboundMode']> = {
  automatic: 'automatic',
  hybrid: 'hybrid',
  advanced: 'manual',
  manual: 'manual',
  disabled: 'disabled',
}
export const toOutboundMode = (mode: string): Nat['outboundMode'] => OUTBOUND_MODES[mode.toLowerCase()] ?? null

export const toAliases = (rows: z.output<typeof aliasesReply>): Alias[] =>
  rows.map((row) => {
    const urls = [...row.url, ...row.aliasurl].map(withoutCredentials)
    const content = urls.length > 0 ? [...new Set(urls)] : row.address.map(withoutCredentials)
    const remarks = row.detail.some((remark) => remark !== '') ? content.map((_, index) => row.detail[index] ?? '') : null
    return {
      id: row.name,
      name: row.name,
      type: row.type,
      description: row.descr,
      // pfSense has no switch for an alias: what is configured is in force.
      enabled: true,
      builtIn: false,
      content,
      remarks,
      liveEntryCount: null,
      updatedText: null,
    }
  })

/** A list address may carry a user, a password or a key of the list's provider. */
const withoutCredentials = (text: string): string =>
  text.includes('://')
    ? text.replace(/:\/\/[^/?#]*@/, '://').replace(/([?&][^=&#]*(?:key|token|pass|pwd|secret|auth|sig|licen[cs]e)[^=&#]*=)[^&#]*/gi, '$1…')
    : text
