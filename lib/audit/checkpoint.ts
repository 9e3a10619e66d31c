import 'server-only'
import { createPrivateKey, createPublicKey, sign } from 'node:crypto'
import { log } from '@/lib/core/log'
import { db } from '@/lib/db/client'
import { LOCKS } from '@/lib/db/locks'
import { headsOfChain } from '@/lib/db/sql'
import { unlessRunning } from '@/lib/db/statements'
import type { Checkpoint } from '@/lib/db/audit-chain'
import { installationKeys } from '@/lib/installation/keys'
import { appendCheckpoints, checkpointFile } from './checkpoint-file'
import { checkpointText } from './checkpoint-text'

const EVERY_ENTRIES = 100
const EVERY_MS = 300_000
/** Signed, or written to the file, at a time. */
const AT_ONCE_MAX = 500
/** A file that cannot be written is tried again after this. */
const RETRY_MS = 30_000

type Heads = { entry: number; signed: number; signedAt: Date | null }
export type CheckpointKeeper = {
  /** Signs what is due and brings the file up to date. `all`: also the newest entry, whatever its age. */
  keep(now: Date, options?: { all?: boolean }): Promise<void>
}

/** Entries to sign: each hundredth after the last checkpoint, and the newest one when that is 5 minutes old or `all` is wanted. */
function duePlaces({ entry, signed, signedAt }: Heads, now: Date, all: boolean): number[] {
  const places: number[] = []
  for (let place = signed + EVERY_ENTRIES; place <= entry && places.length < AT_ONCE_MAX; place += EVERY_ENTRIES) places.push(place)
  const [newest, waits] = [places.at(-1) ?? signed, signedAt !== null && now.getTime() - signedAt.getTime() < EVERY_MS]
  if (newest < entry && places.length === 0 && (all || !waits)) places.push(entry)
  return places
}

async function signPlaces(places: readonly number[], now: Date): Promise<void> {
  const entries = await db().auditEntry.findMany({ where: { entry: { in: places.map(BigInt) } }, select: { entry: true, hash: true } })
  const key = createPrivateKey((await installationKeys()).auditPrivatePem.reveal())
  const data = entries.map(({ entry, hash }) => ({ entry, hash, at: now, signature: sign(null, Buffer.from(checkpointText(Number(entry), hash, now.toISOString())), key).toString('base64') }))
  await db().auditCheckpoint.createMany({ data, skipDuplicates: true })
}

async function checkpointsAfter(entry: number): Promise<Checkpoint[]> {
  const rows = await db().auditCheckpoint.findMany({ where: { entry: { gt: entry } }, orderBy: { entry: 'asc' }, take: AT_ONCE_MAX })
  return rows.map((row) => ({ entry: Number(row.entry), at: row.at.toISOString(), hash: row.hash, signature: row.signature }))
}

async function writeFile(): Promise<number> {
  const key = createPublicKey((await installationKeys()).auditPublicPem)
  return appendCheckpoints(checkpointFile(), key.export({ type: 'spki', format: 'der' }).toString('base64'), checkpointsAfter)
}

/**
 * Keeps the checkpoints of this process's machine: in the database, and in the file from where they are copied elsewhere.
 * Any number of processes may have one. An unwritable file is said once and tried again; no checkpoint is lost by it.
 */
export function checkpointKeeper(): CheckpointKeeper {
  let writtenUpTo = -1
  let tryFileAt = 0

  async function updateFile(now: Date): Promise<void> {
    try {
      writtenUpTo = await writeFile()
      if (tryFileAt > 0) log().info({ file: checkpointFile() }, 'the checkpoint file can be written again')
      tryFileAt = 0
    } catch (error) {
      if (tryFileAt === 0) log().error({ file: checkpointFile(), err: { message: error instanceof Error ? error.message : 'unknown' } }, 'the checkpoint file cannot be written, trying again')
      tryFileAt = now.getTime() + RETRY_MS
    }
  }

  async function keep(now: Date, { all = false }: { all?: boolean } = {}): Promise<void> {
    for (let before = -1; ; ) {
      const heads = await headsOfChain()
      // What is due stays due when the entry is not there any more; then there is nothing to sign.
      const due = heads.signed > before && duePlaces(heads, now, all).length > 0
      const behind = heads.signed > writtenUpTo && (all || now.getTime() >= tryFileAt)
      if (!due && !behind) return
      before = heads.signed
      const ran = await unlessRunning(LOCKS.auditSigning, async () => {
        // Another process may have signed while this one came to its turn; places are signed in their order.
        const places = duePlaces(await headsOfChain(), now, all)
        if (places.length > 0) await signPlaces(places, now)
        if (all || now.getTime() >= tryFileAt) await updateFile(now)
      })
      if (!ran || !due) return
    }
  }
  return { keep }
}
