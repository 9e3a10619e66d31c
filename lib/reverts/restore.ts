import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { notFound } from '@/lib/auth/authorise'
import { backupFileName } from '@/lib/backups/file-name'
import { findForBackups } from '@/lib/backups/read'
import { db } from '@/lib/db/client'
import { moduleOf } from '@/lib/firewalls/dto-of'
import type { RestoreDto } from './dto'
import type { RestoreInput } from './input'

const FOR_COMPARISON = 'This backup is for comparison only: the firewall gave its configuration in a form that cannot be given back. With the command permission Palisade takes backups that can.'

/** How a person gives this backup back by hand, in the words of the firewall's own pages. */
export async function readRestoreInstructions(actor: Actor, { id, backupId }: RestoreInput): Promise<RestoreDto> {
  await findForBackups(actor, id, 'backup:read')
  const backup = await db().backup.findFirst({ where: { id: backupId, firewallId: id }, include: { content: { select: { format: true } }, firewall: true } })
  if (!backup) throw notFound('backup')
  const { menu, steps, console, mind, pair } = moduleOf(backup.firewall).restoreInstructions(backup.version ?? backup.firewall.version)
  const problem = backup.content.format === 'xml' ? null : FOR_COMPARISON
  return { fileName: backupFileName(backup.firewall.name, { ...backup, format: backup.content.format }), problem, menu: [...menu], steps: [...steps], console: [...console], mind: [...mind], pair: [...pair] }
}
