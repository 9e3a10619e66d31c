import path from 'node:path'
import { parseArgs } from 'node:util'
import { consoleActor } from '@/lib/auth/actor'
import { environment } from '@/lib/core/env'
import { checkBackup, checkedBackup } from '@/lib/installation-backup/check'
import { createBackup } from '@/lib/installation-backup/create'
import { removeOldDrafts } from '@/lib/installation-backup/drafts'
import { finishRestore } from '@/lib/installation-backup/finish-restore'
import { loadBackup } from '@/lib/installation-backup/load'

const number = new Intl.NumberFormat('en-GB')
const counted = (count: number, what: string) => `${number.format(count)} ${what}${count === 1 ? '' : 's'}`
const say = (text: string) => void process.stderr.write(`${text}\n`)

/** palisade-20261124-173000.tar, in UTC. */
const fileNameAt = (now: Date): string => `palisade-${now.toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')}.tar`

/** Ctrl-C or SIGTERM: what is half written is removed before this process ends. */
function stopSignal(): AbortSignal {
  const controller = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => controller.abort(new Error('The backup was stopped. There is no file.')))
  return controller.signal
}

async function backupCreate(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { to: { type: 'string' } } })
  const now = new Date()
  const folder = path.join(environment().PALISADE_DATA_DIR, 'backups')
  await removeOldDrafts(folder, now)
  const file = path.resolve(values.to ?? path.join(folder, fileNameAt(now)))
  const made = await createBackup(consoleActor(), file, now, stopSignal())
  process.stdout.write(`${made.file}\n`)
  say(`${number.format(made.bytes)} bytes, ${number.format(made.rows)} rows of ${made.tables} tables, audit entries up to ${number.format(made.lastEntry)}, in ${(made.durationMs / 1000).toFixed(1)} s.`)
  say(`SHA-256 ${made.sha256}`)
  say('The master key is not in it. Keep a copy of that key in another place.')
}

const fromOption = { from: { type: 'string', default: '' }, sha256: { type: 'string', default: '' }, backup: { type: 'string', default: '' } } as const

/** Prints what the backup says of itself, once it was read whole and the master key fits. */
async function restoreCheck(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: fromOption })
  process.stdout.write(`${JSON.stringify(await checkBackup(values.from))}\n`)
}

async function restoreLoad(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: fromOption })
  await loadBackup(values.from, values.sha256)
}

/** Prints the number of problems; each is told as a sentence. */
async function restoreFinish(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: fromOption })
  const { opened, auditEntries, checkpoints, sessionsEnded, problems } = await finishRestore(consoleActor(), checkedBackup.parse(JSON.parse(values.backup)), new Date())
  for (const [what, count] of Object.entries(opened)) say(`Opened ${number.format(count)}: ${what}.`)
  if (problems.length === 0) say(`The audit log is whole: ${number.format(auditEntries)} entries, ${counted(checkpoints, 'signed checkpoint')}.`)
  say(`Ended ${counted(sessionsEnded, 'session')} of the old machine. Everybody signs in anew.`)
  for (const problem of problems) say(problem)
  process.stdout.write(`${problems.length}\n`)
}

export const BACKUP_USAGE = `  backup create [--to FILE]                writes the whole installation to one file
  backup restore --from FILE               into an empty data directory, or an empty database`

/** `backup restore` itself begins in lib/cli/restore.mjs, because it comes before there is a database; these are its steps. */
export const backupVerbs: Record<string, (args: string[]) => Promise<void>> = {
  'backup create': backupCreate,
  'restore-check': restoreCheck,
  'restore-load': restoreLoad,
  'restore-finish': restoreFinish,
}
