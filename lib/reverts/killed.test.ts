// A worker that is killed while its one call to the firewall is under way: before the firewall acted on it, and after.
import { spawn } from 'node:child_process'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startFleet, type Fleet, type FleetFirewall } from '@/e2e/fake-firewalls/fleet'
import type { Actor } from '@/lib/auth/actor'
import { sha256Of } from '@/lib/backups/sha256'
import { db } from '@/lib/db/client'
import { findConnection } from '@/lib/db/sql'
import { tokenOf } from '@/lib/testing/api-client'
import { enrolledId } from '@/lib/testing/backed-up'
import { aCustomer, owner, startInstallation, type Installation } from '@/lib/testing/installation'
import { seeContent } from './content'
import { familyOf, revertPortOf } from './port'
import { stepRevert } from './step'

const REVERT = '/api/core/backup/revert_backup'
const RESTART = '/api/core/system/reboot'
const signal = AbortSignal.timeout(120_000)
let installation: Installation
let fleet: Fleet
let admin: Actor
let token: string
let customerId: string
beforeAll(async () => {
  installation = await startInstallation()
  fleet = await startFleet()
  admin = await owner()
  token = await tokenOf(await owner(), 'owner')
  customerId = (await aCustomer('Riverside Schools')).id
})
afterAll(async () => {
  await fleet.stop()
  await installation.end()
})

type Case = { firewall: FleetFirewall; revertId: string; path: string }

/** A firewall whose way back is about to make its call; what it does with that call is `scenario`. */
async function aCase(name: string, state: 'checking' | 'restart-asked', path: string, scenario: 'slow' | 'drip'): Promise<Case> {
  const firewall = await fleet.add({ name, family: 'opnsense', version: '26.7', durationsMs: { reboot: 0 } })
  const firewallId = await enrolledId(firewall, token, customerId)
  await firewall.patch({ configuration: { edits: [{ path: 'system.timezone', value: 'Europe/Vienna' }] } })
  const connection = await findConnection(firewallId, 'all')
  if (!connection) throw new Error('There is no such firewall.')
  const port = await revertPortOf(connection, signal)
  const revision = (await port.entries(signal))[1]?.id ?? ''
  const [entry, running] = [await port.content(revision, signal), await port.content(null, signal)]
  if (!entry || !running) throw new Error('The firewall has no history.')
  const now = new Date()
  const by = { kind: admin.kind, id: admin.id, name: admin.name }
  const digest = state === 'restart-asked' ? { targetDigest: (await seeContent(running, familyOf(connection), signal)).digest, restartActor: by, restartEntry: 1 } : {}
  const data = { firewallId, revision, entry: { id: revision, at: null, by: null, description: null, bytes: null }, sha256: sha256Of(entry), runningSha256: sha256Of(running), state, stateAt: now, actor: by, createdAt: now, nextStepAt: now, ...digest }
  const { id } = await db().configRevert.create({ data })
  await firewall.patch({ scenario, scenarioPath: path, slowMs: 60_000 })
  return { firewall, revertId: id, path }
}

const callsOf = ({ firewall, path }: Case) => Object.entries(firewall.counts().byPath).reduce((sum, [key, count]) => sum + (key.startsWith(`POST ${path}`) ? count : 0), 0)
const stateOf = async ({ revertId }: Case) => (await db().configRevert.findUniqueOrThrow({ where: { id: revertId } })).state

/** Lets another process take the step of each and kills it when all their calls are under way. */
async function killedWhileCalling(cases: readonly Case[]): Promise<void> {
  const child = spawn(process.execPath, ['--conditions=react-server', '--import', 'tsx', 'lib/testing/go-back.ts', ...cases.map(({ revertId }) => revertId)], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  await expect.poll(() => cases.map(callsOf), { interval: 20, timeout: 60_000 }).toEqual(cases.map(() => 1))
  child.kill('SIGKILL')
  await ended
}

/** What an heir makes of it once the lease is over, in a minute and a half. */
async function inherited(each: Case): Promise<string> {
  await each.firewall.patch({ scenario: 'none' })
  for (let steps = 0; steps < 6; steps += 1) {
    await db().configRevert.updateMany({ where: { id: each.revertId, finishedAt: null }, data: { nextStepAt: new Date(0) } })
    await stepRevert(each.revertId, 'heir', new Date(Date.now() + 90_000))
  }
  return stateOf(each)
}

it('kill -9 while the call is under way: it is made once, and what the firewall holds tells the rest', async () => {
  const before = await aCase('killed-before', 'checking', REVERT, 'slow')
  const after = await aCase('killed-after', 'checking', REVERT, 'drip')
  const restarting = await aCase('killed-restarting', 'restart-asked', RESTART, 'drip')
  const cases = [before, after, restarting]
  await killedWhileCalling(cases)
  expect(await Promise.all(cases.map(stateOf))).toEqual(['storing', 'storing', 'restarting'])
  // Nobody carries it on before its lease ends.
  await Promise.all(cases.map(({ revertId }) => stepRevert(revertId, 'too early', new Date())))
  expect(await Promise.all(cases.map(stateOf))).toEqual(['storing', 'storing', 'restarting'])
  expect(await inherited(before)).toBe('stopped')
  expect(await inherited(after)).toBe('stored')
  expect(await inherited(restarting)).toBe('done')
  expect(cases.map(callsOf)).toEqual([1, 1, 1])
}, 120_000)
