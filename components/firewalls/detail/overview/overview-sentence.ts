import type { Gateway } from '@/lib/adapters/model'
import type { FirewallDetail } from '@/lib/firewalls/dto'
import type { FirewallState } from '@/lib/firewalls/states'
import { shortVersion } from '@/lib/format/versions'

type Told = Pick<FirewallDetail, 'state' | 'stateReason' | 'firmware'>

const STATE_SENTENCES = {
  reachable: 'It answers, and nothing that Palisade watches needs anyone.',
  degraded: 'It works, but not as it should.',
  unreachable: 'It does not answer. What you see was stored at its last visit.',
  stale: 'What is stored is older than it should be.',
  'not-visited': 'It was not visited yet. The first visit is due now.',
  paused: 'Visits are paused. What you see was stored before.',
  'certificate-changed': 'All calls are stopped until someone decides about the certificate.',
  'credential-rejected': 'All calls are stopped until someone enters a new credential.',
  'credential-missing': 'All calls are stopped until someone enters a credential.',
  'api-package-missing': 'Its API package is gone. Someone has to reinstall it at the firewall.',
} as const satisfies Record<FirewallState, string>

const list = (names: readonly string[]): string => (names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`)

function gatewaySentence(gateways: readonly Gateway[]): string | null {
  const named = (state: Gateway['state']): string[] => gateways.filter((gateway) => gateway.state === state).map(({ name }) => name)
  const [offline, degraded] = [named('offline'), named('degraded')]
  const parts = [
    offline.length > 0 && `${list(offline)} ${offline.length === 1 ? 'is' : 'are'} offline`,
    degraded.length > 0 && `${list(degraded)} ${degraded.length === 1 ? 'is' : 'are'} degraded`,
  ].filter((part) => part !== false)
  return parts.length === 0 ? null : `${parts.join(', ')}.`
}

function firmwareSentence({ state, offeredVersion, majorVersion, rebootRequired }: FirewallDetail['firmware']): string | null {
  switch (state) {
    case 'offered':
      return `${offeredVersion === null ? 'An update' : shortVersion(offeredVersion)} is offered${rebootRequired === true ? ', with a reboot' : ''}.`
    case 'major-offered':
      return `The major version ${majorVersion === null ? '' : `${shortVersion(majorVersion)} `}is offered.`
    case 'reboot-pending':
      return 'A reboot is pending.'
    case 'check-failed':
      return 'The last check for updates failed.'
    case 'never-checked':
      return 'It was never checked for updates.'
    case 'up-to-date':
    case 'not-reported':
      return null
  }
}

/** Gateways speak for themselves; any other reason is told. */
function degradedSentence(reason: string | null, aboutGateways: boolean): string | null {
  if (aboutGateways) return null
  return reason === null ? STATE_SENTENCES.degraded : `It works, but not as it should: ${reason}.`
}

/** What is wrong and what it means, before any figure. `gateways` null = never read. */
export function overviewSentence(firewall: Told, gateways: readonly Gateway[] | null): string {
  const about = gateways === null ? null : gatewaySentence(gateways)
  const base = firewall.state === 'degraded' ? degradedSentence(firewall.stateReason, about !== null) : STATE_SENTENCES[firewall.state]
  return [base, about, firmwareSentence(firewall.firmware)].filter((part) => part !== null).join(' ')
}
