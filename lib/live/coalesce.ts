import type { StoredChange } from '@/lib/db/live-sql'
import type { LiveChange } from './dto'
import { TOPICS, topicOf } from './topics'

/** More different things than this in one message say only their topic: looking at each would cost more than looking at all. */
export const DIFFERENT_MAX = 200

/** What a listener is told of rows that it may see: each thing once, without what names an operator. */
export function coalesce(rows: readonly StoredChange[]): LiveChange[] {
  const different = new Map<string, LiveChange>()
  for (const row of rows) {
    const topic = topicOf(row)
    if (topic === undefined) continue
    const detail = TOPICS[topic].to === 'operator' ? null : row.detail
    different.set(`${topic} ${row.firewallId ?? ''} ${detail ?? ''}`, { topic, firewallId: row.firewallId, detail })
  }
  if (different.size <= DIFFERENT_MAX) return [...different.values()]
  const topics = new Map([...different.values()].map(({ topic }) => [topic, { topic, firewallId: null, detail: null }]))
  return [...topics.values()]
}
