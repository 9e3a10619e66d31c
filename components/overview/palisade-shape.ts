// Where the posts of a palisade stand and how they are drawn. Pure, so that it can be tested. Lengths are in CSS pixels.
import type { ByLedger } from '@/lib/overview/dto'
import { LEDGERS, type Ledger } from '@/lib/overview/findings'

export const POST_HEIGHT = 23
/** A firewall that is fine takes a third of the room of one that is not, in all rows alike. */
export const FINE_PITCH = 2.25
export const POST_PITCH = 3 * FINE_PITCH
export const PALISADE_WIDTH = 342
/** More are told as a number. */
const SPECIAL_MAX = 36
const MORE_WIDTH = 36
const STEPS = [1, 2, 5]

type Standing = { total: number; standing: ByLedger }
export type PalisadeRow = {
  /** Posts that are not fine, worst first, as far as there is room. */
  special: readonly Ledger[]
  /** How many more there are than were drawn. */
  more: number
  /** Where the fine ones begin, and how many posts they are. */
  fineFrom: number
  fine: number
}

const specialOf = ({ standing }: Standing): number => LEDGERS.reduce((sum, ledger) => sum + standing[ledger], 0)
const fineFrom = (special: number): number => Math.min(special, SPECIAL_MAX) * POST_PITCH + (special > SPECIAL_MAX ? MORE_WIDTH : 0)

/** How many fine firewalls one grey post stands for, so that the longest row still fits: 1, 2, 5, 10, 20 and so on. */
export function firewallsPerPost(rows: readonly Standing[]): number {
  const fits = (each: number) => rows.every((row) => fineFrom(specialOf(row)) + Math.ceil((row.total - specialOf(row)) / each) * FINE_PITCH <= PALISADE_WIDTH)
  for (let power = 1; power < 1e7; power *= 10) for (const step of STEPS) if (fits(step * power)) return step * power
  return 1e7
}

export function palisadeRow(row: Standing, perPost: number): PalisadeRow {
  const special = LEDGERS.flatMap((ledger) => Array.from({ length: Math.min(row.standing[ledger], SPECIAL_MAX) }, () => ledger)).slice(0, SPECIAL_MAX)
  const count = specialOf(row)
  return { special, more: count - special.length, fineFrom: fineFrom(count), fine: Math.ceil((row.total - count) / perPost) }
}

/** Split, and tall · a diamond on a post · pointed · dashes. */
const SHAPES: Record<Ledger, (x: number) => string> = {
  broken: (x) => `M${x} 3.5l2.5-3.5 2.5 3.5v6.5h-5zM${x} 14h5v9h-5z`,
  waits: (x) => `M${x + 2.5} 4.5l2.3 4.2-2.3 4.2-2.3-4.2zM${x + 1.4} 15h2.2v8h-2.2z`,
  'will-break': (x) => `M${x} 10.5l2.5-3.5 2.5 3.5v12.5h-5z`,
  'not-known': (x) => `M${x + 1.4} 9h2.2v1.8h-2.2zm0 4h2.2v1.8h-2.2zm0 4h2.2v1.8h-2.2zm0 4h2.2v1.8h-2.2z`,
}
const rounded = (x: number): number => Math.round(x * 100) / 100

/** One path for all posts of a ledger. */
export const specialPath = (special: readonly Ledger[], ledger: Ledger): string =>
  special.map((each, place) => (each === ledger ? SHAPES[ledger](rounded(place * POST_PITCH)) : '')).join('')

/** All grey posts as one path. */
export const finePath = ({ fineFrom: from, fine }: PalisadeRow): string =>
  fine === 0 ? '' : `M${rounded(from)} 15h1.1v8h-1.1z${`m${FINE_PITCH} 0h1.1v8h-1.1z`.repeat(fine - 1)}`

/** The post under a point, or the nearest one beside it. */
export const postAt = (x: number, count: number): number => Math.max(0, Math.min(count - 1, Math.floor(x / POST_PITCH)))
