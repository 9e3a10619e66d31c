import 'server-only'
import type { Tx } from '@/lib/db/client'

/**
 * Settles how a firewall stands after its newest backup was stored, in the transaction that stores it: the differences from
 * the backup before it (Backup.added, removed, changed) and from what is accepted (Firewall.driftSince, driftItems). The
 * first backup that can be compared becomes what is accepted until an operator accepts one.
 */
export declare function settleDrift(tx: Tx, firewallId: string, backupId: string): Promise<void>
