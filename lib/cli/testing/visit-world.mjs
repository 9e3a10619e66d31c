import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { runAdmin } from '../admin-bundle.mjs'
import { bundleFile } from '../build.mjs'
import { startFakeFleet } from '../fake-fleet.mjs'
import { applyMigrations } from '../migrate.mjs'
import { ROOT, atRoot } from '../paths.mjs'
import { openPostgres } from '../postgres.mjs'
import { endProcess, recordOf } from '../processes.mjs'
import { step } from '../say.mjs'

const KINDS = [['opnsense', '26.7'], ['pfsense-v2', '2.10'], ['pfsense-v1', '1.9']]
const SIZE = { rules: 60, arp: 100, aliases: 20 }
const ADD_AT_ONCE = 20
const LOOK_MS = 100
const WORKER = '.build/visit-worker.mjs'
const SEEDER = '.build/visited-fleet.mjs'

const runSeeder = (env, fleet, spreadSeconds) =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--enable-source-maps', atRoot(SEEDER), String(spreadSeconds)], { cwd: ROOT, env, stdio: ['pipe', 'inherit', 'inherit'] })
    child.once('error', reject)
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`The fleet could not be stored (${code}).`))))
    child.stdin.end(JSON.stringify(fleet))
  })

/** Simulated firewalls, mixed from three families, each answer `latencyMs` after its request. */
async function addFirewalls(fleet, from, count, latencyMs, kinds) {
  const added = []
  for (let first = from; first < from + count; first += ADD_AT_ONCE) {
    const batch = Array.from({ length: Math.min(ADD_AT_ONCE, from + count - first) }, (_, at) => {
      const [family, version] = kinds[(first + at) % kinds.length]
      return fleet.add({ name: `fw-${first + at}`, family, version, latencyMs, size: SIZE, checked: true })
    })
    added.push(...(await Promise.all(batch)))
  }
  return added
}

/** A database of its own with a simulated fleet that is enrolled and not visited yet; every process is ended by `end`. */
export async function startVisitWorld({ firewalls, latencyMs, settings = {}, firstVisitsSeconds = 0, kinds = KINDS }) {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'palisade-visits-'))
  const parts = [() => rmSync(dataDir, { recursive: true, force: true })]
  const end = async () => {
    for (const part of parts.splice(0).reverse()) await part()
  }
  try {
    await Promise.all([bundleFile('lib/testing/visit-worker.ts', WORKER), bundleFile('lib/testing/visited-fleet.ts', SEEDER)])
    const server = await openPostgres(dataDir, { settings })
    parts.push(server.close)
    await applyMigrations(server.config)
    const env = { ...process.env, DATABASE_URL: server.url, PALISADE_DATA_DIR: dataDir, PALISADE_MASTER_KEY_FILE: path.join(dataDir, 'master.key'), PALISADE_ALLOWED_NETWORKS: '127.0.0.0/8', LOG_LEVEL: 'error' }
    await runAdmin(['prepare'], env)
    const fleet = await startFakeFleet({ folder: path.join(dataDir, 'certificates') })
    parts.push(() => fleet.stop())
    const infos = []
    const add = async (more, spreadSeconds = 0) => {
      const added = await step(`Starting ${more} simulated firewalls`, () => addFirewalls(fleet, infos.length, more, latencyMs, kinds))
      await runSeeder(env, added, spreadSeconds)
      infos.push(...added)
    }
    await add(firewalls, firstVisitsSeconds)
    const client = new pg.Client(server.config)
    await client.connect()
    parts.push(() => client.end())
    const query = async (text, values = []) => (await client.query(text, values)).rows
    return {
      env, fleet, infos, query, end, add,
      /** Ends with the world. */
      later: (part) => parts.push(part),
      processes: { simulator: fleet.process.pid, PostgreSQL: server.process.pid },
      /** Starts a worker that only visits; `begun` takes what began since it was asked last. */
      async startWorker(name, { lanes = 64, silentLanes = 8, scale = 1 } = {}) {
        const child = spawn(process.execPath, ['--enable-source-maps', atRoot(WORKER), name, String(lanes), String(silentLanes), String(scale)], { cwd: ROOT, env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
        const message = () => new Promise((resolve) => child.once('message', resolve))
        await message()
        const stop = () => endProcess(recordOf(child.pid))
        parts.push(stop)
        return {
          pid: child.pid,
          kill: () => new Promise((resolve) => {
            child.once('exit', resolve)
            child.kill('SIGKILL')
          }),
          begun: async () => {
            const answer = message()
            child.send('begun')
            return answer
          },
          stop,
        }
      },
      /** Makes every tier of some firewalls due (all unless told), and waits until none of them is due or under way. */
      async cycle(names = infos.map(({ name }) => name)) {
        await query(`UPDATE "FirewallVisit" v SET "dueAt" = now(), "statusDueAt" = now(), "neighboursDueAt" = now(), "vpnDueAt" = now(), "rulesDueAt" = now() FROM "Firewall" f WHERE f.id = v."firewallId" AND f.name = ANY ($1)`, [names])
        const isOver = async () => (await query(`SELECT NOT EXISTS (SELECT 1 FROM "FirewallVisit" v JOIN "Firewall" f ON f.id = v."firewallId" WHERE f.name = ANY ($1) AND (v."leasedBy" IS NOT NULL OR v."dueAt" <= now())) AS over`, [names]))[0].over
        while (!(await isOver())) await delay(LOOK_MS)
      },
    }
  } catch (error) {
    await end()
    throw error
  }
}
