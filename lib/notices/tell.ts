import 'server-only'
import type { Tx } from '@/lib/db/client'
import { insertNotices } from '@/lib/db/notices-sql'
import { noticeFacts, type NoticeFacts, type NoticeKind, type Severity } from './kinds'

export type Notice = {
  kind: NoticeKind
  at: Date
  /** Of the alert, also when it is resolved: who was told that it opened is told that it ended. */
  severity: Severity
  /** Whose; null = the installation's own. */
  customerId: string | null
  firewallId?: string | null
  alertId?: string | null
  facts: Partial<NoticeFacts> & Pick<NoticeFacts, 'title' | 'sentence'>
}

/**
 * Writes what channels are to be told in the transaction in which it happened, so that neither is there without the other.
 * One statement for any number; an order among them is the order here. Throws when facts are longer than `noticeFacts` allows.
 */
export async function tell(tx: Tx, ...notices: readonly Notice[]): Promise<void> {
  if (notices.length === 0) return
  await insertNotices(
    tx,
    notices.map(({ facts, firewallId = null, alertId = null, ...notice }) => ({ ...notice, firewallId, alertId, facts: noticeFacts.parse(facts) })),
  )
}
