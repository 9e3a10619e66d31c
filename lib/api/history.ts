import { listChanges, listFirewallChanges } from '@/lib/history/changes'
import { changeList, firewallHistory } from '@/lib/history/dto'
import { firewallChangesInput, historyInput, listChangesInput } from '@/lib/history/input'
import { readHistory } from '@/lib/history/read'
import { operation } from '@/lib/http/operation'

/** The past of firewalls, as it was measured and seen by visits; nothing here asks a firewall. */
export const historyOperations = {
  read: operation({ id: 'readHistory', method: 'get', path: '/firewalls/{id}/history', tag: 'firewalls', summary: 'Measured values over time, with gaps and their reasons, events, and uptime', input: historyInput, output: firewallHistory, run: (actor, input) => readHistory(actor, input) }),
  ofFirewall: operation({ id: 'listFirewallChanges', method: 'get', path: '/firewalls/{id}/changes', tag: 'firewalls', summary: 'What changed on one firewall, field by field, newest first', input: firewallChangesInput, output: changeList, run: listFirewallChanges }),
  ofFleet: operation({ id: 'listChanges', method: 'get', path: '/changes', tag: 'fleet', summary: 'What changed on all firewalls, field by field, newest first', input: listChangesInput, output: changeList, run: listChanges }),
}
