import 'server-only'
import path from 'node:path'
import { z } from 'zod'
import { environment } from '@/lib/core/env'
import { masterKeyFile } from '@/lib/installation/keys'
import { loadMasterKey, MasterKeyError, unwrapDataKey } from '@/lib/secrets/master-key'
import type { BackupHeader } from './format'
import { readArchive } from './read-archive'

/** What a whole backup says of itself; the steps of a restore hand it on. */
export const checkedBackup = z.strictObject({
  fileName: z.string(),
  sha256: z.string(),
  bytes: z.number(),
  createdAt: z.string(),
  palisadeVersion: z.string(),
  migrations: z.array(z.strictObject({ name: z.string(), checksum: z.string() })),
  tableNames: z.array(z.string()),
  rows: z.number(),
  lastEntry: z.number(),
  lastHash: z.string().nullable(),
})
export type CheckedBackup = z.output<typeof checkedBackup>

/** Throws MasterKeyError when the key at hand did not wrap this data key. It is never made: a new one would open nothing. */
async function demandMasterKey({ dataKeyWrapped, dataKeyId }: BackupHeader): Promise<void> {
  const master = await loadMasterKey({ file: masterKeyFile(), command: environment().PALISADE_MASTER_KEY_COMMAND, mayCreate: false, warn: () => undefined })
  try {
    unwrapDataKey(dataKeyWrapped, dataKeyId, master)
  } catch {
    throw new MasterKeyError(`The master key from ${master.origin} does not fit this backup. Restore with the key of the installation that was backed up.`)
  }
}

/** Reads a backup whole and tries the master key on it; writes nothing and needs no database. */
export async function checkBackup(file: string): Promise<CheckedBackup> {
  const { header, manifest, bytes, sha256 } = await readArchive(file)
  await demandMasterKey(header)
  return {
    fileName: path.basename(file),
    sha256,
    bytes,
    createdAt: header.createdAt,
    palisadeVersion: header.palisadeVersion,
    migrations: header.migrations,
    tableNames: header.tables.map(({ name }) => name),
    rows: manifest.tables.reduce((total, table) => total + table.rows, 0),
    lastEntry: manifest.auditHead?.entry ?? 0,
    lastHash: manifest.auditHead?.hash ?? null,
  }
}
