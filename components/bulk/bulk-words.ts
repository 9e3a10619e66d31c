// How acts over many firewalls are told. Pure.
import type { BulkActName, BulkSummary } from '@/lib/bulk/input'
import { formatCount, plural } from '@/lib/format/numbers'

const DOING = { refresh: 'Refreshing', check: 'Checking', backup: 'Taking backups of', tag: 'Tagging', move: 'Moving', pause: 'Pausing', resume: 'Resuming' } as const satisfies Record<BulkActName, string>
const DONE = { refresh: 'Refreshed', check: 'Checked', backup: 'Took backups of', tag: 'Tagged', move: 'Moved', pause: 'Paused', resume: 'Resumed' } as const satisfies Record<BulkActName, string>

const tagsOf = (value: unknown): string[] => (Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [])
const what = ({ act, input }: Pick<BulkSummary, 'act' | 'input'>): string => {
  if (act !== 'tag') return ''
  const [add, remove] = [tagsOf(input.add), tagsOf(input.remove)]
  return [add.length > 0 ? ` with ${add.join(', ')}` : '', remove.length > 0 ? ` without ${remove.join(', ')}` : ''].join('')
}

/** `Refreshing 214 firewalls`, then `Refreshed 214 firewalls`. */
export const titleOf = (bulk: BulkSummary): string => `${(bulk.finishedAt === null ? DOING : DONE)[bulk.act]} ${plural(bulk.finishedAt === null ? bulk.total : bulk.counts.done, 'firewall')}${what(bulk)}`

/** Firewalls that were removed since it was asked for. */
export const goneOf = ({ total, counts }: BulkSummary): number => Math.max(0, total - Object.values(counts).reduce((sum, count) => sum + count, 0))

/** `120 done · 2 failed · 3 skipped`; what is none is left out. */
export function countsOf(bulk: BulkSummary): string {
  const { done, failed, skipped } = bulk.counts
  const gone = goneOf(bulk)
  const parts: [number, string][] = [
    [done, 'done'],
    [failed, 'failed'],
    [skipped, 'skipped'],
    [gone, 'not there any more'],
  ]
  const told = parts.filter(([count]) => count > 0).map(([count, word]) => `${formatCount(count)} ${word}`)
  return told.length === 0 ? 'Waiting for a worker' : told.join(' · ')
}

/** The act that takes a tag back from exactly those that got it; null for every other act. */
export function inverseOf(bulk: BulkSummary): { act: 'tag'; input: Record<string, unknown> } | null {
  const [add, remove] = [tagsOf(bulk.input.add), tagsOf(bulk.input.remove)]
  return bulk.act === 'tag' && add.length + remove.length === 1 ? { act: 'tag', input: { add: remove, remove: add } } : null
}
