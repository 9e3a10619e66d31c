import 'server-only'
import type { Tx } from '@/lib/db/client'
import type { UpdateJob } from '@/lib/db/generated/client'
import type { NoticeKind, Severity } from '@/lib/notices/kinds'
import { tell } from '@/lib/notices/tell'
import { UPDATE_RULES, type UpdateState } from './states'

/** Ends that somebody has to know of at once. What was held or blocked changed nothing, and is on the page of the plan. */
const TOLD: Partial<Record<UpdateState, { kind: NoticeKind; severity: Severity }>> = {
  failed: { kind: 'update-failed', severity: 'critical' },
  unknown: { kind: 'update-unclear', severity: 'critical' },
  'package-missing': { kind: 'update-unclear', severity: 'warning' },
}

/** Writes what the channels of the customer are told of a job that came into this state, in the transaction that moved it. */
export async function tellUpdate(tx: Tx, { planId, firewallId, customerId, toVersion }: UpdateJob, { to, message, now }: { to: UpdateState; message: string | null; now: Date }): Promise<void> {
  const told = TOLD[to]
  if (!told) return
  const firewall = await tx.firewall.findUniqueOrThrow({ where: { id: firewallId }, select: { name: true, customerId: true, customer: { select: { name: true } }, site: { select: { name: true } } } })
  // One that was moved meanwhile is at a place that the channels of this customer are not told.
  const isHere = firewall.customerId === customerId
  const { word, sentence } = UPDATE_RULES[to]
  await tell(tx, { ...told, at: now, customerId, firewallId, facts: { title: toVersion === null ? word : `${word}, ${toVersion}`.slice(0, 120), sentence: (message ?? sentence).slice(0, 1_000), firewallName: firewall.name, customerName: isHere ? firewall.customer.name : null, siteName: isHere ? (firewall.site?.name ?? null) : null, planId } })
}
