import path from 'node:path'
import { parseArgs } from 'node:util'
import { verifyAuditLog } from '@/lib/audit/verify-log'
import { consoleActor } from '@/lib/auth/actor'
import { AppError } from '@/lib/core/errors'

/** `audit verify [--checkpoints FILE]`: prints what was looked over. Throws the first problem as a sentence. */
export async function auditVerify(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { checkpoints: { type: 'string' } } })
  const found = await verifyAuditLog(consoleActor(), { file: values.checkpoints === undefined ? null : path.resolve(values.checkpoints) })
  const { firstEntry, lastEntry, lastHash, entries, checkpoints, keptCheckpoints, signedUpTo, problem, durationMs } = found
  if (problem) throw new AppError('conflict', problem.sentence, { nextStep: 'Keep the database, its backups and all copies of the checkpoint file as they are, and find out who could write to the database.' })
  process.stdout.write(
    `${[
      `The audit log is whole: ${entries} entries, from ${firstEntry} to ${lastEntry}.`,
      `Checkpoints: ${checkpoints} in the database, ${keptCheckpoints} in the file; the newest signs entry ${signedUpTo}.`,
      `Head: entry ${lastEntry}, ${lastHash}`,
      `Time: ${(durationMs / 1000).toFixed(2)} s`,
    ].join('\n')}\n`,
  )
}
