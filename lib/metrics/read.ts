import 'server-only'
import type { z } from 'zod'
import { streamOf } from '@/lib/audit/stream'
import type { Actor } from '@/lib/auth/actor'
import { authoriseScope } from '@/lib/auth/authorise'
import { boundedRead } from '@/lib/db/bounded-read'
import { alertFigures, copyFigures, customerFigures, firewallFigures, ownFigures, waitingDeliveries, waitingJobs, type AlertFigures, type CustomerFigures, type FirewallFigures } from '@/lib/db/metrics-sql'
import { readLag } from '@/lib/db/visit-lag-sql'
import { Download } from '@/lib/lists/download'
import { customerTexts } from './customer-figures'
import { CONTENT_TYPE, metricText } from './exposition'
import { firewallTexts } from './firewall-figures'
import type { metricsInput } from './input'
import { ownTexts, ownVersion, type Own } from './own-figures'
import { processText } from './process-figures'

/** Above this many firewalls, each has series of its own only where that is asked for: a scrape has some 24 series for each. */
export const FIREWALLS_UNASKED_MAX = 2_000

type Customers = 'all' | readonly string[]
type Fleet = { customers: CustomerFigures[]; alerts: AlertFigures[]; firewalls: FirewallFigures[]; leftOut: number }

/** The fleet from one snapshot, in three statements at most. */
const readFleet = (customers: Customers, wanted: boolean | null): Promise<Fleet> =>
  boundedRead(async (run) => {
    const rows = await customerFigures(run, customers)
    const alerts = await alertFigures(run, customers)
    const total = rows.reduce((sum, { firewalls }) => sum + firewalls, 0)
    const each = wanted ?? total <= FIREWALLS_UNASKED_MAX
    return { customers: rows, alerts, firewalls: each ? await firewallFigures(run, customers) : [], leftOut: each ? 0 : total }
  })

async function readOwn(): Promise<Own> {
  const [waiting, lag, version] = await Promise.all([
    boundedRead(async (run) => {
      const figures = await ownFigures(run)
      const jobs = figures.hasQueues ? await waitingJobs(run) : []
      return { figures, jobs, deliveries: await waitingDeliveries(run), copies: await copyFigures(run) }
    }),
    readLag('all'),
    ownVersion(),
  ])
  return { ...waiting, lag, version }
}

async function* texts(fleet: Fleet, own: Own | null): AsyncGenerator<string> {
  yield metricText('palisade_scrape_firewalls_left_out', [{ shared: '', points: [[fleet.leftOut]] }])
  yield* customerTexts(fleet.customers, fleet.alerts)
  yield* firewallTexts(fleet.firewalls)
  if (own === null) return
  yield* ownTexts(own)
  yield await processText()
}

/**
 * Figures for Prometheus: of the firewalls that the actor may see, and those of Palisade itself for who sees all customers.
 * Nobody sees more with a filter; a customer outside the scope has no figures. Throws query-too-broad over 5 s.
 */
export async function readMetrics(actor: Actor, { firewalls, customerId }: z.output<typeof metricsInput>): Promise<Download> {
  const { customerIds } = authoriseScope(actor, 'firewall:read')
  const asked = customerId === undefined ? customerIds : customerIds === 'all' || customerIds.includes(customerId) ? [customerId] : []
  const [fleet, own] = await Promise.all([readFleet(asked, firewalls === undefined ? null : firewalls === 'true'), asked === 'all' ? readOwn() : null])
  return new Download(streamOf(texts(fleet, own)), CONTENT_TYPE, null)
}
