import 'server-only'
// What a plan would do, worked out from what is stored. Nothing is sent to any firewall.
import { familyModule, isFamily } from '@/lib/adapters/registry'
import type { FamilyModule } from '@/lib/adapters/adapter'
import { allThatMatch, picked, which } from '@/lib/bulk/which'
import { AppError } from '@/lib/core/errors'
import { findFirewallIds, type FirewallQuestion } from '@/lib/db/firewall-list-sql'
import { findPlanFirewalls, type PlanFirewallRow } from '@/lib/db/plans-sql'
import { formatCount } from '@/lib/format/numbers'
import { whyNot } from './cannot-run'
import type { PreviewFinding } from './dto'
import { activeHolds } from './holds-at-work'
import { offerReader, type StoredOffer } from './offer-of'
import { setHash } from './offer-hash'
import { notesOf } from './notes'
import { assignRings } from './rings'
import type { PlanShape } from './shape'
import { startsOf, type Start } from './starts'
import { PLAN_FIREWALLS_MAX, type PlanDesign, type PreviewGroup } from './words'

type CustomerIds = FirewallQuestion['customerIds']

export type WorkedRow = {
  row: PlanFirewallRow
  module: FamilyModule | null
  position: number | undefined
  stored: StoredOffer | null
  group: PreviewGroup
  findings: PreviewFinding[]
  start: Start | null
}
export type WorkedOut = { at: Date; rows: WorkedRow[]; setHash: string | null }

/** The same for a plan that is not saved yet as for one that is, so that its rings do not change by being saved. */
const SEED = 'palisade'

async function matchedIds(query: string, customerIds: CustomerIds): Promise<string[]> {
  const { ids, truncated } = await findFirewallIds(allThatMatch(query, customerIds), PLAN_FIREWALLS_MAX)
  if (truncated) throw new AppError('query-too-broad', 'The regular expression was not tried on all firewalls.', { nextStep: 'Add a condition that says more, for example customer__name=….' })
  if (ids.length > PLAN_FIREWALLS_MAX) throw which('query', `These are more than ${formatCount(PLAN_FIREWALLS_MAX)} firewalls. Make several plans of it.`)
  return ids
}

/** Of these firewalls those that a ring names by a query. An error names the ring. */
async function takenByQuery(query: string, position: number, ids: readonly string[], customerIds: CustomerIds): Promise<Set<string>> {
  try {
    const question = allThatMatch(query, customerIds)
    const found = await findFirewallIds({ ...question, conditions: [...question.conditions, ...picked(ids, customerIds).conditions] }, PLAN_FIREWALLS_MAX)
    return new Set(found.ids)
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'invalid-input') throw error
    throw which(`design.rings.${position}.who.query`, error.details.issues?.[0]?.message ?? error.message)
  }
}

async function ringsOf(rows: readonly PlanFirewallRow[], { rings }: PlanDesign, customerIds: CustomerIds): Promise<Map<string, number>> {
  const ids = rows.map(({ id }) => id)
  const named = await Promise.all(rings.map(async ({ who }, position) => (who.by === 'query' && ids.length > 0 ? ([position, await takenByQuery(who.query, position, ids, customerIds)] as const) : ([position, new Set<string>()] as const))))
  return assignRings(rows, rings, new Map(named), SEED)
}

const sealedBy = ({ kind, holdIfReboot, design }: PlanShape) => ({ kind, holdIfReboot, design })

/** Works a plan out over the firewalls of these customers. At most 5,000; throws invalid-input naming the field. */
export async function workOut(plan: PlanShape, customerIds: CustomerIds, now: Date): Promise<WorkedOut> {
  const rows = await findPlanFirewalls(await matchedIds(plan.query, customerIds))
  const [ringOf, holdOf] = await Promise.all([ringsOf(rows, plan.design, customerIds), activeHolds(plan.id)])
  const read = offerReader(plan.kind)
  const judged = rows.map((row) => {
    const module = isFamily(row.family) ? familyModule(row.family) : null
    const shared = { row, module, position: ringOf.get(row.id), stored: read(row) }
    return { ...shared, reason: whyNot({ ...shared, kind: plan.kind, holdOf, ownPlans: [plan.id, plan.design.supersedesId] }) }
  })
  const starts = await startsOf(plan, judged.filter(({ reason }) => reason === null), now)
  const worked = judged.map(({ reason, ...shared }): WorkedRow => {
    const start = starts.get(shared.row.id)
    const refused = reason ?? (start && 'finding' in start ? start.finding : null)
    if (refused || !start || 'finding' in start) return { ...shared, group: 'cannot-run', findings: refused ? [refused] : [], start: null }
    const { group, findings } = notesOf({ ...shared, plan, start, now })
    return { ...shared, group, findings, start }
  })
  const entries = worked.flatMap(({ group, row, position, stored }) => (group === 'cannot-run' || position === undefined || stored === null ? [] : [{ firewallId: row.id, position, offerHash: stored.hash }]))
  return { at: now, rows: worked, setHash: entries.length === 0 ? null : setHash(entries, sealedBy(plan)) }
}
