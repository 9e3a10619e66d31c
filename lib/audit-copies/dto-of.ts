import 'server-only'
import { AppError } from '@/lib/core/errors'
import { db } from '@/lib/db/client'
import { Prisma, type AuditCopy } from '@/lib/db/generated/client'
import { copyTarget, type CopyDto } from './input'
import { copyFolder } from './log-file'
import { copyState } from './states'

const first = (entry: bigint): Promise<{ at: Date } | null> => db().auditEntry.findFirst({ where: { entry: { gt: entry } }, orderBy: { entry: 'asc' }, select: { at: true } })

/** How far the log is now: the number of its newest entry, 0 for none. */
export const headOfLog = async (): Promise<bigint> => (await db().auditEntry.findFirst({ orderBy: { entry: 'desc' }, select: { entry: true } }))?.entry ?? 0n

export async function toCopy(row: AuditCopy, head: bigint, now: Date): Promise<CopyDto> {
  const target = copyTarget.parse(row.settings)
  const behind = row.lastEntry < head ? Number(head - row.lastEntry) : 0
  const oldest = behind > 0 ? await first(row.lastEntry) : null
  const behindSeconds = oldest === null ? 0 : Math.max(0, Math.round((now.getTime() - oldest.at.getTime()) / 1000))
  return {
    id: row.id,
    name: row.name,
    target,
    folder: target.kind === 'file' ? copyFolder() : null,
    enabled: row.enabled,
    state: copyState({ enabled: row.enabled, failures: row.failures, behindSeconds }),
    firstEntry: Number(row.firstEntry),
    lastEntry: row.lastEntry < row.firstEntry ? 0 : Number(row.lastEntry),
    behind,
    behindSeconds,
    failures: row.failures,
    lastError: row.lastError,
    nextTryAt: row.heldUntil?.toISOString() ?? null,
    lastCopyAt: row.lastCopyAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    etag: `"${row.revision}"`,
  }
}

/** The database refuses a second copy of the same name, and a second one into files; these are its sentences. */
export function refuseTaken(error: unknown, name: string): never {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError) || error.code !== 'P2002') throw error
  if (/AuditCopy_file/.test(JSON.stringify(error.meta ?? {}))) throw new AppError('conflict', 'There is already a copy into files.', { nextStep: 'One is enough: its files hold the whole log.', issues: [{ field: 'target', message: 'There is already a copy into files.' }] })
  throw new AppError('conflict', `There is already a copy named ${name}.`, { nextStep: 'Choose another name.', issues: [{ field: 'name', message: 'There is already a copy of this name.' }] })
}
