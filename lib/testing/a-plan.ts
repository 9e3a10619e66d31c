// Plans of updates, and firewalls that they could run on, as stored rows.
import { db } from '@/lib/db/client'
import { toJson } from '@/lib/db/json'
import { DEFAULT_DESIGN, type PlanDesign } from '@/lib/plans/words'

let count = 0
/** A window of its own on every night, so that nothing depends on those of the customer. */
export const NIGHTLY: PlanDesign = {
  ...DEFAULT_DESIGN,
  rings: [{ name: 'Broad', who: { by: 'rest' }, gate: { successPercent: 90, minimumCount: 0, soakHours: 0, noNewCriticalAlert: false } }],
  windows: { by: 'plan', window: { timeZone: 'Europe/Oslo', weekdays: [1, 2, 3, 4, 5, 6, 7], dates: [], earliestStart: '01:00', latestStart: '04:00', hardEnd: '06:00' } },
}

export const PACKAGES = [
  { name: 'opnsense', change: 'upgrade', from: '26.7', to: '26.7.1', sizeBytes: 1000, repository: 'OPNsense' },
  { name: 'curl', change: 'upgrade', from: '8.1', to: '8.2', sizeBytes: 500, repository: 'OPNsense' },
]

/** A firewall that is reachable and was offered 26.7.1 by its last check; `more` are columns. */
export async function aReadyFirewall(customerId: string, more: Record<string, unknown> = {}, packages: unknown = PACKAGES): Promise<string> {
  count += 1
  const now = new Date()
  const row = { customerId, name: `ready-${count}`, family: 'opnsense', origin: `https://192.0.2.${count % 250}:${8000 + count}`, trustMode: 'public-ca', trustConfirmedAt: now, state: 'reachable', visitedAt: now, version: '26.7', firmwareState: 'offered', offeredVersion: '26.7.1', rebootRequired: true, firmwareCheckedAt: now }
  const { id } = await db().firewall.create({ data: { ...row, ...more } })
  await db().reading.create({ data: { firewallId: id, kind: 'firmware', observedAt: now, digest: 'd', body: { packages } as object } })
  return id
}

/** A draft over the firewalls of a customer. */
export async function aPlan(customerId: string, name: string, design: PlanDesign = NIGHTLY): Promise<string> {
  const now = new Date()
  const row = { name, state: 'draft', kind: 'minor', query: '', design: toJson(design), customerIds: [customerId], createdAt: now, createdByName: 'N', actor: {}, nextStepAt: now }
  return (await db().updatePlan.create({ data: row })).id
}

export async function aVersionHold(customerId: string): Promise<string> {
  return (await db().versionHold.create({ data: { family: 'opnsense', version: '1.0', customerId, note: 'breaks the gateway', createdAt: new Date(), createdBy: 'N' } })).id
}
