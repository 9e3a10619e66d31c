import 'server-only'
import { z } from 'zod'
import type { Prisma } from '@/lib/db/generated/client'
import type { BackupDto } from './dto'
import { BACKUP_REASONS, FORMAT_OF } from './states'

export const newestFirst = [{ takenAt: 'desc' }, { id: 'desc' }] as const satisfies Prisma.BackupOrderByWithRelationInput[]
export const backupInclude = { content: { select: { sha256: true, bytes: true, format: true, itemCount: true, parseError: true } } } as const satisfies Prisma.BackupInclude
type BackupRow = Prisma.BackupGetPayload<{ include: typeof backupInclude }>

const named = z.object({ name: z.string() })
type Place = { id: string; name: string; acceptedBackupId: string | null; customer: { id: string; name: string } }

export function toBackup(row: BackupRow, firewall: Place, newestId: string | null): BackupDto {
  const { sha256, bytes, format, itemCount, parseError } = row.content
  const { added, removed, changed } = row
  return {
    id: row.id,
    firewall: { id: firewall.id, name: firewall.name },
    customer: firewall.customer,
    takenAt: row.takenAt.toISOString(),
    seenAt: row.seenAt.toISOString(),
    reason: BACKUP_REASONS.find((reason) => reason === row.reason) ?? 'daily',
    takenBy: named.safeParse(row.actor).data?.name ?? 'Palisade',
    format: FORMAT_OF[format === 'json' ? 'json' : 'xml'],
    bytes,
    sha256,
    revision: { id: row.revision, at: row.revisedAt?.toISOString() ?? null, by: row.revisedBy, note: row.revisionNote },
    version: row.version,
    keptForever: row.keepForever,
    isNewest: row.id === newestId,
    isAccepted: row.id === firewall.acceptedBackupId,
    itemCount,
    differences: added === null || removed === null || changed === null ? null : { added, removed, changed },
    compareError: parseError,
  }
}
