// Interfaces: status and configuration joined. Pure.
import type { z } from 'zod'
import type { Gap, Listing, NetworkInterface } from '@/lib/adapters/model'
import { toMac, toPrefixLength } from './map-values'
import type { interfacesReply, interfaceStatusReply, vlansReply } from './replies'

const INTERFACE_STATES = new Map<string, NetworkInterface['state']>([
  ['up', 'up'],
  ['associated', 'up'],
  ['down', 'down'],
  ['no carrier', 'no-carrier'],
])

function withPrefix(address: string | null, mask: string | null): string[] {
  if (address === null) return []
  const length = toPrefixLength(mask)
  return [length === null ? address : `${address}/${length}`]
}

export function toInterfaces(
  status: z.output<typeof interfaceStatusReply>,
  configured: z.output<typeof interfacesReply> | null,
  vlans: z.output<typeof vlansReply> | null,
  notReported: Gap[],
): Listing<NetworkInterface> {
  const configById = new Map((configured ?? []).flatMap((row) => (row.id === null ? [] : [[row.id, row] as const])))
  const tags = new Map((vlans ?? []).flatMap((row) => (row.vlanif === null ? [] : [[row.vlanif, row.tag] as const])))
  const items = status.map((row): NetworkInterface => {
    const device = row.hwif ?? row.name ?? ''
    const id = row.name ?? device
    const config = configById.get(id)
    configById.delete(id)
    return {
      id,
      device,
      description: row.descr ?? config?.descr ?? id.toUpperCase(),
      // The status reply says false for every interface in 2.10.0 (contract section 7), so the configuration is asked.
      enabled: config?.enable ?? null,
      state: INTERFACE_STATES.get(row.status ?? '') ?? 'unknown',
      mac: toMac(row.macaddr),
      ipv4: withPrefix(row.ipaddr, row.subnet),
      ipv6: [...withPrefix(row.ipaddrv6, row.subnetv6), ...withPrefix(row.linklocal?.replace(/%.*$/, '') ?? null, '64')],
      mtuBytes: row.mtu,
      media: row.media,
      vlanTag: tags.get(device) ?? null,
      gateway: row.gateway ?? row.gatewayv6,
      receivedBytes: row.inbytes,
      sentBytes: row.outbytes,
      receivedPackets: row.inpkts,
      sentPackets: row.outpkts,
      receiveErrors: row.inerrs,
      sendErrors: row.outerrs,
      collisions: row.collisions,
    }
  })
  const silent = [...configById.entries()].map(([id, row]) => toSilentInterface(id, row, tags.get(row.if ?? '') ?? null))
  return { items: [...items, ...silent], notReported }
}

/** Assigned, but absent from the status: as a rule disabled. */
function toSilentInterface(id: string, row: z.output<typeof interfacesReply>[number], vlanTag: number | null): NetworkInterface {
  return {
    id,
    device: row.if ?? '',
    description: row.descr ?? id.toUpperCase(),
    enabled: row.enable,
    state: row.enable === false ? 'down' : 'unknown',
    mac: null,
    ipv4: [],
    ipv6: [],
    mtuBytes: null,
    media: null,
    vlanTag,
    gateway: null,
    receivedBytes: null,
    sentBytes: null,
    receivedPackets: null,
    sentPackets: null,
    receiveErrors: null,
    sendErrors: null,
    collisions: null,
  }
}
