// Which critical alerts are said aloud. Pure, so that it can be tested.
import type { AlertDto } from '@/lib/alerts/dto'

type Heard = Pick<AlertDto, 'id' | 'severity' | 'state' | 'sentence'>
/** `known`: said, or there before; `told` in the order in which they came. */
export type Announced = { question: string; known: ReadonlySet<string>; told: readonly { id: string; sentence: string }[] }
/** Those that were said long ago stand nowhere any more. */
const TOLD_MAX = 10

/**
 * What is there when a question is first answered is not new, also that of another filter; what comes after it is, each
 * once. The answer is `before` itself where nothing came.
 */
export function hear(before: Announced | null, question: string, alerts: readonly Heard[]): Announced {
  const critical = alerts.filter(({ severity, state }) => severity === 'critical' && state === 'open')
  const fresh = critical.filter(({ id }) => before?.known.has(id) !== true)
  if (before !== null && before.question === question && fresh.length === 0) return before
  const known = new Set([...(before?.known ?? []), ...fresh.map(({ id }) => id)])
  const told = before?.told ?? []
  return { question, known, told: before?.question === question ? [...told, ...fresh.map(({ id, sentence }) => ({ id, sentence }))].slice(-TOLD_MAX) : told }
}
