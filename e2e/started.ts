// The real product as a person starts it, on a data directory of its own.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { freePort } from '@/lib/cli/port.mjs'
import { runNode } from '@/lib/cli/run.mjs'
import { startCommand } from '@/lib/cli/start-command.mjs'

export type Started = {
  /** As the console prints it. */
  url: string
  /** All that the console printed so far. */
  output(): string
  /** Stops it and starts it again on the same data. */
  restart(): Promise<void>
  dataDir: string
  /** Runs the admin command on its data; returns what it printed. Throws when it fails. */
  admin(args: string[]): Promise<string>
  /** A bearer token, made by the admin command. */
  token(email: string, role: string): Promise<string>
  /** Ends every process of it; the data stays until `stop`. */
  end(): Promise<void>
  /** Ends every process of it and removes its data. */
  stop(): Promise<void>
}

const READY = /Ctrl-C stops Palisade/

/** Waits until the console says that it is ready. `extra` is added to the environment. */
export async function startProduct(extra: Record<string, string> = {}): Promise<Started> {
  const folder = mkdtempSync(path.join(tmpdir(), 'palisade-e2e-'))
  const port = await freePort()
  const env = {
    PORT: String(port),
    HOST: '',
    PALISADE_URL: '',
    DATABASE_URL: '',
    PALISADE_DATA_DIR: path.join(folder, 'data'),
    PALISADE_ALLOWED_NETWORKS: '127.0.0.0/8',
    PALISADE_ADMIN_EMAIL: '',
    PALISADE_ADMIN_PASSWORD: '',
    PALISADE_TRUSTED_PROXIES: '',
    LOG_LEVEL: 'warn',
    ...extra,
  }
  let command = startCommand(env)
  const stopCommand = async () => {
    command.signal('SIGTERM')
    await command.ended
  }
  const stop = async () => {
    await stopCommand()
    rmSync(folder, { recursive: true, force: true })
  }
  const admin = async (args: string[]): Promise<string> => {
    const { code, output } = await runNode(['lib/cli/admin.mjs', ...args], { env })
    if (code !== 0) throw new Error(`npm run admin -- ${args.join(' ')} failed:\n${output}`)
    return output
  }
  await command.says(READY).catch(async (error: unknown) => {
    await stop()
    throw error
  })
  return {
    url: `http://localhost:${port}`,
    output: () => command.output(),
    async restart() {
      await stopCommand()
      command = startCommand(env)
      await command.says(READY)
    },
    dataDir: env.PALISADE_DATA_DIR,
    admin,
    async token(email, role) {
      const output = await admin(['token', 'create', '--email', email, '--role', role])
      const token = /^pal_\S+$/m.exec(output)?.[0]
      if (token === undefined) throw new Error(`No token was made:\n${output}`)
      return token
    },
    end: stopCommand,
    stop,
  }
}
