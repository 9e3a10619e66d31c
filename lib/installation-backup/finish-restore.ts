import 'server-only'
import { record } from '@/lib/audit/record'
import { verifyChain } from '@/lib/audit/verify'
import type { Actor } from '@/lib/auth/actor'
import { authorise } from '@/lib/auth/authorise'
import { readChain } from '@/lib/db/audit-chain'
import { db } from '@/lib/db/client'
import type { CheckedBackup } from './check'
import { openSecrets } from './open-secrets'

export type FinishedRestore = { opened: Record<string, number>; auditEntries: number; checkpoints: number; sessionsEnded: number; problems: string[] }

/**
 * Proves what was loaded: every sealed value opens and the audit chain is whole and ends where the backup says. Then ends
 * all sessions of the old machine and leaves an audit entry. Problems are told and kept on record, and end nothing:
 * whoever lost a machine needs the other 499 firewalls all the more.
 */
export async function finishRestore(actor: Actor, backup: CheckedBackup, now: Date): Promise<FinishedRestore> {
  authorise(actor, 'installation:manage', { customerId: null })
  const { opened, problems } = await openSecrets()
  const startedAt = performance.now()
  const report = await readChain(({ entries, checkpoints, publicKeyPem }) => verifyChain(entries, checkpoints, publicKeyPem))
  const durationMs = Math.round(performance.now() - startedAt)
  if (report.problem) problems.push(`The audit log is not whole. ${report.problem.sentence}`)
  else if (report.lastEntry !== backup.lastEntry || (backup.lastHash !== null && report.lastHash !== backup.lastHash)) problems.push('The audit log does not end with the entry that the backup names.')
  const { fileName, sha256, createdAt, rows, lastEntry } = backup
  const sessionsEnded = await db().$transaction(async (tx) => {
    const { count } = await tx.session.updateMany({ where: { OR: [{ revokedAt: null }, { revokedAt: { gt: now } }] }, data: { revokedAt: now } })
    await tx.auditVerification.create({
      data: { at: now, firstEntry: report.firstEntry, lastEntry: report.lastEntry, lastHash: report.lastHash, entries: report.entries, checkpoints: report.checkpoints, problem: report.problem?.sentence ?? null, problemEntry: report.problem?.entry ?? null, durationMs },
    })
    await record(tx, actor, { action: 'installation.restore', target: { kind: 'installation', id: null, name: 'backup' }, details: { fileName, sha256, createdAt, rows, lastEntry, opened, problems, sessionsEnded: count } })
    return count
  })
  return { opened, auditEntries: report.entries, checkpoints: report.checkpoints, sessionsEnded, problems }
}
