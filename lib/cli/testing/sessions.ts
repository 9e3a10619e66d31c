import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { chmodSync, chownSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import pg from 'pg'
import { z } from 'zod'

const answerSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), url: z.string(), port: z.number(), adopted: z.boolean(), pid: z.number() }),
  z.object({ ok: z.literal(false), message: z.string() }),
])

export const NOBODY = 65_534
export const isRoot = process.getuid?.() === 0

const ended = (child: ChildProcessWithoutNullStreams): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve()
    else child.once('exit', () => resolve())
  })

/** Starts a process that uses the embedded database of `dataDir` and waits for what it says. */
export async function openSession(dataDir: string, { uid, port }: { uid?: number; port?: number } = {}) {
  const script = path.join(import.meta.dirname, 'postgres-session.mjs')
  const child = spawn(process.execPath, [script, dataDir, ...(port ? [String(port)] : [])], uid === undefined ? {} : { uid, gid: uid })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve)
    child.once('exit', () => reject(new Error(`The session ended without an answer: ${said}`)))
  })
  return {
    answer: answerSchema.parse(JSON.parse(line)),
    async close(): Promise<void> {
      child.stdin.end('close\n')
      await ended(child)
    },
    async kill(): Promise<void> {
      child.kill('SIGKILL')
      await ended(child)
    },
  }
}

/** A folder below the system's temporary folder; closed to other users unless `open`. */
export function temporaryFolder({ open = false, owner }: { open?: boolean; owner?: number } = {}) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'palisade-test-'))
  if (open) chmodSync(folder, 0o755)
  if (owner !== undefined && isRoot) chownSync(folder, owner, owner)
  return { path: folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** One value from a database. */
export async function ask(url: string, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    const { rows } = await client.query<Record<string, unknown>>(sql)
    return Object.values(rows[0] ?? {})[0]
  } finally {
    await client.end()
  }
}
