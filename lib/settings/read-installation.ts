import 'server-only'
import path from 'node:path'
import { checkpointFile } from '@/lib/audit/checkpoint-file'
import type { Actor } from '@/lib/auth/actor'
import { authorise } from '@/lib/auth/authorise'
import { environment } from '@/lib/core/env'
import { db } from '@/lib/db/client'
import { masterKeyFile } from '@/lib/installation/keys'
import type { InstallationDto } from './input'

/** A worker that was heard of within this time is there. */
const HEARTBEAT_MS = 60_000

type DatabaseFacts = { bytes: bigint; migration: string | null; folder: string | null }

/** The folder is told to who owns the server, which the user of an embedded one does. */
async function databaseFacts(): Promise<DatabaseFacts> {
  const rows = await db().$queryRaw<DatabaseFacts[]>`
    SELECT pg_database_size(current_database()) AS bytes,
      (SELECT max(migration_name) FROM "_prisma_migrations" WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL) AS migration,
      (SELECT setting FROM pg_settings WHERE name = 'data_directory') AS folder`
  return rows[0] ?? { bytes: 0n, migration: null, folder: null }
}

async function readCounts(now: Date): Promise<InstallationDto['counts']> {
  const seenAt = { gt: new Date(now.getTime() - HEARTBEAT_MS) }
  const [customers, firewalls, operators, workers] = await Promise.all([db().customer.count(), db().firewall.count(), db().operator.count(), db().heartbeat.count({ where: { role: 'worker', seenAt } })])
  return { customers, firewalls, operators, workers }
}

async function readLastBackup(): Promise<InstallationDto['lastBackup']> {
  const row = await db().installationBackup.findFirst({ orderBy: { at: 'desc' } })
  return row && { at: row.at.toISOString(), fileName: row.fileName, bytes: Number(row.bytes), durationMs: row.durationMs }
}

async function readAudit(publicKeyPem: string): Promise<InstallationDto['audit']> {
  const [first, last, checkpoint, verification] = await Promise.all([
    db().auditEntry.findFirst({ orderBy: { entry: 'asc' }, select: { entry: true } }),
    db().auditEntry.findFirst({ orderBy: { entry: 'desc' }, select: { entry: true } }),
    db().auditCheckpoint.findFirst({ orderBy: { entry: 'desc' } }),
    db().auditVerification.findFirst({ orderBy: { at: 'desc' } }),
  ])
  return {
    firstEntry: first && Number(first.entry),
    lastEntry: last && Number(last.entry),
    lastCheckpoint: checkpoint && { entry: Number(checkpoint.entry), at: checkpoint.at.toISOString() },
    checkpointFile: path.resolve(checkpointFile()),
    publicKeyPem,
    lastVerification: verification && {
      at: verification.at.toISOString(),
      firstEntry: Number(verification.firstEntry),
      lastEntry: Number(verification.lastEntry),
      entries: Number(verification.entries),
      problem: verification.problem,
      problemEntry: verification.problemEntry === null ? null : Number(verification.problemEntry),
      durationMs: verification.durationMs,
    },
  }
}

/** What only the owner sees: the state of Palisade itself, the age of its last backup included. */
export async function readInstallation(actor: Actor, now: Date): Promise<InstallationDto> {
  authorise(actor, 'installation:manage', { customerId: null })
  const { PALISADE_DATA_DIR, PALISADE_MASTER_KEY_COMMAND } = environment()
  const dataDir = path.resolve(PALISADE_DATA_DIR)
  const row = await db().installation.findUniqueOrThrow({ where: { id: 1 }, select: { createdAt: true, auditPublicPem: true } })
  const [{ bytes, migration, folder }, counts, lastBackup, audit] = await Promise.all([databaseFacts(), readCounts(now), readLastBackup(), readAudit(row.auditPublicPem)])
  return {
    createdAt: row.createdAt.toISOString(),
    migration: migration ?? '',
    nodeVersion: process.version,
    masterKey: PALISADE_MASTER_KEY_COMMAND === undefined ? { source: 'file', where: path.resolve(masterKeyFile()) } : { source: 'command', where: 'PALISADE_MASTER_KEY_COMMAND' },
    dataDir,
    database: { embedded: folder === path.join(dataDir, 'postgres'), bytes: Number(bytes) },
    counts,
    lastBackup,
    audit,
  }
}
