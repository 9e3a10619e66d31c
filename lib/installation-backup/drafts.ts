import 'server-only'
import { readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'

const DRAFT = /^palisade-\d{8}-\d{6}\.tar\.[0-9a-f]{8}\.part$/
/** No backup takes this long. */
const LEFT_BEHIND_MS = 86_400_000

/** Removes what killed runs left in the folder of backups. Younger ones may be another run's. */
export async function removeOldDrafts(folder: string, now: Date): Promise<void> {
  const names = await readdir(folder).catch(() => [])
  for (const name of names.filter((one) => DRAFT.test(one))) {
    const file = path.join(folder, name)
    const found = await stat(file).catch(() => null)
    if (found && now.getTime() - found.mtimeMs > LEFT_BEHIND_MS) await rm(file, { force: true })
  }
}
