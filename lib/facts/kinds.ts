// What is a fact: a thing that stands on a firewall by itself, told apart from others there by its key, and described by
// the part of its item that stays the same while nobody does anything. Counters, times that run out, measured values and
// signs of life are in the stored reading alone; as facts, every visit would be a change.
import type { ReadKind, Readings } from '@/lib/adapters/model'

export const FACT_KINDS = ['rules', 'aliases', 'arp', 'leases', 'gateways', 'interfaces', 'services', 'vpn'] as const satisfies readonly ReadKind[]
export type FactKind = (typeof FACT_KINDS)[number]
export type FactReadings = Pick<Readings, FactKind>
export type FactItem<K extends FactKind> = FactReadings[K]['items'][number]

type Definition<T> = {
  /** The same for the same thing in every reading; parts of it are joined with a space. */
  keyOf: (item: T) => readonly string[]
  bodyOf: (item: T) => object
  /** Where the thing stands among others, for kinds in which the order matters. Not part of the digest. */
  placeOf?: (item: T) => { group: string; position: number }
}

export const FACTS: { [K in FactKind]: Definition<FactItem<K>> } = {
  rules: {
    // Not its layer: a rule that was moved to another interface is the same rule, changed.
    keyOf: ({ id }) => [id],
    bodyOf: ({ evaluations, packets, bytes, states, ...body }) => body,
    placeOf: ({ layer, layerName, position }) => ({ group: `${layer} ${layerName}`, position }),
  },
  aliases: { keyOf: ({ name }) => [name], bodyOf: ({ liveEntryCount, updatedText, ...body }) => body },
  arp: {
    // The device rather than its description, which is only sometimes to be had. Another MAC is a change of the address.
    keyOf: ({ protocol, ip, device, interface: name }) => [protocol, ip, device ?? name],
    bodyOf: ({ expiresInSeconds, state, ...body }) => body,
  },
  leases: {
    // Another device with the same address is another lease: each keeps when it was first and last seen.
    keyOf: ({ ip, mac, hostname }) => [ip, mac ?? hostname ?? ''],
    bodyOf: ({ online, startsAt, endsAt, ...body }) => body,
  },
  gateways: { keyOf: ({ name }) => [name], bodyOf: ({ latencyMs, jitterMs, lossPercent, ...body }) => body },
  interfaces: {
    keyOf: ({ id }) => [id],
    bodyOf: ({ receivedBytes, sentBytes, receivedPackets, sentPackets, receiveErrors, sendErrors, collisions, ...body }) => body,
  },
  services: { keyOf: ({ id }) => [id], bodyOf: (item) => item },
  vpn: { keyOf: ({ kind, id }) => [kind, id], bodyOf: ({ receivedBytes, sentBytes, connectedAt, lastHandshakeAt, ...body }) => body },
}
