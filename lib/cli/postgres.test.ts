import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { startMark } from './processes.mjs'
import { NOBODY, ask, isRoot, openSession, temporaryFolder } from './testing/sessions'

const undo: (() => unknown)[] = []
afterEach(async () => {
  for (const part of undo.splice(0).reverse()) await part()
})

function folder(options?: Parameters<typeof temporaryFolder>[0]): string {
  const made = temporaryFolder(options)
  undo.push(made.remove)
  return path.join(made.path, 'data')
}

async function open(dataDir: string, options?: Parameters<typeof openSession>[1]) {
  const session = await openSession(dataDir, options)
  undo.push(session.close)
  if (!session.answer.ok) throw new Error(session.answer.message)
  return { ...session, answer: session.answer }
}

/** Starts, writes, stops, starts again and reads: what every way of running the server has to do. */
async function provesItself(dataDir: string, uid?: number): Promise<number> {
  const first = await open(dataDir, { uid })
  await ask(first.answer.url, 'CREATE TABLE kept AS SELECT 7 AS number')
  await first.close()
  expect(startMark(first.answer.pid)).toBeNull()
  const second = await open(dataDir, { uid })
  expect(await ask(second.answer.url, 'SELECT number FROM kept')).toBe(7)
  const ownerOfServer = statSync(`/proc/${second.answer.pid}`).uid
  await second.close()
  return ownerOfServer
}

const canRunAsNobody = isRoot && [import.meta.dirname, process.execPath].every((place) => isOpenToOthers(place))
function isOpenToOthers(place: string): boolean {
  const parent = path.dirname(place)
  return (statSync(place).mode & 0o005) === 0o005 && (parent === place || isOpenToOthers(parent))
}

describe('openPostgres, by the user that starts it', () => {
  it.skipIf(isRoot && !canRunAsNobody)('runs as an ordinary user', async () => {
    const uid = isRoot ? NOBODY : undefined
    expect(await provesItself(folder({ owner: NOBODY }), uid)).toBe(uid ?? process.getuid?.())
  })

  it.runIf(isRoot)('drops root where an unprivileged account can reach the data', async () => {
    expect(await provesItself(folder({ open: true }))).not.toBe(0)
  })

  it.runIf(isRoot)('runs in a user namespace below a folder that is closed to others', async () => {
    const dataDir = folder()
    await provesItself(dataDir)
    expect(statSync(path.join(dataDir, 'postgres')).uid).toBe(0)
    expect(readFileSync(path.join(dataDir, 'postgres.log'), 'utf8')).toContain('ready to accept connections')
  })

  it.runIf(isRoot)('recovers in a user namespace after its server and its user were killed', async () => {
    const dataDir = folder()
    const killed = await open(dataDir)
    process.kill(killed.answer.pid, 'SIGKILL')
    await killed.kill()
    const next = await open(dataDir)
    expect(await ask(next.answer.url, 'SELECT 1')).toBe(1)
  })
})

describe('openPostgres, what it leaves on disk', () => {
  it('keeps the password for itself and takes no locale from the machine', async () => {
    const dataDir = folder({ open: true })
    const { answer } = await open(dataDir)
    expect(statSync(path.join(dataDir, 'postgres.password')).mode & 0o777).toBe(0o600)
    expect(statSync(path.join(dataDir, 'postgres.log')).mode & 0o777).toBe(0o600)
    expect(readdirSync(dataDir).filter((name) => name.includes('init-'))).toEqual([])
    expect(await ask(answer.url, 'SHOW listen_addresses')).toBe('127.0.0.1')
    expect(await ask(answer.url, `SELECT datlocprovider::text || datlocale FROM pg_database WHERE datname = 'palisade'`)).toBe('bC.UTF-8')
    const wrong = new URL(answer.url)
    wrong.password = 'wrong'
    await expect(ask(wrong.href, 'SELECT 1')).rejects.toThrow(/password authentication failed/)
  })

  it('stops with a sentence and touches nothing when the data is of another major version', async () => {
    const dataDir = folder({ open: true })
    mkdirSync(path.join(dataDir, 'postgres'), { recursive: true })
    writeFileSync(path.join(dataDir, 'postgres/PG_VERSION'), '15\n')
    const session = await openSession(dataDir)
    expect(session.answer).toEqual({ ok: false, message: expect.stringMatching(/was made by PostgreSQL 15, and this Palisade carries PostgreSQL 18\. Nothing was changed\./) })
    expect(readdirSync(dataDir)).toEqual(['postgres'])
    expect(readdirSync(path.join(dataDir, 'postgres'))).toEqual(['PG_VERSION'])
  })

  it('says which file is missing when data is there without its password', async () => {
    const dataDir = folder({ open: true })
    mkdirSync(path.join(dataDir, 'postgres'), { recursive: true })
    const session = await openSession(dataDir)
    expect(session.answer).toEqual({ ok: false, message: expect.stringContaining(path.join(dataDir, 'postgres.password')) })
  })
})

describe('openPostgres, several at once and after a crash', () => {
  it('ends with one server when four start at once, and the last one out stops it', async () => {
    const dataDir = folder({ open: true })
    const sessions = await Promise.all([1, 2, 3, 4].map(() => open(dataDir)))
    expect(new Set(sessions.map(({ answer }) => answer.pid)).size).toBe(1)
    expect(sessions.filter(({ answer }) => !answer.adopted)).toHaveLength(1)
    const [first, second, third, fourth] = sessions
    await Promise.all([first?.close(), second?.close(), third?.close()])
    expect(await ask(fourth?.answer.url ?? '', 'SELECT 1')).toBe(1)
    await fourth?.close()
    expect(startMark(fourth?.answer.pid ?? 0)).toBeNull()
  })

  it('adopts the server of a process that was killed, and then stops it', async () => {
    const dataDir = folder({ open: true })
    const killed = await open(dataDir)
    await killed.kill()
    expect(startMark(killed.answer.pid)).not.toBeNull()
    const next = await open(dataDir)
    expect(next.answer).toMatchObject({ adopted: true, pid: killed.answer.pid })
    await next.close()
    expect(startMark(killed.answer.pid)).toBeNull()
  })

  it('recovers committed data after kill -9 of the server', async () => {
    const dataDir = folder({ open: true })
    const killed = await open(dataDir)
    await ask(killed.answer.url, 'CREATE TABLE kept AS SELECT 7 AS number')
    process.kill(killed.answer.pid, 'SIGKILL')
    const next = await open(dataDir)
    expect(next.answer.adopted).toBe(false)
    expect(await ask(next.answer.url, 'SELECT number FROM kept')).toBe(7)
  })

  it('starts over a postmaster.pid whose process id now belongs to another program', async () => {
    const dataDir = folder({ open: true })
    const first = await open(dataDir)
    const file = path.join(dataDir, 'postgres/postmaster.pid')
    const lines = readFileSync(file, 'utf8').split('\n')
    await first.close()
    expect(existsSync(file)).toBe(false)
    writeFileSync(file, [String(process.pid), ...lines.slice(1)].join('\n'))
    const next = await open(dataDir)
    expect(next.answer.adopted).toBe(false)
    expect(await ask(next.answer.url, 'SELECT 1')).toBe(1)
  })

  it('leaves a busy port to whoever has it', async () => {
    const busy = net.createServer().listen(0, '127.0.0.1')
    undo.push(() => busy.close())
    await new Promise((resolve) => busy.once('listening', resolve))
    const address = busy.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const { answer } = await open(folder({ open: true }), { port })
    expect(answer.port).not.toBe(port)
    expect(await ask(answer.url, 'SELECT 1')).toBe(1)
  })
})
