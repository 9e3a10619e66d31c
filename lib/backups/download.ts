import 'server-only'
import { recordAlone } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { notFound } from '@/lib/auth/authorise'
import { ownSession } from '@/lib/auth/own-session'
import { requireStepUp } from '@/lib/auth/step-up'
import { AppError } from '@/lib/core/errors'
import { db } from '@/lib/db/client'
import { Download } from '@/lib/lists/download'
import { contentOfBackup, readContentBytes } from './contents'
import { backupFileName } from './file-name'
import { findForBackups } from './read'

const PART_BYTES = 256 * 1024

function inParts(bytes: Buffer): ReadableStream<Uint8Array> {
  let from = 0
  return new ReadableStream({
    pull(controller) {
      if (from >= bytes.length) return controller.close()
      controller.enqueue(new Uint8Array(bytes.subarray(from, from + PART_BYTES)))
      from += PART_BYTES
    },
  })
}

/**
 * The configuration exactly as the firewall gave it, with every secret in it. For an admin who has just proved who they are;
 * a token never gets one. The entry in the audit log is written before the first byte leaves, and after the whole was opened and compared with its SHA-256.
 */
export async function downloadBackup(actor: Actor, { id, backupId }: { id: string; backupId: string }): Promise<Download> {
  ownSession(actor)
  const firewall = await findForBackups(actor, id, 'backup:download')
  requireStepUp(actor, 'backup.download')
  const backup = await db().backup.findFirst({ where: { id: backupId, firewallId: id }, select: { takenAt: true, revision: true } })
  const content = backup && (await contentOfBackup(backupId))
  if (!backup || !content) throw notFound('backup')
  const bytes = await readContentBytes(content)
  if (bytes.length !== content.bytes) throw new AppError('internal', 'The stored configuration has another length than it should have.')
  const name = backupFileName(firewall.name, { ...backup, format: content.format })
  await recordAlone(actor, { action: 'firewall.backup.download', target: { kind: 'firewall', id: firewall.id, name: firewall.name }, customer: firewall.customer, details: { backupId, takenAt: backup.takenAt.toISOString(), revision: backup.revision, sha256: content.sha256, bytes: content.bytes, file: name } })
  return new Download(inParts(bytes), content.format === 'json' ? 'application/json' : 'application/xml', name)
}
