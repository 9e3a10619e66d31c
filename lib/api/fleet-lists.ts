import { aliasFacts, fieldValues, leaseFacts, neighbourFacts, ruleFacts } from '@/lib/fleet-lists/dto'
import { exportAliases, exportLeases, exportNeighbours, exportRules } from '@/lib/fleet-lists/export'
import { listFieldValues } from '@/lib/fleet-lists/field-values'
import { exportFactsInput, fieldValuesInput, listFactsInput } from '@/lib/fleet-lists/input'
import { listAliases, listLeases, listNeighbours, listRules } from '@/lib/fleet-lists/list'
import { operation } from '@/lib/http/operation'

const tag = 'fleet'
const exported = { method: 'get', tag, input: exportFactsInput, output: 'download' } as const

/** What was last read from every firewall that you may see, found by the query language. */
export const fleetListOperations = {
  rules: operation({ id: 'listRules', method: 'get', path: '/rules', tag, summary: 'Rules of all firewalls', conditions: 'rules', input: listFactsInput, output: ruleFacts, run: listRules }),
  aliases: operation({ id: 'listAliases', method: 'get', path: '/aliases', tag, summary: 'Aliases of all firewalls', conditions: 'aliases', input: listFactsInput, output: aliasFacts, run: listAliases }),
  arp: operation({ id: 'listNeighbours', method: 'get', path: '/arp', tag, summary: 'ARP and neighbour tables of all firewalls', conditions: 'arp', input: listFactsInput, output: neighbourFacts, run: listNeighbours }),
  leases: operation({ id: 'listLeases', method: 'get', path: '/leases', tag, summary: 'DHCP leases of all firewalls', conditions: 'leases', input: listFactsInput, output: leaseFacts, run: listLeases }),
  exportRules: operation({ id: 'exportRules', path: '/rules/export', summary: 'Matching rules as CSV, up to 50,000', conditions: 'rules', run: exportRules, ...exported }),
  exportAliases: operation({ id: 'exportAliases', path: '/aliases/export', summary: 'Matching aliases as CSV, up to 50,000', conditions: 'aliases', run: exportAliases, ...exported }),
  exportArp: operation({ id: 'exportNeighbours', path: '/arp/export', summary: 'Matching neighbours as CSV, up to 50,000', conditions: 'arp', run: exportNeighbours, ...exported }),
  exportLeases: operation({ id: 'exportLeases', path: '/leases/export', summary: 'Matching leases as CSV, up to 50,000', conditions: 'leases', run: exportLeases, ...exported }),
  values: operation({ id: 'listFieldValues', method: 'get', path: '/fields/{list}/{field}/values', tag: 'fields', summary: 'Values of a field of the query language, the commonest first', input: fieldValuesInput, output: fieldValues, run: listFieldValues }),
}
