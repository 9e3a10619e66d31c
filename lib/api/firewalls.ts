import { z } from 'zod'
import { checkState, familyInfo, firewallCounts, firewallDetail, firewallSummary, probeResult, refreshResult, testResult } from '@/lib/firewalls/dto'
import { editFirewall } from '@/lib/firewalls/edit'
import { editCommands } from '@/lib/firewalls/edit-commands'
import { editCredential } from '@/lib/firewalls/edit-credential'
import { editTrust } from '@/lib/firewalls/edit-trust'
import { editUpdateWay } from '@/lib/firewalls/edit-update-way'
import { enrolFirewall } from '@/lib/firewalls/enrol'
import { changelogInput, countFirewallsInput, createFirewallInput, editCommandsInput, editCredentialInput, editFirewallInput, editTrustInput, editUpdateWayInput, firewallId, listFirewallsInput, pauseInput, probeInput, rawInput, removeFirewallInput, testInput } from '@/lib/firewalls/input'
import { countFirewalls, listFirewalls } from '@/lib/firewalls/list'
import { listFamilies } from '@/lib/firewalls/list-families'
import { pauseFirewall } from '@/lib/firewalls/pause'
import { probeFirewall } from '@/lib/firewalls/probe'
import { readFirewall } from '@/lib/firewalls/read'
import { readChangelog } from '@/lib/firewalls/read-changelog'
import { readRaw } from '@/lib/firewalls/read-raw'
import { refreshFirewall } from '@/lib/firewalls/refresh'
import { removeFirewall } from '@/lib/firewalls/remove'
import { testCredential } from '@/lib/firewalls/test-credential'
import { pairReply } from '@/lib/ha/dto'
import { readPair } from '@/lib/ha/read-pair'
import { readCheck } from '@/lib/checks/read'
import { startCheck } from '@/lib/checks/start'
import { operation } from '@/lib/http/operation'
import { listOf } from '@/lib/lists/list'
import { removed } from './customers'

const tag = 'firewalls'
const rawReply = z.object({ items: z.array(z.object({ id: z.string(), label: z.string() })), label: z.string().nullable(), observedAt: z.string().nullable(), value: z.unknown() })

export const firewallOperations = {
  families: operation({ id: 'listFamilies', method: 'get', path: '/families', tag, summary: 'API families and their credential methods', input: z.strictObject({}), output: z.object({ items: z.array(familyInfo) }), run: listFamilies }),
  list: operation({ id: 'listFirewalls', method: 'get', path: '/firewalls', tag, summary: 'The fleet that you may see', conditions: 'firewalls', input: listFirewallsInput, output: listOf(firewallSummary), run: listFirewalls }),
  count: operation({ id: 'countFirewalls', method: 'get', path: '/firewalls/counts', tag, summary: 'How many match, by state, of how many you may see', conditions: 'firewalls', input: countFirewallsInput, output: firewallCounts, run: countFirewalls }),
  enrol: operation({ id: 'enrolFirewall', method: 'post', path: '/firewalls', tag, summary: 'Enrol a firewall; its credential is tested and sealed', input: createFirewallInput, output: firewallDetail, status: 201, creates: true, run: (actor, input, { create, signal }) => enrolFirewall(actor, input, create, signal) }),
  probe: operation({ id: 'probeFirewall', method: 'post', path: '/firewalls/probe', tag, summary: 'Certificate and family at an address, before any credential', input: probeInput, output: probeResult, run: (actor, input, { signal }) => probeFirewall(actor, input, signal) }),
  test: operation({ id: 'testCredential', method: 'post', path: '/firewalls/test', tag, summary: 'Try a credential; nothing is changed or saved', input: testInput, output: testResult, run: (actor, input, { signal }) => testCredential(actor, input, signal) }),
  read: operation({ id: 'readFirewall', method: 'get', path: '/firewalls/{id}', tag, summary: 'One firewall', input: firewallId, output: firewallDetail, run: readFirewall }),
  edit: operation({ id: 'editFirewall', method: 'patch', path: '/firewalls/{id}', tag, summary: 'Change name, place, tags or address (a new address clears the credential)', input: editFirewallInput, output: firewallDetail, ifMatch: true, run: (actor, input, { expectedRevision }) => editFirewall(actor, input, expectedRevision) }),
  remove: operation({ id: 'removeFirewall', method: 'delete', path: '/firewalls/{id}', tag, summary: 'Remove a firewall with its sealed credential', input: removeFirewallInput, output: removed, ifMatch: true, run: (actor, input, { expectedRevision }) => removeFirewall(actor, input, expectedRevision) }),
  editCredential: operation({ id: 'editCredential', method: 'put', path: '/firewalls/{id}/credential', tag, summary: 'Test and store a new credential', input: editCredentialInput, output: firewallDetail, ifMatch: true, run: (actor, input, { expectedRevision, signal }) => editCredential(actor, input, expectedRevision, signal) }),
  editTrust: operation({ id: 'editTrust', method: 'put', path: '/firewalls/{id}/trust', tag, summary: 'Trust the certificate that is shown now', input: editTrustInput, output: firewallDetail, ifMatch: true, run: (actor, input, { expectedRevision }) => editTrust(actor, input, expectedRevision) }),
  editCommands: operation({ id: 'editCommands', method: 'put', path: '/firewalls/{id}/commands', tag, summary: 'Switch the command permission', input: editCommandsInput, output: firewallDetail, ifMatch: true, run: (actor, input, { expectedRevision }) => editCommands(actor, input, expectedRevision) }),
  editUpdateWay: operation({ id: 'editUpdateWay', method: 'put', path: '/firewalls/{id}/update-way', tag, summary: 'Choose how updates of this firewall start', input: editUpdateWayInput, output: firewallDetail, ifMatch: true, run: (actor, input, { expectedRevision }) => editUpdateWay(actor, input, expectedRevision) }),
  pause: operation({ id: 'pauseFirewall', method: 'put', path: '/firewalls/{id}/pause', tag, summary: 'Stop or resume the visits', input: pauseInput, output: firewallDetail, ifMatch: true, run: (actor, input, { expectedRevision }) => pauseFirewall(actor, input, expectedRevision) }),
  refresh: operation({ id: 'refreshFirewall', method: 'post', path: '/firewalls/{id}/refresh', tag, summary: 'Read everything from the firewall now', input: firewallId, output: refreshResult, run: (actor, input, { signal }) => refreshFirewall(actor, input, signal) }),
  startCheck: operation({ id: 'startCheck', method: 'post', path: '/firewalls/{id}/check', tag, summary: 'Make the firewall look for updates', input: firewallId, output: checkState, status: 202, run: startCheck }),
  readCheck: operation({ id: 'readCheck', method: 'get', path: '/firewalls/{id}/check', tag, summary: 'How the newest check stands', input: firewallId, output: checkState, run: readCheck }),
  pair: operation({ id: 'readPair', method: 'get', path: '/firewalls/{id}/pair', tag, summary: 'The HA pair with roles and what is wrong with it, or who looks like the peer', input: firewallId, output: pairReply, run: readPair }),
  raw: operation({ id: 'readRaw', method: 'get', path: '/firewalls/{id}/raw', tag, summary: 'Allow-listed raw reads, without secrets', input: rawInput, output: rawReply, run: (actor, input, { signal }) => readRaw(actor, input, signal) }),
  changelog: operation({ id: 'readChangelog', method: 'get', path: '/firewalls/{id}/changelog', tag, summary: 'Change notes of a version as text', input: changelogInput, output: z.object({ version: z.string(), text: z.string() }), run: (actor, input, { signal }) => readChangelog(actor, input, signal) }),
}
