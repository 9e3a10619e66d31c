import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { z } from 'zod'
import { freePort } from './port.mjs'
import { isAlive, recordOf } from './processes.mjs'
import { startCommand } from './start-command.mjs'
import { ask, temporaryFolder } from './testing/sessions'

// The start command on a real build, ended in every way in which it can end. No browser is needed.

const READY = /Ctrl-C stops Palisade/
const LINK = /http:\/\/localhost:\d+\/setup\?token=\S+/
const childrenSchema = z.array(z.object({ pid: z.number(), mark: z.string(), name: z.string() }))

// Each start has a folder and a port of its own.
test.describe.configure({ mode: 'parallel' })

const undo: (() => unknown)[] = []
test.afterEach(async () => {
  for (const part of undo.splice(0).reverse()) await part()
})

async function place(extra: Record<string, string> = {}) {
  const folder = temporaryFolder()
  undo.push(folder.remove)
  const port = await freePort()
  const dataDir = path.join(folder.path, 'data')
  const env = { PORT: String(port), PALISADE_DATA_DIR: dataDir, DATABASE_URL: '', PALISADE_URL: '', HOST: '', PALISADE_ADMIN_EMAIL: '', PALISADE_ADMIN_PASSWORD: '', LOG_LEVEL: 'warn', ...extra }
  return { env, port, dataDir, url: `http://127.0.0.1:${port}` }
}

type Place = Awaited<ReturnType<typeof place>>

function start(where: Place, options?: Parameters<typeof startCommand>[1]) {
  const command = startCommand(where.env, options)
  undo.push(async () => {
    command.signal('SIGTERM')
    await command.ended
  })
  return command
}

const children = (where: Place) => childrenSchema.parse(JSON.parse(readFileSync(path.join(where.dataDir, 'processes.json'), 'utf8')))
const child = (where: Place, name: string) => children(where).find((record) => record.name === name) ?? { pid: 0, mark: '' }
const postmaster = (where: Place) => recordOf(Number(readFileSync(path.join(where.dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]))
const isHealthy = async (where: Place) => (await fetch(`${where.url}/api/v1/health`).catch(() => undefined))?.ok === true

test('one start, a second one on the same data, and a clean end by SIGTERM to npm', async () => {
  const where = await place()
  const first = start(where, { npm: true })
  await first.says(READY)
  expect(first.output()).toContain(`http://localhost:${where.port}\n`)
  expect(first.output()).toMatch(LINK)
  const everything = [...children(where), postmaster(where)]
  expect(everything).toHaveLength(3)
  expect(everything.every(isAlive)).toBe(true)

  const second = start({ ...where, env: { ...where.env, PORT: String(await freePort()) } })
  expect(await second.ended).toBe(1)
  expect(second.output()).toContain(`Palisade already runs at http://localhost:${where.port} with the data directory ${where.dataDir}`)
  expect(await isHealthy(where)).toBe(true)

  first.signal('SIGTERM')
  await first.ended
  expect(everything.some(isAlive)).toBe(false)
  const again = start(where)
  await again.says(READY)
})

test('the next start after kill -9 of the supervisor, of everything at once, and of each part alone', async () => {
  const where = await place()
  let command = start(where)
  await command.says(READY)

  command.signal('SIGKILL')
  await command.ended
  command = start(where)
  await command.says(READY)

  await test.step('web process and worker start again by themselves', async () => {
    for (const name of ['web process', 'worker']) {
      const before = child(where, name)
      process.kill(before.pid, 'SIGKILL')
      await command.says(new RegExp(`The ${name} was ended by SIGKILL. It starts again in 0.5 s.`))
      await expect.poll(() => isAlive(child(where, name)) && child(where, name).pid !== before.pid).toBe(true)
    }
    await expect.poll(() => isHealthy(where)).toBe(true)
  })

  await test.step('PostgreSQL starts again and the pages find it', async () => {
    process.kill(postmaster(where).pid, 'SIGKILL')
    await command.says(/PostgreSQL ended unexpectedly. It starts again./)
    await expect.poll(async () => (await fetch(`${where.url}/api/v1/ready`).catch(() => undefined))?.status, { timeout: 30_000 }).toBe(200)
  })

  const parts = [...children(where), postmaster(where)]
  command.signal('SIGKILL')
  for (const part of parts) process.kill(part.pid, 'SIGKILL')
  await command.ended
  command = start(where)
  await command.says(READY)
  expect(await isHealthy(where)).toBe(true)
})

test('what stands in the way is said in one sentence and nothing is left running', async () => {
  const where = await place()
  const busy = net.createServer().listen(where.port, '127.0.0.1')
  undo.push(() => busy.close())
  await new Promise((resolve) => busy.once('listening', resolve))
  const blocked = start(where)
  expect(await blocked.ended).toBe(1)
  // Before it, an old Node.js may be told of.
  expect(blocked.output().split('\n').filter((line) => !line.startsWith('Node.js ')).join('\n')).toBe(`Port ${where.port} on 127.0.0.1 is in use by another program. Stop that program, or choose another port: PORT=${where.port + 1} npm start\n`)

  const open = start(await place({ HOST: '0.0.0.0' }))
  expect(await open.ended).toBe(1)
  expect(open.output()).toContain('Set PALISADE_URL to the https address that people open')

  const foreign = await place()
  mkdirSync(path.join(foreign.dataDir, 'postgres'), { recursive: true })
  writeFileSync(path.join(foreign.dataDir, 'postgres/PG_VERSION'), '15\n')
  const older = start(foreign)
  expect(await older.ended).toBe(1)
  expect(older.output()).toContain('was made by PostgreSQL 15')
})

test('a wrong or missing master key stops the start and writes nothing', async () => {
  const where = await place()
  const first = start(where)
  await first.says(READY)
  first.signal('SIGINT')
  expect(await first.ended).toBe(0)

  const keyFile = path.join(where.dataDir, 'master.key')
  const right = readFileSync(keyFile)
  for (const content of [Buffer.from(right.toString('utf8').replace(/[A-Za-z0-9]/g, 'A')), null]) {
    if (content) writeFileSync(keyFile, content)
    const other = content ? where : { ...where, env: { ...where.env, PALISADE_MASTER_KEY_FILE: path.join(where.dataDir, 'none.key') } }
    const stopped = start(other)
    expect(await stopped.ended).toBe(1)
    expect(stopped.output()).toContain(content ? keyFile : 'none.key')
  }
  writeFileSync(keyFile, right)
  const again = start(where)
  await again.says(READY)
})

test('the first owner comes from the environment on an empty database, and then there is no set-up link', async () => {
  const where = await place({ PALISADE_ADMIN_EMAIL: 'owner@example.net', PALISADE_ADMIN_PASSWORD: 'Quarry lantern seven oboes' })
  const command = start(where)
  await command.says(READY)
  expect(command.output()).not.toMatch(LINK)
  expect(command.output()).not.toContain('Quarry lantern')
  const password = readFileSync(path.join(where.dataDir, 'postgres.password'), 'utf8').trim()
  const port = readFileSync(path.join(where.dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[3] ?? ''
  expect(await ask(`postgresql://palisade:${password}@127.0.0.1:${port.trim()}/palisade`, 'SELECT email FROM "Operator"')).toBe('owner@example.net')
})
