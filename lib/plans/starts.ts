import 'server-only'
// When each firewall of a plan would start, if all goes well: rings in order, within windows and concurrency, a pair one by one.
import { createHash } from 'node:crypto'
import type { FamilyModule } from '@/lib/adapters/adapter'
import type { PlanFirewallRow } from '@/lib/db/plans-sql'
import { firstInstantOf, localDay } from '@/lib/windows/local-time'
import { windowsOf, type FirewallWindows } from '@/lib/windows/of-firewalls'
import { nextOfAny, type Occurrence } from '@/lib/windows/occurrences'
import { cannot } from './cannot-run'
import type { PreviewFinding } from './dto'
import { minutesNeeded } from './expected'
import type { PlanShape } from './shape'
import { Slots } from './slots'

export type Start = { startsAt: Date; endsAt: Date; /** Null: the plan's own window. */ windowId: string | null; /** First day of a blackout soon after. */ blackoutFrom: string | null; afterPeer: boolean }
type Runner = { row: PlanFirewallRow; module: FamilyModule | null; position: number | undefined }
type Planned = Start | { finding: PreviewFinding }

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
/** Windows of a firewall that are tried for a free place. */
const TRIES_MAX = 30
const BLACKOUT_SOON_DAYS = 7

/** Minutes by which a start is put off, the same each time for a firewall. */
const chance = (id: string, most: number): number => createHash('sha256').update(id).digest().readUInt32BE(0) % (most + 1)

/** Backup members before the others, then those whose window opens first. */
const pairRank = ({ row }: Runner): number => (row.haRole === 'backup' ? 0 : row.haRole === 'master' ? 2 : 1)

class Planner {
  private readonly slots: Slots
  private readonly found = new Map<string, Occurrence | null>()
  readonly planned = new Map<string, Planned>()
  private readonly endOf = new Map<string, number>()

  constructor(
    private readonly plan: PlanShape,
    private readonly windows: ReadonlyMap<string, FirewallWindows>,
  ) {
    this.slots = new Slots(plan.design.concurrency)
  }

  private windowsFor(id: string): FirewallWindows {
    const own = this.windows.get(id) ?? { level: null, windows: [], blackouts: [] }
    const { windows } = this.plan.design
    return windows.by === 'own' ? own : { ...own, level: 'customer', windows: [{ id: 'plan', enabled: true, ...windows.window }] }
  }

  /** Many firewalls share their windows: each opening is looked for once. */
  private next({ windows, blackouts }: FirewallWindows, after: number): Occurrence | null {
    const key = `${after} ${windows.map(({ id }) => id).join()} ${blackouts.map(({ firstDay, lastDay }) => `${firstDay}${lastDay}`).join()}`
    const known = this.found.get(key)
    if (known !== undefined) return known
    const occurrence = nextOfAny(windows, blackouts, new Date(after))
    this.found.set(key, occurrence)
    return occurrence
  }

  private needed = ({ module }: Runner): number => (module ? minutesNeeded(module.updateAbility, this.plan.kind) * MINUTE_MS : 0)

  private earliest(own: FirewallWindows, opens: number): number {
    const { firstDay } = this.plan.design
    const zone = own.windows[0]?.timeZone
    return firstDay === null || zone === undefined ? opens : Math.max(opens, firstInstantOf(zone, firstDay, 0).getTime())
  }

  private toStart(own: FirewallWindows, occurrence: Occurrence, time: number, afterPeer: boolean): Start {
    const zone = own.windows.find(({ id }) => id === occurrence.windowId)?.timeZone ?? 'UTC'
    const [day, soon] = [localDay(zone, new Date(time)), localDay(zone, new Date(time + BLACKOUT_SOON_DAYS * DAY_MS))]
    const blackout = own.blackouts.find(({ firstDay }) => firstDay > day && firstDay <= soon)
    return { startsAt: new Date(time), endsAt: occurrence.endsAt, windowId: occurrence.windowId === 'plan' ? null : occurrence.windowId, blackoutFrom: blackout?.firstDay ?? null, afterPeer }
  }

