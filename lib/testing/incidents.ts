// What goes wrong on a simulated day, and what alerts have to make of it.
import { db } from '@/lib/db/client'
import { answers, change, goesSilent, setGateways, setTunnelsDown } from './alert-fleet'

const DAY_MS = 86_400_000
export type At = (minutesAfterStart: number) => Date
/** `told`: kinds of notices of all its firewalls together, in any order. */
export type Incident = {
  name: string
  /** Firewalls it takes, of one site if there are several. */
  firewalls: number
  /** Minutes after its start at which something happens. */
  acts: readonly (readonly [minute: number, act: (ids: readonly string[], now: Date, at: At) => Promise<unknown>])[]
  told: readonly string[]
}

const one = (act: (id: string, now: Date, at: At) => Promise<unknown>) => ([id = '']: readonly string[], now: Date, at: At) => act(id, now, at)
const each = (act: (id: string, now: Date) => Promise<unknown>) => (ids: readonly string[], now: Date) => Promise.all(ids.map((id) => act(id, now)))
const set = (data: Parameters<typeof change>[1]) => one((id) => change(id, data))
const state = (word: string) => one((id, now) => change(id, { state: word, stateSince: now, stateReason: 'calls are stopped' }))
const gateways = (...down: readonly boolean[]) => one((id, now) => setGateways(id, now, down.map((isDown, n) => ({ name: `WAN${n + 1}`, isDown, lossPercent: isDown ? 100 : 0 }))))
const OPEN_AND_OVER = ['alert-opened', 'alert-resolved']
const lasting = (act: Incident['acts'][number][1], end: Incident['acts'][number][1], minutes: number) => [[0, act], [minutes, end]] as const

/** Down for three minutes in each eight, for an hour. */
const FLAPS = [0, 8, 16, 24, 32, 40, 48, 56].flatMap((minute) => [[minute, gateways(true, false)], [minute + 3, gateways(false, false)]] as const)
const FILLING = Array.from({ length: 27 }, (_, n) => [n * 2, set({ diskPercent: 70 + n })] as const)

