import 'server-only'
import { SEVERITIES } from '@/lib/notices/kinds'
import type { AlertFigures, CustomerFigures } from '@/lib/db/metrics-sql'
import { FIREWALL_STATES } from '@/lib/firewalls/states'
import { labelText, metricText, one, seconds, type Point } from './exposition'
import type { MetricOf } from './names'

type Row = CustomerFigures & { alerts: readonly AlertFigures[] }
const COUNTED_STATES = ['open', 'acknowledged'] as const

/** What is not there is 0, so that no rule has to do without. */
const alertPoints = ({ alerts }: Row): Point[] =>
  SEVERITIES.flatMap((severity) => COUNTED_STATES.map((state): Point => [alerts.find((row) => row.severity === severity && row.state === state)?.count ?? 0, { severity, state }]))

const FIGURES: readonly (readonly [MetricOf<'customer'>, (row: Row) => readonly Point[]])[] = [
  ['palisade_customer_firewalls', ({ states }) => FIREWALL_STATES.map((state): Point => [states[state] ?? 0, { state }])],
  [
    'palisade_customer_gateways',
    ({ gatewaysUp, gatewaysDegraded, gatewaysDown }) => [
      [gatewaysUp, { status: 'up' }],
      [gatewaysDegraded, { status: 'degraded' }],
      [gatewaysDown, { status: 'down' }],
    ],
  ],
  [
    'palisade_customer_tunnels',
    ({ tunnelsUp, tunnelsDown }) => [
      [tunnelsUp, { status: 'up' }],
      [tunnelsDown, { status: 'down' }],
    ],
  ],
  ['palisade_customer_updates_offered', ({ offered }) => one(offered)],
  ['palisade_customer_reboots_pending', ({ rebootsPending }) => one(rebootsPending)],
  ['palisade_customer_without_recent_backup', ({ withoutBackup }) => one(withoutBackup)],
  ['palisade_customer_drifted', ({ drifted }) => one(drifted)],
  ['palisade_customer_certificate_expiry_timestamp_seconds', ({ certificateEndsAt }) => one(seconds(certificateEndsAt))],
  ['palisade_customer_alerts', alertPoints],
]

/** The figures of customers, one text for each metric. */
export function* customerTexts(customers: readonly CustomerFigures[], alerts: readonly AlertFigures[]): Generator<string> {
  const ofCustomer = new Map<string, AlertFigures[]>()
  for (const row of alerts) ofCustomer.set(row.customerId, [...(ofCustomer.get(row.customerId) ?? []), row])
  const rows = customers.map((row) => ({ shared: labelText({ customer_id: row.id, customer: row.name }), row: { ...row, alerts: ofCustomer.get(row.id) ?? [] } }))
  for (const [name, figure] of FIGURES) yield metricText(name, rows.map(({ shared, row }) => ({ shared, points: figure(row) })))
}
