// The order of the list stands still while somebody works in it. Pure, so that it can be tested.
import type { AlertDto } from '@/lib/alerts/dto'

/** `gone`: it left the list while the order was held; what is shown is what was known last. */
export type HeldRow = { alert: AlertDto; gone: boolean }
export type Held = { rows: readonly HeldRow[]; waiting: readonly AlertDto[] }

export const NOTHING_HELD: Held = { rows: [], waiting: [] }

const sameRow = (one: HeldRow | undefined, other: HeldRow | undefined): boolean => one !== undefined && other !== undefined && one.alert === other.alert && one.gone === other.gone
const same = (one: Held, other: Held): boolean =>
  one.rows.length === other.rows.length && one.waiting.length === other.waiting.length && one.rows.every((row, at) => sameRow(row, other.rows[at])) && one.waiting.every((alert, at) => alert === other.waiting[at])

/**
 * The rows to show. Not held: as they are now. Held: those of before in their places, what left the list among them, and
 * those that came wait. The answer is `before` itself where nothing differs.
 */
export function holdOrder(before: Held, now: readonly AlertDto[], held: boolean): Held {
  const fresh: Held = { rows: now.map((alert) => ({ alert, gone: false })), waiting: [] }
  if (!held || before.rows.length === 0) return same(before, fresh) ? before : fresh
  const byId = new Map(now.map((alert) => [alert.id, alert]))
  const rows = before.rows.map((row) => {
    const alert = byId.get(row.alert.id)
    return alert ? { alert, gone: false } : { alert: row.alert, gone: true }
  })
  const shown = new Set(rows.map(({ alert }) => alert.id))
  // What is worse than the last row waits; what comes after it was only not loaded yet.
  const last = now.findLastIndex(({ id }) => before.rows.some((row) => row.alert.id === id))
  const more = now.slice(last + 1).filter(({ id }) => !shown.has(id))
  const next: Held = { rows: [...rows, ...more.map((alert) => ({ alert, gone: false }))], waiting: now.slice(0, last + 1).filter(({ id }) => !shown.has(id)) }
  return same(before, next) ? before : next
}