export const INCIDENTS: readonly Incident[] = [
  { name: 'outage of one', firewalls: 1, acts: lasting(one(goesSilent), one(answers), 30), told: OPEN_AND_OVER },
  { name: 'outage of a site', firewalls: 4, acts: [[0, one((id, now) => setGateways(id, now, [{ name: 'WAN1', lossPercent: 60 }]))], [2, ([a = '', b = ''], now) => Promise.all([goesSilent(a, now), goesSilent(b, now)])], [3, ([, , c = '', d = ''], now) => Promise.all([goesSilent(c, now), goesSilent(d, now)])], [40, ([a = '', b = ''], now) => Promise.all([answers(a, now), answers(b, now), setGateways(a, now, [{ name: 'WAN1' }])])], [41, ([, , c = '', d = ''], now) => Promise.all([answers(c, now), answers(d, now)])]], told: OPEN_AND_OVER },
  { name: 'outage of both of a pair', firewalls: 3, acts: [[0, async ([a = '', b = '']) => { await change(a, { haPeerId: b }); await change(b, { haPeerId: a }) }], [2, ([a = '', b = ''], now) => Promise.all([goesSilent(a, now), goesSilent(b, now)])], [32, ([a = '', b = ''], now) => Promise.all([answers(a, now), answers(b, now)])]], told: OPEN_AND_OVER },
  { name: 'site of which one stays silent', firewalls: 2, acts: [[0, each(goesSilent)], [20, one(answers)], [50, ([, b = ''], now) => answers(b, now)]], told: [...OPEN_AND_OVER, ...OPEN_AND_OVER] },
  { name: 'short silence', firewalls: 1, acts: lasting(one(goesSilent), one(answers), 3), told: [] },
  { name: 'last gateway, tunnels with it', firewalls: 1, acts: [[0, gateways(true)], [2, one((id, now) => setTunnelsDown(id, now, ['to Lyon', 'to Oslo', 'to Kyoto']))], [25, gateways(false)], [28, one((id, now) => setTunnelsDown(id, now, []))]], told: OPEN_AND_OVER },
  { name: 'one gateway of two', firewalls: 1, acts: lasting(gateways(true, false), gateways(false, false), 20), told: OPEN_AND_OVER },
  { name: 'gateway that comes and goes', firewalls: 1, acts: FLAPS, told: [...OPEN_AND_OVER, ...OPEN_AND_OVER, ...OPEN_AND_OVER, 'alert-flapping', 'alert-resolved'] },
  { name: 'lossy gateway', firewalls: 1, acts: lasting(one((id, now) => setGateways(id, now, [{ name: 'WAN1', lossPercent: 35 }, { name: 'WAN2' }])), gateways(false, false), 40), told: OPEN_AND_OVER },
  { name: 'tunnel alone', firewalls: 1, acts: lasting(one((id, now) => setTunnelsDown(id, now, ['to Lyon'])), one((id, now) => setTunnelsDown(id, now, [])), 30), told: OPEN_AND_OVER },
  { name: 'disk that fills', firewalls: 1, acts: [...FILLING, [80, set({ diskPercent: 40 })]], told: OPEN_AND_OVER },
  { name: 'busy CPU', firewalls: 1, acts: lasting(set({ cpuPercent: 99, memoryPercent: 96, statesPercent: 40 }), set({ cpuPercent: 30, memoryPercent: 30 }), 40), told: [...OPEN_AND_OVER, ...OPEN_AND_OVER] },
  { name: 'clock that runs away', firewalls: 1, acts: lasting(set({ clockOffsetSeconds: 400 }), set({ clockOffsetSeconds: 1 }), 30), told: OPEN_AND_OVER },
  { name: 'certificate changed', firewalls: 1, acts: lasting(state('certificate-changed'), one(answers), 60), told: OPEN_AND_OVER },
  { name: 'credential rejected', firewalls: 1, acts: lasting(state('credential-rejected'), one(answers), 45), told: OPEN_AND_OVER },
  { name: 'API package lost', firewalls: 1, acts: lasting(state('api-package-missing'), one(answers), 30), told: OPEN_AND_OVER },
  { name: 'two masters', firewalls: 2, acts: [[0, async ([a = '', b = ''], now) => { await change(a, { haPeerId: b, haRole: 'master', haRoleSince: now }); await change(b, { haPeerId: a, haRole: 'master', haRoleSince: now }) }], [12, ([, b = ''], now) => change(b, { haRole: 'backup', haRoleSince: now })]], told: OPEN_AND_OVER },
  { name: 'certificate that ends', firewalls: 1, acts: [[0, one((id, now, at) => change(id, { certificateEndsAt: new Date(at(30).getTime() + 14 * DAY_MS) }))], [60, one((id, now) => change(id, { certificateEndsAt: new Date(now.getTime() + 3 * DAY_MS + 600_000) }))], [90, set({ certificateEndsAt: new Date('2030-01-01T00:00:00Z') })]], told: ['alert-opened', 'alert-escalated', 'alert-resolved'] },
  { name: 'update that waits', firewalls: 1, acts: [[0, one((id, now, at) => change(id, { firmwareState: 'offered', firmwareSince: new Date(at(20).getTime() - 30 * DAY_MS) }))], [60, set({ firmwareState: 'up-to-date' })]], told: OPEN_AND_OVER },
  { name: 'no backup', firewalls: 1, acts: [[0, one((id, now, at) => change(id, { backupAt: new Date(at(20).getTime() - 3 * DAY_MS), backupError: '403' }))], [60, one((id, now) => change(id, { backupAt: now, backupError: null }))]], told: OPEN_AND_OVER },
  { name: 'drift, then accepted', firewalls: 1, acts: [[0, one((id, now) => change(id, { driftSince: now, driftItems: 2 }))], [45, set({ driftSince: null, driftItems: null })]], told: OPEN_AND_OVER },
  { name: 'outage within a window', firewalls: 1, acts: [[0, one((id, now, at) => db().silence.create({ data: { firewallId: id, startsAt: now, endsAt: at(60), note: 'works', createdAt: now, createdByName: 'Mira' } }))], [1, one(goesSilent)], [40, one(answers)]], told: [] },
  { name: 'paused, then trouble', firewalls: 1, acts: [[0, one((id, now) => change(id, { pausedAt: now, state: 'paused', cpuPercent: 100 }))], [60, set({ pausedAt: null, state: 'reachable', cpuPercent: 3 })]], told: [] },
]
