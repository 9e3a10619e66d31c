import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import type { CreateRequest } from '@/lib/db/create-once'
import type { BackupTaskDto } from './dto'
import type { BackupReason } from './states'

/**
 * Asks for a backup. The row and the intent in the audit log commit together; a worker carries it out with the rights that
 * the actor has at that moment. While one is open for the firewall, that one is answered. Throws not-found, forbidden,
 * firewall-command-permission-needed and what requireCallable throws.
 */
export declare function requestBackup(actor: Actor, { id, reason }: { id: string; reason: BackupReason }, create?: CreateRequest): Promise<BackupTaskDto>

/** How a task stands; null when there is none. For who waits for the backup that they asked for. */
export declare function findBackupTask(taskId: string): Promise<BackupTaskDto | null>
