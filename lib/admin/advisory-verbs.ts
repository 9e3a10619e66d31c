import { readFile, stat } from 'node:fs/promises'
import { checkAdvisories } from '@/lib/advisories/check'
import { advisoriesPath } from '@/lib/advisories/file'
import { FILE_BYTES_MAX } from '@/lib/advisories/format'
import { AppError } from '@/lib/core/errors'
import { plural } from '@/lib/format/numbers'

/** `advisories check [FILE]`: how many a file holds, or everything that is wrong with it; that of the data directory when none is named. */
export async function advisoriesCheck([named]: string[]): Promise<void> {
  const file = named ?? advisoriesPath()
  const { size } = await stat(file).catch(() => {
    throw new AppError('invalid-input', `There is no file ${file}.`, { nextStep: 'docs/advisories.md describes what stands in it.' })
  })
  const { advisories, refused, problem } = size > FILE_BYTES_MAX ? { advisories: [], refused: [], problem: `The file is larger than ${FILE_BYTES_MAX / 1024 / 1024} MiB.` } : checkAdvisories(await readFile(file, 'utf8'))
  if (problem !== null) throw new AppError('invalid-input', `${file} cannot be used. ${problem}`, { nextStep: 'docs/advisories.md describes the format.' })
  for (const { at, id, reason } of refused) process.stderr.write(`Entry ${at}${id === null ? '' : ` (${id})`} is refused. ${reason}\n`)
  if (refused.length > 0) throw new AppError('invalid-input', `${plural(refused.length, 'entry', 'entries')} of ${file} cannot be used.`, { nextStep: 'docs/advisories.md describes the format.' })
  process.stdout.write(`${file} is well: ${plural(advisories.length, 'advisory', 'advisories')}.\n`)
}
