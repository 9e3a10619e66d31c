// What stands in the plan editor. Pure, so that it can be tested.
import type { PlanDto } from '@/lib/plans/dto'
import { DEFAULT_DESIGN, PLAN_FIREWALLS_MAX, RINGS_MAX, type PlanDesign, type PlanKind, type RingDesign } from '@/lib/plans/words'
import type { NewPlan } from '@/lib/queries/plans'
import type { Pair } from '@/lib/query-language/parse'

/** A number that cannot be read is NaN until it can be. */
export type PlanFormDraft = { name: string; kind: PlanKind; conditions: readonly Pair[]; holdIfReboot: boolean; fourEyes: boolean; design: PlanDesign }

/** Names of an address or of a list that say nothing about which firewalls. */
const BESIDE: readonly string[] = ['sort', 'limit', 'cursor', 'update', 'customer']

/** A query string as conditions, without what says nothing about which firewalls. */
export const conditionsOf = (query: string): Pair[] =>
  [...new URLSearchParams(query)].filter(([name]) => !BESIDE.includes(name)).map(([name, value]): Pair => [name === 'customerId' ? 'customer__id' : name, value])
export const queryOf = (conditions: readonly Pair[]): string => new URLSearchParams(conditions.map(([name, value]) => [name, value])).toString()

const KINDS: readonly PlanKind[] = ['minor', 'major', 'reboot']
/** A new plan for what an address asks for; `update` in it is the kind. The customer that it is about becomes a condition, by name. */
export function newDraft(search: string, customer: { id: string; name: string } | null): PlanFormDraft {
  const asked = new URLSearchParams(search).get('update')
  const others = conditionsOf(search).filter(([name, value]) => name !== 'customer__id' || value !== customer?.id)
  const scope: Pair[] = customer === null || others.some(([name]) => name.startsWith('customer__')) ? [] : [['customer__name', customer.name]]
  return { name: '', kind: KINDS.find((kind) => kind === asked) ?? 'minor', conditions: [...scope, ...others], holdIfReboot: false, fourEyes: false, design: DEFAULT_DESIGN }
}

/** Null for a plan whose design is not told, because it has firewalls of customers that one does not see. */
export const draftOf = ({ name, kind, query, holdIfReboot, fourEyes, design }: PlanDto): PlanFormDraft | null =>
  query === null || design === null ? null : { name, kind, conditions: conditionsOf(query), holdIfReboot, fourEyes, design }

export const bodyOf = ({ conditions, name, ...draft }: PlanFormDraft): NewPlan => ({ ...draft, name: name.trim(), query: queryOf(conditions) })
export const sameDraft = (a: PlanFormDraft, b: PlanFormDraft): boolean => JSON.stringify(bodyOf(a)) === JSON.stringify(bodyOf(b))

/** Bounds of the numbers, as the server has them. */
export const BOUNDS = {
  percent: [1, 100],
  successPercent: [0, 100],
  minimumCount: [0, PLAN_FIREWALLS_MAX],
  soakHours: [0, 720],
  latestStartMarginMinutes: [0, 720],
  randomStartMinutes: [0, 240],
  perSite: [1, 100],
  perCustomer: [1, 1_000],
  fleet: [1, 1_000],
  haGapMinutes: [0, 1_440],
} as const
export type BoundName = keyof typeof BOUNDS

/** What is wrong with a number; null when nothing is. */
export function faultOfNumber(value: number, name: BoundName): string | null {
  const [least, most] = BOUNDS[name]
  return Number.isInteger(value) && value >= least && value <= most ? null : `A whole number from ${least} to ${most}.`
}

/** Whether every number can be read: only then the server is asked. */
export function isReadable({ design }: PlanFormDraft): boolean {
  const { rings, latestStartMarginMinutes, randomStartMinutes, haGapMinutes, concurrency } = design
  const numbers: (readonly [number, BoundName])[] = [
    [latestStartMarginMinutes, 'latestStartMarginMinutes'],
    [randomStartMinutes, 'randomStartMinutes'],
    [haGapMinutes, 'haGapMinutes'],
    [concurrency.perSite, 'perSite'],
    [concurrency.perCustomer, 'perCustomer'],
    [concurrency.fleet, 'fleet'],
    ...rings.flatMap(({ who, gate }): (readonly [number, BoundName])[] => [
      [gate.successPercent, 'successPercent'],
      [gate.minimumCount, 'minimumCount'],
      [gate.soakHours, 'soakHours'],
      ...(who.by === 'spread' ? [[who.percent, 'percent'] as const] : []),
    ]),
  ]
  return numbers.every(([value, name]) => faultOfNumber(value, name) === null)
}

/** A ring moved to another place; the rest stays the last, because only the last ring can take it. */
export function moveRing(rings: readonly RingDesign[], from: number, to: number): RingDesign[] {
  const moved = rings[from]
  const there = rings[to]
  if (!moved || !there || from === to || moved.who.by === 'rest' || there.who.by === 'rest') return [...rings]
  const others = rings.filter((_, place) => place !== from)
  return [...others.slice(0, to), moved, ...others.slice(to)]
}

/** One more ring, in front of the one with the rest. Null where there are as many as there can be. */
export function addRing(rings: readonly RingDesign[]): { rings: RingDesign[]; at: number } | null {
  if (rings.length >= RINGS_MAX) return null
  const at = rings.at(-1)?.who.by === 'rest' ? rings.length - 1 : rings.length
  const names = rings.map(({ name }) => name.toLowerCase())
  const free = Array.from({ length: RINGS_MAX + 1 }, (_, place) => `Ring ${at + 1 + place}`).find((name) => !names.includes(name.toLowerCase())) ?? 'Ring'
  const added: RingDesign = { name: free, who: { by: 'spread', percent: 25 }, gate: { successPercent: 95, minimumCount: 1, soakHours: 12, noNewCriticalAlert: true } }
  return { rings: [...rings.slice(0, at), added, ...rings.slice(at)], at }
}
