import 'server-only'
// SQL of notices: written as sets, and handed to channels in an order in which nothing can appear later in front of what
// was handed on.
import type { Tx } from './client'

export type NewNotice = { kind: string; at: Date; severity: string; customerId: string | null; firewallId: string | null; alertId: string | null; facts: object }

/** Writes notices in their order, in one statement. */
export async function insertNotices(tx: Tx, notices: readonly NewNotice[]): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "Notice" (at, kind, severity, "customerId", "firewallId", "alertId", facts)
    SELECT n.at, n.kind, n.severity, n."customerId", n."firewallId", n."alertId", n.facts
    FROM ROWS FROM (json_to_recordset(${JSON.stringify(notices)}::json) AS (at timestamptz, kind text, severity text, "customerId" uuid, "firewallId" uuid, "alertId" uuid, facts jsonb)) WITH ORDINALITY n
    ORDER BY n.ordinality`
}
