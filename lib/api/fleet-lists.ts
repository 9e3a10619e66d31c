import { aliasFacts, leaseFacts, neighbourFacts, ruleFacts } from '@/lib/fleet-lists/dto'
import { listFactsInput } from '@/lib/fleet-lists/input'
import { listAliases, listLeases, listNeighbours, listRules } from '@/lib/fleet-lists/list'
import { operation } from '@/lib/http/operation'

const tag = 'fleet'

/** What was last read from every firewall that you may see, found by the query language. */
export const fleetListOperations = {
  rules: operation({ id: 'listRules', method: 'get', path: '/rules', tag, summary: 'Rules of all firewalls', conditions: 'rules', input: listFactsInput, output: ruleFacts, run: listRules }),
  aliases: operation({ id: 'listAliases', method: 'get', path: '/aliases', tag, summary: 'Aliases of all firewalls', conditions: 'aliases', input: listFactsInput, output: aliasFacts, run: listAliases }),
  arp: operation({ id: 'listNeighbours', method: 'get', path: '/arp', tag, summary: 'ARP and neighbour tables of all firewalls', conditions: 'arp', input: listFactsInput, output: neighbourFacts, run: listNeighbours }),
  leases: operation({ id: 'listLeases', method: 'get', path: '/leases', tag, summary: 'DHCP leases of all firewalls', conditions: 'leases', input: listFactsInput, output: leaseFacts, run: listLeases }),
}
