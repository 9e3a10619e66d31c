import 'server-only'
import { isFamily } from '@/lib/adapters/registry'
import { TREE_FORMAT } from '@/lib/configuration/tree'
import { AppError } from '@/lib/core/errors'
import { log } from '@/lib/core/log'
import { lockBackups } from '@/lib/db/backups-sql'
import { db } from '@/lib/db/client'
import { contentOfBackup, readContentBytes, type StoredContent } from './contents'
import { prepareContent } from './prepare'
import { renewTree } from './store'

/** Sealing and storing the pieces of 64 MiB. */
const RENEW_MS = 60_000
const NO_END = new AbortController().signal

/**
 * The content of a backup, its sections made and masked by the rules of now: what was made by older ones is made anew from
 * the sealed original, once. When that fails it has no sections, and `parseError` says why: what older rules left in clear is
 * shown to nobody. Null when there is no such backup. Its caller has authorised backup:read for the firewall.
 */
export async function readableContentOf(backupId: string, signal: AbortSignal = NO_END): Promise<StoredContent | null> {
  const content = await contentOfBackup(backupId)
  if (!content || content.treeFormat >= TREE_FORMAT) return content
  const { id, firewallId, format } = content
  const { family } = await db().firewall.findUniqueOrThrow({ where: { id: firewallId }, select: { family: true } })
  if (!isFamily(family)) throw new AppError('internal', 'This firewall is of a family that this version does not know.')
  const prepared = await prepareContent(firewallId, await readContentBytes(content), { family, format, signal })
  if (prepared.treeFormat < TREE_FORMAT) return { ...content, sections: null, itemCount: null, parseError: prepared.parseError }
  await db().$transaction(async (tx) => {
    await lockBackups(tx, firewallId)
    // Retention may have removed it meanwhile, or somebody else renewed it.
    const now = await tx.backupContent.findUnique({ where: { id }, select: { treeFormat: true } })
    if (now && now.treeFormat < TREE_FORMAT) await renewTree(tx, { id, firewallId }, prepared)
  }, { timeout: RENEW_MS })
  return contentOfBackup(backupId)
}

/** Makes anew what the next backup of a firewall is compared with, and `others`. What is damaged keeps nobody from storing one. */
export async function renewTrees(firewallId: string, signal: AbortSignal, others: readonly string[] = []): Promise<void> {
  const [firewall, newest] = await Promise.all([
    db().firewall.findUnique({ where: { id: firewallId }, select: { acceptedBackupId: true } }),
    db().backup.findFirst({ where: { firewallId }, orderBy: [{ takenAt: 'desc' }, { id: 'desc' }], select: { id: true } }),
  ])
  const named = new Set([firewall?.acceptedBackupId, newest?.id, ...others].filter((backupId) => typeof backupId === 'string'))
  for (const { id } of await db().backup.findMany({ where: { firewallId, id: { in: [...named] } }, select: { id: true } })) {
    try {
      await readableContentOf(id, signal)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      log().warn({ firewall: firewallId, backup: id, code: error.code }, 'a stored configuration could not be read anew')
    }
  }
}
