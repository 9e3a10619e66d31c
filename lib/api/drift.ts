import { acceptDrift } from '@/lib/drift/accept'
import { driftList, firewallDrift } from '@/lib/drift/dto'
import { acceptDriftInput, firewallDriftInput, listDriftInput } from '@/lib/drift/input'
import { listDrift } from '@/lib/drift/list'
import { readFirewallDrift } from '@/lib/drift/read'
import { operation } from '@/lib/http/operation'

const tag = 'drift'

/** Configurations that changed since an operator last accepted them. */
export const driftOperations = {
  list: operation({ id: 'listDrift', method: 'get', path: '/drift', tag, summary: 'Firewalls that drifted: since when, in how many things, who changed them last', input: listDriftInput, output: driftList, run: listDrift }),
  ofFirewall: operation({ id: 'readFirewallDrift', method: 'get', path: '/firewalls/{id}/drift', tag, summary: 'How a firewall stands against what was accepted, and who accepted what', input: firewallDriftInput, output: firewallDrift, run: readFirewallDrift }),
  accept: operation({ id: 'acceptDrift', method: 'post', path: '/firewalls/{id}/drift/accept', tag, summary: 'Accept the newest configuration, or again one that was accepted before', input: acceptDriftInput, output: firewallDrift, run: acceptDrift }),
}
