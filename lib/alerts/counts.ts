import 'server-only'
import type { z } from 'zod'
import type { Actor } from '@/lib/auth/actor'
import { authoriseScope } from '@/lib/auth/authorise'
import { countLasting, type AlertGroup } from '@/lib/db/alert-list-sql'
import { lastEvaluation } from '@/lib/db/alert-rows-sql'
import { boundedRead } from '@/lib/db/bounded-read'
import { db } from '@/lib/db/client'
import { SEVERITIES } from '@/lib/notices/kinds'
import type { AlertCounts } from './dto'
import type { countAlertsInput } from './input'

const sum = (groups: readonly AlertGroup[]): number => groups.reduce((total, { count }) => total + count, 0)

function bySeverity(groups: readonly AlertGroup[]): AlertCounts['open'] {
  const counts = { critical: 0, warning: 0, notice: 0 }
  for (const severity of SEVERITIES) counts[severity] = sum(groups.filter((group) => group.severity === severity))
  return counts
}

/** How many alerts want someone within the actor's scope, and how many follow from them. Throws forbidden. */
export async function countAlerts(actor: Actor, { customerId }: z.output<typeof countAlertsInput>): Promise<AlertCounts> {
  const { customerIds } = authoriseScope(actor, 'firewall:read')
  const asked = customerId === undefined ? customerIds : customerIds === 'all' || customerIds.includes(customerId) ? [customerId] : []
  const groups = await boundedRead((run) => countLasting(run, asked))
  const own = groups.filter(({ follows }) => !follows)
  const open = own.filter(({ state }) => state === 'open')
  return {
    open: bySeverity(open),
    acknowledged: sum(own.filter(({ state }) => state === 'acknowledged')),
    effects: sum(groups.filter(({ follows }) => follows)),
    silenced: sum(open.filter(({ silenced }) => silenced)),
    customers: [...new Set(open.map((group) => group.customerId))].map((id) => ({ customerId: id, open: bySeverity(open.filter((group) => group.customerId === id)) })),
    evaluatedAt: (await lastEvaluation(db()))?.toISOString() ?? null,
  }
}
