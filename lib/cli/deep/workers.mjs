import { createHash, randomInt } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { say } from '../say.mjs'
import { startVisitWorld } from '../testing/visit-world.mjs'

export const needs = ['bundles']

const WORKERS = 3
const FIREWALLS = 24
const LATENCY_MS = 5
/** Intervals and leases: a minute becomes two seconds. */
const SCALE = 1 / 30
const STATUS_INTERVAL_MS = 60_000 * SCALE
const KILLS = 100
/** A worker is killed at a random moment of this time after the one before is back. */
const MOMENT_MS = 1_500
const CHANGES_EVERY_MS = 300
const ARP_MIN = 40
const ARP_SPAN = 60

const demand = (isRight, sentence) => {
  if (!isRight) throw new Error(sentence)
}

/** The same choices for the same seed, whatever the processes do meanwhile. */
function choices(seed) {
  let count = 0
  return (below) => createHash('sha256').update(`${seed} ${(count += 1)}`).digest().readUInt32BE(0) % below
}

/** Kills one worker after the other, each at a random moment, and starts it anew. */
async function killAll(world, workers, pick) {
  for (let kill = 0; kill < KILLS; kill += 1) {
    await delay(pick(MOMENT_MS))
    const at = pick(WORKERS)
    say(`${new Date().toISOString().slice(11, 23)} killing worker ${at}`)
    await workers[at].kill()
    workers[at] = await world.startWorker(`worker-${at}-${kill}`, { lanes: 16, silentLanes: 4, scale: SCALE })
  }
}

/** Tables of neighbours grow and shrink all the time, so that every visit may have something to write. */
async function changeSteadily({ fleet, infos }, pick, signal) {
  while (!signal.aborted) {
    const { name } = infos[pick(infos.length)]
    await fleet.patch(name, { size: { rules: 60, aliases: 20, arp: ARP_MIN + pick(ARP_SPAN) } })
    await delay(CHANGES_EVERY_MS)
  }
}

/** The longest times between two visits that read the status, of each firewall its longest. */
async function longestGaps({ query }, since, until) {
  return query(
    `SELECT * FROM (
       SELECT DISTINCT ON (f.name) f.name, at, extract(epoch FROM next - at) * 1000 AS "gapMs", f."lastErrorCode", v.misses FROM (
         SELECT "firewallId", at, lead(at, 1, $2::timestamptz) OVER (PARTITION BY "firewallId" ORDER BY at) AS next FROM samples.visit WHERE at BETWEEN $1 AND $2) g
       JOIN "Firewall" f ON f.id = g."firewallId" JOIN "FirewallVisit" v ON v."firewallId" = f.id ORDER BY f.name, next - at DESC) longest
     ORDER BY "gapMs" DESC`,
    [since, until],
  )
}

/** Facts and changes tell one story: nothing appears or goes twice in a row, and what is there now is what was told last. */
async function demandOneStory({ query }) {
  const twice = await query(`SELECT kind, key, what FROM (
    SELECT kind, key, what, lag(what) OVER (PARTITION BY "firewallId", kind, key ORDER BY id) AS before FROM "Change" WHERE kind = 'arp') c
    WHERE (what = 'gone' AND before = 'gone') OR (what IN ('new', 'back') AND before IN ('new', 'back', 'changed'))`)
  demand(twice.length === 0, `Told twice: ${JSON.stringify(twice.slice(0, 5))}`)
  const differing = await query(`SELECT n.key, n."goneAt", c.what FROM "FactNeighbour" n
    JOIN LATERAL (SELECT what FROM "Change" c WHERE c."firewallId" = n."firewallId" AND c.kind = 'arp' AND c.key = n.key ORDER BY id DESC LIMIT 1) c ON true
    WHERE (n."goneAt" IS NOT NULL) <> (c.what = 'gone')`)
  demand(differing.length === 0, `A fact and its last change differ: ${JSON.stringify(differing.slice(0, 5))}`)
}

/** After a last visit of everything, what is stored is what each firewall has. */
async function demandNothingLost({ query, fleet, infos }) {
  const stored = await query(`SELECT f.name, r.kind, r."itemCount", (SELECT count(*)::int FROM "FactNeighbour" n WHERE n."firewallId" = f.id AND n."goneAt" IS NULL) AS facts
    FROM "Firewall" f JOIN "Reading" r ON r."firewallId" = f.id AND r.kind = 'arp'`)
  demand(stored.length === infos.length, `Of ${infos.length} firewalls ${stored.length} have a reading.`)
  for (const { name, itemCount, facts } of stored) demand(itemCount === facts, `${name} lists ${itemCount} neighbours, and ${facts} are stored.`)
  for (const { name } of infos) {
    const { peakConcurrentReads, authenticationFailures } = await fleet.counts(name)
    demand(peakConcurrentReads <= 2 && authenticationFailures === 0, `${name} saw ${peakConcurrentReads} reads at once and ${authenticationFailures} failed sign-ins.`)
  }
}

/** Three workers are killed a hundred times at random moments; no firewall waits for long, nothing is lost and nothing told twice. */
export async function deep({ round }) {
  const seed = randomInt(2 ** 31)
  say(`workers, round ${round + 1}: seed ${seed}`)
  const pick = choices(seed)
  const world = await startVisitWorld({ firewalls: FIREWALLS, latencyMs: LATENCY_MS, settings: { synchronous_commit: 'off' } })
  try {
    const workers = await Promise.all(Array.from({ length: WORKERS }, (_, at) => world.startWorker(`worker-${at}`, { lanes: 16, silentLanes: 4, scale: SCALE })))
    await world.cycle()
    const since = new Date()
    const changing = new AbortController()
    const changes = changeSteadily(world, choices(`${seed} changes`), changing.signal)
    await killAll(world, workers, pick)
    changing.abort()
    await changes
    const gaps = await longestGaps(world, since, new Date())
    const told = gaps.slice(0, 5).map(({ name, at, gapMs, lastErrorCode, misses }) => `${name} ${Math.round(gapMs)} ms from ${at.toISOString().slice(11, 23)} (${lastErrorCode ?? 'no error'}, ${misses} misses)`)
    say(`the longest waits for a visit, with an interval of ${STATUS_INTERVAL_MS} ms: ${told.join('; ')}`)
    demand(gaps.length === FIREWALLS, `Of ${FIREWALLS} firewalls ${gaps.length} were visited.`)
    for (const worker of workers) await worker.stop()
    await world.startWorker('last', { lanes: 16, silentLanes: 4 })
    await world.cycle()
    await demandOneStory(world)
    await demandNothingLost(world)
    demand(gaps[0].gapMs <= 2 * STATUS_INTERVAL_MS, `${gaps[0].name} waited ${Math.round(gaps[0].gapMs)} ms, more than two intervals.`)
  } finally {
    await world.end()
  }
}
