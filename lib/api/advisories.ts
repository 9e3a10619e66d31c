import { advisoryList, firewallAdvisories } from '@/lib/advisories/dto'
import { listAdvisories, readFirewallAdvisories } from '@/lib/advisories/read'
import { firewallId } from '@/lib/firewalls/input'
import { versionsInput } from '@/lib/firmware/input'
import { operation } from '@/lib/http/operation'

const tag = 'firmware'

export const advisoryOperations = {
  list: operation({ id: 'listAdvisories', method: 'get', path: '/advisories', tag, summary: 'Advisories of the file of this installation about versions that run', input: versionsInput, output: advisoryList, run: listAdvisories }),
  ofFirewall: operation({ id: 'readFirewallAdvisories', method: 'get', path: '/firewalls/{id}/advisories', tag, summary: 'Advisories about the version that a firewall runs', input: firewallId, output: firewallAdvisories, run: readFirewallAdvisories }),
}