  /** The first place in its windows, from `opens` on. */
  private place(runner: Runner, opens: number, afterPeer: boolean): Planned {
    const { row } = runner
    const { latestStartMarginMinutes, randomStartMinutes } = this.plan.design
    const own = this.windowsFor(row.id)
    const needed = this.needed(runner)
    if (own.windows.length === 0) return { finding: cannot('no-window', 'No window', 'Neither it nor its site or customer has a maintenance window, so nothing starts by itself. Make one, or give the plan a window of its own.') }
    let after = this.earliest(own, opens)
    let longest = 0
    for (let tries = 0; tries < TRIES_MAX; tries += 1) {
      const occurrence = this.next(own, after)
      if (occurrence === null) break
      const [opensAt, endsAt] = [occurrence.opensAt.getTime(), occurrence.endsAt.getTime()]
      longest = Math.max(longest, endsAt - opensAt)
      const from = Math.max(after, opensAt)
      const latest = Math.min(occurrence.startsUntil.getTime() - 1, endsAt - Math.max(needed, latestStartMarginMinutes * MINUTE_MS))
      const late = Math.min(chance(row.id, randomStartMinutes) * MINUTE_MS, Math.max(0, latest - from))
      const time = this.slots.firstFree(row, from + late, needed)
      if (time <= latest) return this.toStart(own, occurrence, time, afterPeer)
      after = Math.max(occurrence.startsUntil.getTime(), after + 1)
    }
    const minutes = Math.floor(longest / MINUTE_MS)
    if (longest === 0) return { finding: cannot('no-window', 'No window ahead', 'Its windows do not open within the next two years, or only on blackout days.') }
    if (longest < Math.max(needed, latestStartMarginMinutes * MINUTE_MS)) return { finding: cannot('window-too-short', `Window ${minutes}, needs ${Math.max(Math.round(needed / MINUTE_MS), latestStartMarginMinutes)} min`, 'Its window is too short for the update and its restart, or for the margin before the end. Make the window longer.') }
    return { finding: cannot('no-start', 'No free place', `Its next ${TRIES_MAX} windows are full with others. Allow more at once, or make several plans.`) }
  }

  private put(runner: Runner, opens: number): void {
    const { row } = runner
    const peerEnd = row.peerId === null ? undefined : this.endOf.get(row.peerId)
    const from = peerEnd === undefined ? opens : Math.max(opens, peerEnd + this.plan.design.haGapMinutes * MINUTE_MS)
    const planned = this.place(runner, from, peerEnd !== undefined)
    this.planned.set(row.id, planned)
    if ('finding' in planned) return
    const time = planned.startsAt.getTime()
    this.slots.take(row, time, time + this.needed(runner))
    this.endOf.set(row.id, time + this.needed(runner))
  }

  /** Plans one ring and returns when the next one may open: after the last of this one, and its soak. */
  ring(runners: readonly Runner[], opens: number, soakHours: number): number {
    const firstOpening = new Map(runners.map((runner) => [runner.row.id, this.next(this.windowsFor(runner.row.id), this.earliest(this.windowsFor(runner.row.id), opens))?.opensAt.getTime() ?? Infinity]))
    const at = ({ row }: Runner): number => firstOpening.get(row.id) ?? Infinity
    const ordered = runners.toSorted((a, b) => pairRank(a) - pairRank(b) || (at(a) === at(b) ? 0 : at(a) - at(b)) || (a.row.id < b.row.id ? -1 : 1))
    for (const runner of ordered) this.put(runner, opens)
    const ends = runners.flatMap(({ row }) => this.endOf.get(row.id) ?? [])
    return ends.length === 0 ? opens : ends.reduce((a, b) => Math.max(a, b)) + soakHours * 3_600_000
  }
}

/** When each would start, or why it finds no place. From stored windows and blackouts; three statements. */
export async function startsOf(plan: PlanShape, runners: readonly Runner[], now: Date): Promise<Map<string, Planned>> {
  const planner = new Planner(plan, runners.length === 0 ? new Map() : await windowsOf(runners.map(({ row }) => row.id)))
  let opens = now.getTime()
  for (const [position, { gate }] of plan.design.rings.entries()) opens = planner.ring(runners.filter((runner) => runner.position === position), opens, gate.soakHours)
  return planner.planned
}
