import { FINDING_NAMES, type FindingName } from '@/lib/overview/findings'
import { CERTIFICATE_SOON_DAYS, CLOCK_OFFSET_SECONDS_MAX, DISK_PERCENT_FULL } from '@/lib/overview/words'
import type { FirewallState } from './states'

type Measured = {
  gatewaysDown: number | null
  gatewaysDegraded: number | null
  tunnelsDown: number | null
  haRole: string | null
  certificateEndsAt: Date | null
  firmwareState: string
  diskPercent: number | null
  clockOffsetSeconds: number | null
  haPeer: { haRole: string | null; state: string } | null
}

const DAY_MILLISECONDS = 86_400_000
const answers = (state: string) => state === 'reachable' || state === 'degraded'

/** What is wrong with a firewall that shows `state`, worst first; lib/db/finding-sql.ts finds by the same. */
export function findingsOfRow(row: Measured, state: FirewallState, now: Date): FindingName[] {
  const gateways = (row.gatewaysDown ?? 0) + (row.gatewaysDegraded ?? 0)
  const disk = row.diskPercent ?? 0
  const holds: Record<FindingName, boolean> = {
    unreachable: state === 'unreachable',
    'gateway-down': answers(state) && (row.gatewaysDown ?? 0) > 0,
    'tunnel-down': answers(state) && (row.tunnelsDown ?? 0) > 0,
    'two-masters': answers(state) && row.haRole === 'master' && row.haPeer?.haRole === 'master' && answers(row.haPeer.state),
    'certificate-changed': state === 'certificate-changed',
    'credential-rejected': state === 'credential-rejected',
    'credential-missing': state === 'credential-missing',
    'api-package-missing': state === 'api-package-missing',
    'gateway-lossy': answers(state) && (row.gatewaysDegraded ?? 0) > 0,
    'certificate-ends': answers(state) && row.certificateEndsAt !== null && row.certificateEndsAt.getTime() < now.getTime() + CERTIFICATE_SOON_DAYS * DAY_MILLISECONDS,
    'reboot-pending': answers(state) && row.firmwareState === 'reboot-pending',
    'disk-full': answers(state) && disk >= DISK_PERCENT_FULL,
    'clock-off': answers(state) && Math.abs(row.clockOffsetSeconds ?? 0) > CLOCK_OFFSET_SECONDS_MAX,
    'other-trouble': state === 'degraded' && gateways === 0 && disk < DISK_PERCENT_FULL,
    stale: state === 'stale',
    'never-visited': state === 'not-visited',
    paused: state === 'paused',
  }
  return FINDING_NAMES.filter((name) => holds[name])
}
