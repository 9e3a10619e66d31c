import 'server-only'
// SQL of backups: who is due, whose step it is, which pieces are there, what nobody needs any more.
import type { Tx } from './client'
import type { BackupTask } from './generated/client'
import { statement } from './statements'

/** One at a time for each firewall, until the transaction ends: a piece that one found must not be removed by another. */
export async function lockBackups(tx: Tx, firewallId: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "Firewall" WHERE id = ${firewallId}::uuid FOR NO KEY UPDATE`
}

export type StoredPiece = { id: string; plainBytes: number; chunkSealed: Uint8Array }

/** Those of the named pieces that are stored already, sealed as they are. */
export function storedPieces(tx: Tx, firewallId: string, ids: readonly string[]): Promise<StoredPiece[]> {
  return tx.$queryRaw<StoredPiece[]>`SELECT id, "plainBytes", "chunkSealed" FROM "BackupChunk" WHERE "firewallId" = ${firewallId}::uuid AND id = ANY(${[...ids]}::text[])`
}

/**
 * Claims the due step of a task for `leaseSeconds`, so that a doubled wake-up or another worker does not take it as well. It
 * is counted as begun; who ends it by itself takes that back.
 */
export async function claimBackupTask(taskId: string, leaseSeconds: number): Promise<BackupTask | null> {
  const { rows } = await statement<BackupTask>(
    'claim-backup-task',
    `UPDATE "BackupTask" SET "nextStepAt" = now() + make_interval(secs => $2::double precision), attempts = attempts + 1 WHERE id = $1::uuid AND "finishedAt" IS NULL AND "nextStepAt" <= now() RETURNING *`,
    [taskId, leaseSeconds],
  )
  return rows[0] ?? null
}

export type DailyBackup = {
  firewallId: string
  family: string
  state: string
  pausedAt: Date | null
  commandsAllowed: boolean
  /** Of its site, else its own. */
  timeZone: string
  intervals: unknown[]
  /** Hours since the newest good backup; null = there is none. */
  lastBackupHours: number | null
  /** Since it was enrolled. */
  ageMinutes: number
  /** A backup is being taken. */
  isOpen: boolean
}

/** Claims firewalls whose daily backup is due; they come back after `leaseSeconds` unless `setDailyBackup` says when. */
export async function claimDailyBackups(now: Date, count: number, leaseSeconds: number): Promise<DailyBackup[]> {
  const { rows } = await statement<DailyBackup>(
    'claim-daily-backups',
    // As a part of its own, because a subquery that a join reads again would claim more than its limit.
    `WITH free AS MATERIALIZED (SELECT "firewallId" FROM "FirewallVisit" WHERE "backupDueAt" <= $1 ORDER BY "backupDueAt" LIMIT $2::int FOR UPDATE SKIP LOCKED), due AS (
       UPDATE "FirewallVisit" v SET "backupDueAt" = $1::timestamptz + make_interval(secs => $3::double precision)
       FROM free d WHERE v."firewallId" = d."firewallId" RETURNING v."firewallId")
     SELECT f.id AS "firewallId", f.family, f.state, f."pausedAt", f."commandsAllowed", coalesce(t."timeZone", f."timeZone") AS "timeZone", jsonb_build_array(s.intervals, c.intervals, f.intervals) AS intervals,
       (extract(epoch FROM $1::timestamptz - f."backupAt") / 3600)::double precision AS "lastBackupHours", (extract(epoch FROM $1::timestamptz - f."createdAt") / 60)::double precision AS "ageMinutes",
       EXISTS (SELECT 1 FROM "BackupTask" k WHERE k."firewallId" = f.id AND k."finishedAt" IS NULL) AS "isOpen"
     FROM due JOIN "Firewall" f ON f.id = due."firewallId" JOIN "Customer" c ON c.id = f."customerId" LEFT JOIN "Site" t ON t.id = f."siteId" LEFT JOIN "Settings" s ON s.id = 1`,
    [now, count, leaseSeconds],
  )
  return rows
}

export async function setDailyBackup(firewallId: string, at: Date): Promise<void> {
  await statement('set-daily-backup', `UPDATE "FirewallVisit" SET "backupDueAt" = $2 WHERE "firewallId" = $1::uuid`, [firewallId, at])
}

/** What retention looks at. */
export type KeptBackup = { id: string; takenAt: Date; seenAt: Date; format: string; keepForever: boolean; /** Accepted, or a revert rests on it. */ isNeeded: boolean }

/** Of one firewall, oldest first. */
export function backupsOf(tx: Tx, firewallId: string): Promise<KeptBackup[]> {
  return tx.$queryRaw<KeptBackup[]>`
    SELECT b.id, b."takenAt", b."seenAt", t.format, b."keepForever",
      (b.id = f."acceptedBackupId" OR EXISTS (SELECT 1 FROM "ConfigRevert" r WHERE r."backupId" = b.id AND r."finishedAt" IS NULL)) IS TRUE AS "isNeeded"
    FROM "Backup" b JOIN "BackupContent" t ON t.id = b."contentId" JOIN "Firewall" f ON f.id = b."firewallId"
    WHERE b."firewallId" = ${firewallId}::uuid ORDER BY b."takenAt", b.id`
}

/** Removes backups, then contents that no backup names, then pieces that no content names. */
export async function removeBackups(tx: Tx, firewallId: string, ids: readonly string[]): Promise<void> {
  await tx.$executeRaw`DELETE FROM "Backup" WHERE "firewallId" = ${firewallId}::uuid AND id = ANY(${[...ids]}::uuid[])`
  await tx.$executeRaw`DELETE FROM "BackupContent" t WHERE t."firewallId" = ${firewallId}::uuid AND NOT EXISTS (SELECT 1 FROM "Backup" b WHERE b."contentId" = t.id)`
  await removeUnnamedPieces(tx, firewallId)
}

/** Removes pieces that no content names. */
export async function removeUnnamedPieces(tx: Tx, firewallId: string): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM "BackupChunk" k WHERE k."firewallId" = ${firewallId}::uuid AND k.id NOT IN (
      SELECT unnest(t."rawChunks") FROM "BackupContent" t WHERE t."firewallId" = ${firewallId}::uuid
      UNION SELECT c.id FROM "BackupContent" t CROSS JOIN LATERAL jsonb_array_elements(CASE jsonb_typeof(t.sections) WHEN 'array' THEN t.sections ELSE '[]'::jsonb END) s
        CROSS JOIN LATERAL jsonb_array_elements_text(s -> 'chunks') AS c (id) WHERE t."firewallId" = ${firewallId}::uuid)`
}
