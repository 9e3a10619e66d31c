import type { Cidr } from './address-policy'
import { dial, type Lookup } from './dial'
import { CALL_CLASSES } from './transport'

/**
 * Whether anything answers at an origin at all: a TCP connection that ends before its first byte, within the time of a
 * probe. Throws the AppErrors of an unreachable firewall.
 */
export function knock(origin: string, options: { allowedNetworks: readonly Cidr[]; deadlineMs?: number; lookup?: Lookup }): Promise<void> {
  return new Promise((resolve, reject) => {
    dial({ url: new URL(origin), tls: null, deadlineMs: CALL_CLASSES.probe.deadlineMs, ...options }, (error, socket) => {
      socket?.destroy()
      if (error) reject(error)
      else resolve()
    })
  })
}
