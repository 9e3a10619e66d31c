import 'server-only'
import type { FirewallFigures } from '@/lib/db/metrics-sql'
import { FIREWALL_STATES } from '@/lib/firewalls/states'
import { STATE_MEANINGS } from '@/lib/history/timeline'
import { labelText, metricText, one, seconds, type Point } from './exposition'
import type { MetricOf } from './names'

const ratio = (percent: number | null): number | null => (percent === null ? null : percent / 100)
const flag = (is: boolean): number => (is ? 1 : 0)

const UP = { up: 1, down: 0, nothing: null }
/** As the history counts it: what nobody can tell is neither up nor down. */
const isUp = (row: FirewallFigures): number | null => {
  const state = FIREWALL_STATES.find((word) => word === row.state)
  return state === undefined ? null : UP[STATE_MEANINGS[state].counts]
}
/** What a failed check, or none, leaves open. */
const isOffered = ({ firmwareState }: FirewallFigures): number | null => {
  if (firmwareState === 'offered' || firmwareState === 'major-offered') return 1
  return firmwareState === 'up-to-date' || firmwareState === 'reboot-pending' ? 0 : null
}
/** What an offered update would need is not pending. */
const isRebootPending = ({ firmwareState }: FirewallFigures): number | null => {
  if (firmwareState === 'reboot-pending') return 1
  return firmwareState === 'up-to-date' || firmwareState === 'offered' || firmwareState === 'major-offered' ? 0 : null
}
const gatewaysUp = ({ gatewaysTotal, gatewaysDown, gatewaysDegraded }: FirewallFigures): number | null =>
  gatewaysTotal === null || gatewaysDown === null || gatewaysDegraded === null ? null : gatewaysTotal - gatewaysDown - gatewaysDegraded

const FIGURES: readonly (readonly [MetricOf<'firewall'>, (row: FirewallFigures) => readonly Point[]])[] = [
  ['palisade_firewall_info', ({ site, family, version }) => [[1, { site: site ?? '', family, version: version ?? '' }]]],
  ['palisade_firewall_state', ({ state }) => [[1, { state }]]],
  ['palisade_firewall_up', (row) => one(isUp(row))],
  ['palisade_firewall_last_visit_timestamp_seconds', ({ visitedAt }) => one(seconds(visitedAt))],
  ['palisade_firewall_latency_seconds', ({ latencyMs }) => one(latencyMs === null ? null : latencyMs / 1000)],
  ['palisade_firewall_cpu_usage_ratio', ({ cpuPercent }) => one(ratio(cpuPercent))],
  ['palisade_firewall_memory_usage_ratio', ({ memoryPercent }) => one(ratio(memoryPercent))],
  ['palisade_firewall_disk_usage_ratio', ({ diskPercent }) => one(ratio(diskPercent))],
  ['palisade_firewall_states_usage_ratio', ({ statesPercent }) => one(ratio(statesPercent))],
  [
    'palisade_firewall_gateways',
    (row) => [
      [gatewaysUp(row), { status: 'up' }],
      [row.gatewaysDegraded, { status: 'degraded' }],
      [row.gatewaysDown, { status: 'down' }],
    ],
  ],
  [
    'palisade_firewall_tunnels',
    ({ tunnelsUp, tunnelsDown }) => [
      [tunnelsUp, { status: 'up' }],
      [tunnelsDown, { status: 'down' }],
    ],
  ],
  ['palisade_firewall_certificate_expiry_timestamp_seconds', ({ certificateEndsAt }) => one(seconds(certificateEndsAt))],
  ['palisade_firewall_clock_offset_seconds', ({ clockOffsetSeconds }) => one(clockOffsetSeconds)],
  ['palisade_firewall_boot_timestamp_seconds', ({ bootedAt }) => one(seconds(bootedAt))],
  ['palisade_firewall_update_offered', (row) => one(isOffered(row))],
  ['palisade_firewall_update_check_timestamp_seconds', ({ firmwareCheckedAt }) => one(seconds(firmwareCheckedAt))],
  ['palisade_firewall_reboot_pending', (row) => one(isRebootPending(row))],
  ['palisade_firewall_last_backup_timestamp_seconds', ({ backupAt }) => one(seconds(backupAt))],
  ['palisade_firewall_drift', ({ driftSince, hasAccepted }) => one(driftSince === null && !hasAccepted ? null : flag(driftSince !== null))],
  [
    'palisade_firewall_alerts',
    ({ critical, warning, notice }) => [
      [critical, { severity: 'critical' }],
      [warning, { severity: 'warning' }],
      [notice, { severity: 'notice' }],
    ],
  ],
]

/** One metric after the other, so that no more than one stands in memory as text. */
export function* firewallTexts(rows: readonly FirewallFigures[]): Generator<string> {
  const shared = rows.map(({ id, name, customer }) => labelText({ firewall_id: id, firewall: name, customer }))
  for (const [name, figure] of FIGURES) {
    yield metricText(name, rows.map((row, place) => ({ shared: shared[place] ?? '', points: figure(row) })))
  }
}
