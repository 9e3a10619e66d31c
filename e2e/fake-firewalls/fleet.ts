// The fleet as a test or the demo sees it: many simulated firewalls in one process, one clock, one control server.
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Clock } from './clock'
import { startControl } from './control'
import { FakeFirewall, type FirewallInfo } from './firewall'
import type { FleetFirewall } from './fleet-firewall'
import type { AddOptions } from './options'

export type { FleetFirewall }

export type FleetOptions = {
  /** Port of the control server on 127.0.0.1; default any free one. */
  controlPort?: number
  /** Where keys and certificates stay between runs; default a folder of the system's temporary files. */
  folder?: string
}

export interface Fleet {
  readonly clock: Clock
  readonly controlUrl: string
  /** Rejects for a name that is taken, and for a family or version that is not simulated. */
  add(options: AddOptions): Promise<FleetFirewall>
  get(name: string): FleetFirewall | undefined
  list(): FirewallInfo[]
  remove(name: string): Promise<void>
  stop(): Promise<void>
}

function handle(firewall: FakeFirewall): FleetFirewall {
  return {
    get info() {
      return firewall.info()
    },
    counts: () => firewall.counts(),
    recorded: () => firewall.recorded(),
    resetCounts: () => firewall.resetCounts(),
    clearLockout: () => firewall.clearLockout(),
    patch: async (options) => {
      await firewall.patch(options)
      return firewall.info()
    },
  }
}

/** Everything listens on 127.0.0.1 only. */
export async function startFleet(options: FleetOptions = {}): Promise<Fleet> {
  const clock = new Clock()
  const folder = options.folder ?? path.join(tmpdir(), 'palisade-fake-firewalls')
  const firewalls = new Map<string, FakeFirewall>()
  const api: Omit<Fleet, 'controlUrl' | 'stop'> = {
    clock,
    async add(addOptions) {
      if (firewalls.has(addOptions.name)) throw new Error(`There is a firewall ${addOptions.name} already.`)
      const firewall = new FakeFirewall(addOptions, clock, folder)
      firewalls.set(addOptions.name, firewall)
      await firewall.start().catch((error: unknown) => {
        firewalls.delete(addOptions.name)
        throw error
      })
      return handle(firewall)
    },
    get(name) {
      const firewall = firewalls.get(name)
      return firewall === undefined ? undefined : handle(firewall)
    },
    list: () => [...firewalls.values()].map((firewall) => firewall.info()),
    async remove(name) {
      const firewall = firewalls.get(name)
      firewalls.delete(name)
      await firewall?.stop()
    },
  }
  const control = await startControl(api, options.controlPort ?? 0)
  return {
    ...api,
    controlUrl: control.url,
    async stop() {
      await control.stop()
      await Promise.all([...firewalls.values()].map((firewall) => firewall.stop()))
      firewalls.clear()
    },
  }
}
