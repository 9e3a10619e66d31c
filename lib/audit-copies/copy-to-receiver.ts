import 'server-only'
import { log } from '@/lib/core/log'
import { db } from '@/lib/db/client'
import type { AuditCopy, AuditEntry } from '@/lib/db/generated/client'
import { allowedNetworks } from '@/lib/firewalls/connect'
import { sendOneWay } from '@/lib/outbound/one-way'
import type { Trust } from '@/lib/outbound/trust'
import { copyTarget, type CopySecurity, type SyslogTarget } from './input'
import { receiverTrouble } from './receiver-trouble'
import { entryFrame } from './syslog-message'
import { noteCopied, noteFailed } from './position'

const ENTRIES_AT_ONCE = 500
const BYTES_AT_ONCE = 1024 * 1024
/** A receiver that dies loses what it took and had not written yet: after a failure that much is sent again. */
const OVERLAP = 100n
/** Copies take turns: one that is far behind goes on in the next round. */
const ROUND_MS = 10_000

const trustOf = (security: CopySecurity): Trust => (security.mode === 'pin' ? { mode: 'pin', sha256: security.sha256, spkiSha256: null } : security.mode === 'plain' ? { mode: 'plain-http' } : { mode: 'public-ca' })

/** Sends frames to a receiver; returns when it has read them. Throws in the words of a receiver. */
export async function sendFrames({ host, port, security }: SyslogTarget, frames: readonly Buffer[], signal: AbortSignal, certificateAuthorities?: readonly string[]): Promise<void> {
  await sendOneWay({ host, port, trust: trustOf(security), allowedNetworks: allowedNetworks(), signal, ...(certificateAuthorities && { certificateAuthorities }) }, Buffer.concat(frames)).catch((error: unknown) => {
    throw receiverTrouble(error)
  })
}

/** As many of these entries as go together, with the last of them. */
function batchOf(rows: readonly AuditEntry[]): { frames: Buffer[]; last: bigint | null } {
  const frames: Buffer[] = []
  let [bytes, last]: [number, bigint | null] = [0, null]
  for (const row of rows) {
    const one = entryFrame(row)
    if (frames.length > 0 && bytes + one.length > BYTES_AT_ONCE) break
    frames.push(one)
    bytes += one.length
    last = row.entry
  }
  return { frames, last }
}

const entriesAfter = (after: bigint): Promise<AuditEntry[]> => db().auditEntry.findMany({ where: { entry: { gt: after } }, orderBy: { entry: 'asc' }, take: ENTRIES_AT_ONCE })

/**
 * Sends a receiver what it does not have yet, in the order of the chain and each entry at least once. Its place moves only
 * after it has read to the end. A failure is noted and tried again later; it is never thrown.
 */
export async function copyToReceiver(copy: AuditCopy, signal: AbortSignal): Promise<void> {
  const startedAt = performance.now()
  let after = copy.lastEntry
  let failures = copy.failures
  try {
    const target = copyTarget.parse(copy.settings)
    if (target.kind !== 'syslog') return
    while (!signal.aborted && performance.now() - startedAt < ROUND_MS) {
      const { frames, last } = batchOf(await entriesAfter(after))
      if (last === null) return
      await sendFrames(target, frames, signal)
      if (!(await noteCopied(copy, last))) return
      if (failures > 0) log().info({ copy: copy.name }, 'a copy of the audit log arrives again')
      ;[after, failures] = [last, 0]
    }
  } catch (error) {
    if (signal.aborted) return
    const back = failures === 0 ? after - OVERLAP : after
    await noteFailed({ ...copy, failures }, back < copy.firstEntry - 1n ? copy.firstEntry - 1n : back, error)
  }
}
