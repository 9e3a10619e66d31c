import { FIREWALL_LOOKS } from '@/components/firewalls/state-word'
import type { AuditAction } from '@/lib/audit/actions'
import { plural } from '@/lib/format/numbers'
import { shortVersion } from '@/lib/format/versions'
import type { GapReason, HistoryEvent } from '@/lib/history/dto'
import type { ChangeKind } from '@/lib/history/input'

/** Why there is no reading. A new state does not compile without its words. */
export const GAP_WORDS = {
  missed: 'Palisade did not visit',
  'not-enrolled': 'not enrolled yet',
  'not-visited': 'not visited yet',
  paused: 'visits were paused',
  unreachable: 'the firewall did not answer',
  'certificate-changed': 'calls were stopped, the certificate had changed',
  'credential-rejected': 'calls were stopped, the credential was rejected',
  'credential-missing': 'there was no credential',
  'api-package-missing': 'its API package was missing',
  stale: 'nothing was confirmed',
  reachable: 'nothing was measured',
  degraded: 'nothing was measured',
} as const satisfies Record<GapReason, string>

/** One thing of a kind, and several. */
export const CHANGE_KIND_WORDS = {
  firewall: ['Firewall', 'firewall', 'firewalls'],
  rules: ['Rules', 'rule', 'rules'],
  aliases: ['Aliases', 'alias', 'aliases'],
  arp: ['ARP and NDP', 'neighbour', 'neighbours'],
  leases: ['Leases', 'lease', 'leases'],
  gateways: ['Gateways', 'gateway', 'gateways'],
  interfaces: ['Interfaces', 'interface', 'interfaces'],
  services: ['Services', 'service', 'services'],
  vpn: ['VPN', 'tunnel', 'tunnels'],
} as const satisfies Record<ChangeKind, readonly [title: string, one: string, many: string]>

/** What was done, after the name of who did it. */
const ACT_WORDS: Partial<Record<AuditAction, string>> = {
  'firewall.enrol': 'enrolled it',
  'firewall.edit': 'edited it',
  'firewall.pause': 'paused or resumed visits',
  'firewall.credential.change': 'changed the credential',
  'firewall.credential.rejected': 'had the credential rejected',
  'firewall.trust.change': 'changed the trust',
  'firewall.trust.stopped': 'stopped all calls, the certificate had changed',
  'firewall.command.allow': 'changed the command permission',
  'firewall.update-way.change': 'changed how updates are started',
  'firewall.refresh': 'refreshed it',
  'firewall.check': 'checked for updates',
  'firewall.backup': 'took a backup',
  'firewall.backup.download': 'downloaded a backup',
  'firewall.revert': 'went back to an entry of its history',
  'firewall.restart': 'restarted it',
}
const RESULT_WORDS = { done: '', intent: '', failed: ', which failed', refused: ', which was refused' } as const

export function eventWords(event: HistoryEvent): string {
  switch (event.type) {
    case 'state': {
      const reason = event.reason === null ? '' : `: ${event.reason}`
      return `${FIREWALL_LOOKS[event.after].word}${reason}, before ${FIREWALL_LOOKS[event.before].word.toLowerCase()}`
    }
    case 'version':
      return `Version ${shortVersion(event.after)}, before ${shortVersion(event.before)}`
    case 'boot':
      return 'Started anew'
    case 'certificate':
      return 'Another certificate is trusted'
    case 'changes':
      return `${plural(event.count, CHANGE_KIND_WORDS[event.kind][1], CHANGE_KIND_WORDS[event.kind][2])} changed`
    case 'act':
      return `${event.actor} ${ACT_WORDS[event.action] ?? event.action}${RESULT_WORDS[event.result]}`
  }
}
