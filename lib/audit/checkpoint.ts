import 'server-only'
import { createPrivateKey, sign } from 'node:crypto'
import { canonicalJson } from '@/lib/core/canonical-json'
import { db } from '@/lib/db/client'
import { installationKeys } from '@/lib/installation/keys'

const EVERY_ENTRIES = 100
const EVERY_MS = 300_000

/** What a checkpoint signs: the head of the chain at a moment. */
export const checkpointText = (entry: bigint, hash: string, at: Date): string => canonicalJson({ at, entry: Number(entry), hash })

/** Signs the head of the chain (Ed25519) every 100 entries, and every 5 minutes when something was added. */
export async function signCheckpointIfDue(now: Date): Promise<void> {
  const [head, last] = await Promise.all([db().auditEntry.findFirst({ orderBy: { entry: 'desc' }, select: { entry: true, hash: true } }), db().auditCheckpoint.findFirst({ orderBy: { entry: 'desc' } })])
  if (!head || head.entry === last?.entry) return
  const added = Number(head.entry - (last?.entry ?? 0n))
  if (added < EVERY_ENTRIES && last && now.getTime() - last.at.getTime() < EVERY_MS) return
  const { auditPrivatePem } = await installationKeys()
  const signature = sign(null, Buffer.from(checkpointText(head.entry, head.hash, now)), createPrivateKey(auditPrivatePem.reveal())).toString('base64')
  // Two workers may sign the same head; one row is enough.
  await db().auditCheckpoint.createMany({ data: { entry: head.entry, hash: head.hash, at: now, signature }, skipDuplicates: true })
}
