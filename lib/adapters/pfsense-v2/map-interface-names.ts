// Interface values appear as id, description or device, by a setting of the firewall (contract section 5).
import type { z } from 'zod'
import type { interfacesReply } from './replies'

export type InterfaceNames = {
  /** As an operator reads it; an unknown value stays as it is. */
  describe(value: string): string
  /** Whether the value means one assigned interface, so not a group and not an alias. */
  isInterface(value: string): boolean
}

/** Interface-like words that stand in rules without being assigned interfaces. */
const SPECIAL = new Map([
  ['enc0', 'IPsec'],
  ['openvpn', 'OpenVPN'],
  ['l2tp', 'L2TP'],
  ['pppoe', 'PPPoE'],
  ['lo0', 'Localhost'],
])
/** Ids that the firewall itself gives; all there is to go by while the list of interfaces may not be read. */
const OWN_ID = /^(?:wan|lan|opt\d{1,4})$/

/**
 * `representedAs` is the setting `represent_interfaces_as`. While it is unknown, the id is looked for first, then the
 * device, then the description.
 */
export function toInterfaceNames(rows: z.output<typeof interfacesReply>, representedAs: string | null): InterfaceNames {
  const byId = new Map<string, string>()
  const byDevice = new Map<string, string>()
  const byDescription = new Map<string, string>()
  for (const row of rows) {
    if (row.id === null) continue
    // An empty description reads as the id in capitals, as on the firewall's own pages.
    const description = row.descr ?? row.id.toUpperCase()
    byId.set(row.id, description)
    byDescription.set(description, description)
    if (row.if !== null) byDevice.set(row.if, description)
  }
  const inOrder =
    representedAs === 'descr' ? [byDescription] : representedAs === 'if' ? [byDevice] : representedAs === 'id' ? [byId] : [byId, byDevice, byDescription]
  const find = (value: string): string | undefined => inOrder.map((map) => map.get(value)).find((description) => description !== undefined)
  return {
    describe: (value) => find(value) ?? SPECIAL.get(value) ?? value,
    isInterface: (value) => find(value) !== undefined || (rows.length === 0 && OWN_ID.test(value)),
  }
}
