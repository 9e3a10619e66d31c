import { randomBytes } from 'node:crypto'
import { mkdir, open, rm, type FileHandle } from 'node:fs/promises'
import path from 'node:path'
import { log } from '@/lib/core/log'
import { decrypt, encrypt } from './aead'
import { createDataKey, DataKey, KEY_BYTES, MasterKey } from './key-bytes'
import { runKeyCommand } from './key-command'

export { createDataKey }
export type { DataKey, MasterKey }

const COMMAND_NAME = 'PALISADE_MASTER_KEY_COMMAND'
const FILE_NAME = 'PALISADE_MASTER_KEY_FILE'

/** No usable master key. The message is whole sentences for the console, with what to do. */
export class MasterKeyError extends Error {
  override readonly name = 'MasterKeyError'
}

export type MasterKeySource = {
  file: string
  /** Prints the key instead of the file, if given. */
  command: string | undefined
  /** Whether a missing file may be made: only on an empty database, where nothing is sealed yet. */
  mayCreate: boolean
  /** Told a sentence about a file that works but should be looked after; logs it unless given. */
  warn?: (sentence: string) => void
}

/** The master key: 32 bytes as base64 from a file or a command. Throws MasterKeyError, having written nothing. */
export async function loadMasterKey({ file, command, mayCreate, warn = (sentence) => log().warn(sentence) }: MasterKeySource): Promise<MasterKey> {
  if (command !== undefined) return loadFromCommand(command)
  const handle = await openExisting(file)
  if (handle) return loadFromFile(file, handle, warn)
  if (!mayCreate) {
    throw new MasterKeyError(`The master key file ${file} is missing. The secrets in this database cannot be opened without it. Put it back from your backup, or point ${FILE_NAME} to where it is.`)
  }
  return createFile(file, warn)
}

/** Strict base64 of exactly 32 bytes, or null. */
function keyFromText(text: string): Buffer | null {
  const bytes = Buffer.from(text.trim(), 'base64')
  return bytes.length === KEY_BYTES && bytes.toString('base64') === text.trim() ? bytes : null
}

async function loadFromCommand(command: string): Promise<MasterKey> {
  const outcome = await runKeyCommand(command)
  if (!outcome.ok) throw new MasterKeyError(`The command in ${COMMAND_NAME} ${outcome.error}. Run it by hand to see why; it has to print the master key and nothing else.`)
  const bytes = keyFromText(outcome.value)
  if (!bytes) throw new MasterKeyError(`The command in ${COMMAND_NAME} does not print a master key. It has to print ${KEY_BYTES} bytes as base64 (44 characters) and nothing else.`)
  return new MasterKey(`the command in ${COMMAND_NAME}`, bytes)
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : 'unknown error')

async function openExisting(file: string): Promise<FileHandle | null> {
  try {
    return await open(file, 'r')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    throw new MasterKeyError(`The master key file ${file} cannot be read (${codeOf(error)}). Let the user that runs Palisade read it.`)
  }
}

async function loadFromFile(file: string, handle: FileHandle, warn: (sentence: string) => void): Promise<MasterKey> {
  try {
    const stats = await handle.stat()
    const text = stats.isFile() && stats.size <= 1024 ? await handle.readFile('utf8') : ''
    const bytes = keyFromText(text)
    if (!bytes) throw new MasterKeyError(`The file ${file} does not hold a master key: it has to be ${KEY_BYTES} bytes as base64 (44 characters). Put the right file there, or point ${FILE_NAME} to it.`)
    if (process.platform !== 'win32' && (stats.mode & 0o007) !== 0) warn(`Everybody on this machine can open the master key file ${file}. Close it with chmod 600.`)
    return new MasterKey(`the file ${file}`, bytes)
  } finally {
    await handle.close()
  }
}

async function createFile(file: string, warn: (sentence: string) => void): Promise<MasterKey> {
  const bytes = randomBytes(KEY_BYTES)
  const handle = await createExclusively(file)
  if (!handle) {
    // Another process was quicker; its key counts.
    const theirs = await openExisting(file)
    if (theirs) return loadFromFile(file, theirs, warn)
    throw new MasterKeyError(`The master key file ${file} disappeared while it was read. Start again.`)
  }
  try {
    await handle.writeFile(`${bytes.toString('base64')}\n`)
    await handle.sync()
  } catch (error) {
    await rm(file, { force: true })
    throw new MasterKeyError(`The master key file ${file} cannot be written (${codeOf(error)}). Point ${FILE_NAME} to a place that the user of Palisade can write to.`)
  } finally {
    await handle.close()
  }
  return new MasterKey(`the file ${file}`, bytes)
}

async function createExclusively(file: string): Promise<FileHandle | null> {
  try {
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
    return await open(file, 'wx', 0o600)
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return null
    throw new MasterKeyError(`The master key file ${file} cannot be created (${codeOf(error)}). Point ${FILE_NAME} to a place that the user of Palisade can write to.`)
  }
}

const WRAP_VERSION = 'w1'
const wrapContext = (keyId: string): string => JSON.stringify(['palisade data key', WRAP_VERSION, keyId])

/** The data key as it may stand in the database: `w1.<iv>.<tag>.<body>`. */
export const wrapDataKey = (dataKey: DataKey, masterKey: MasterKey): string => `${WRAP_VERSION}.${encrypt(dataKey.reveal(), masterKey.reveal(), wrapContext(dataKey.id))}`

/** Throws MasterKeyError that names where the master key came from when it is not the one that wrapped this data key. */
export function unwrapDataKey(wrapped: string, keyId: string, masterKey: MasterKey): DataKey {
  const prefix = `${WRAP_VERSION}.`
  const bytes = wrapped.startsWith(prefix) ? decrypt(wrapped.slice(prefix.length), masterKey.reveal(), wrapContext(keyId)) : null
  if (bytes) return new DataKey(keyId, bytes)
  throw new MasterKeyError(`The master key from ${masterKey.origin} does not fit this database. Use the key with which this database was set up; nothing was changed.`)
}
