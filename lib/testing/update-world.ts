// An engine that carries update jobs on in simulated time together with the simulated firewalls.
import type { Fleet, FleetFirewall } from '@/e2e/fake-firewalls/fleet'
import { familyModule } from '@/lib/adapters/registry'
import { stepBackup } from '@/lib/backups/step'
import { db } from '@/lib/db/client'
import type { Admit } from '@/lib/updates/admission'
import { isFinalUpdate, updateStateOf, type UpdateState } from '@/lib/updates/states'
import { updateRunner } from '@/lib/worker/run-updates'
import { jobOf, letAll } from './approved-job'
import { enrolledId } from './backed-up'

/** Backups have workers of their own; theirs go by the real clock. */
async function takeBackups(): Promise<void> {
  for (const { id } of await db().backupTask.findMany({ where: { finishedAt: null } })) {
    await db().backupTask.updateMany({ where: { id, finishedAt: null }, data: { nextStepAt: new Date(0) } })
    await stepBackup(id, 'backups', new Date())
  }
}

export type Engine = {
  now(): Date
  /** Moves both clocks. */
  pass(minutes: number): void
  /** Moves both clocks on to this time; never back. */
  moveTo(ms: number): void
  /** One step of everything that is due. */
  step(): Promise<number>
  /** Until the job is in one of these states or final; throws after so many steps. */
  until(id: string, ...states: UpdateState[]): Promise<UpdateState>
  stop(): void
}

export function updateEngine(fleet: Fleet, admit: Admit = letAll, worker = 'engine'): Engine {
  let nowMs = fleet.clock.nowMs()
  const runner = updateRunner({ worker, admit, now: () => new Date(nowMs) })
  const moveTo = (ms: number) => {
    if (ms <= nowMs) return
    nowMs = ms
    fleet.clock.set(ms)
  }
  const step = async () => {
    const taken = await runner.run()
    await runner.ended()
    await takeBackups()
    return taken
  }
  return {
    now: () => new Date(nowMs),
    moveTo,
    pass: (minutes) => moveTo(nowMs + minutes * 60_000),
    step,
    async until(id, ...states) {
      for (let steps = 0; steps < 600; steps += 1) {
        const job = await jobOf(id)
        const state = updateStateOf(job.state)
        if (state === null) throw new Error(`There is no state ${job.state}.`)
        if (states.includes(state) || isFinalUpdate(state)) return state
        moveTo(job.nextStepAt.getTime())
        await step()
      }
      const { state, message } = await jobOf(id)
      throw new Error(`The job is still ${state}: ${message ?? ''}`)
    },
    stop: () => runner.stop(),
  }
}

const OFFERS = { opnsense: { version: '26.7.2', needsReboot: true }, 'pfsense-v2': { version: '2.8.2' }, 'pfsense-v1': { version: '2.8.2' } } as const
export const FAMILY_VERSIONS = { opnsense: '26.7', 'pfsense-v2': '2.10', 'pfsense-v1': '1.9' } as const

/** An enrolled firewall that offers an update. */
export async function updatable(fleet: Fleet, token: string, customerId: string, name: string, family: keyof typeof OFFERS, more: Parameters<Fleet['add']>[0] | object = {}): Promise<{ firewall: FleetFirewall; id: string }> {
  const firewall = await fleet.add({ name, family, version: FAMILY_VERSIONS[family], offer: OFFERS[family], checked: true, durationsMs: { check: 0, install: 15_000, reboot: 30_000 }, ...more })
  return { firewall, id: await enrolledId(firewall, token, customerId, familyModule(family).commandPermission !== null) }
}
