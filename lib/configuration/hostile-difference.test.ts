// Comparing runs beside everything else, so what a hostile configuration can make of it has a bound.
import { describe, expect, it } from 'vitest'
import { treeOf as treeOfFamily } from '@/lib/testing/configurations'
import { compareTrees } from './difference'
import { compareRaw } from './raw-difference'
import type { TreeSection } from './tree'

const LIMIT_MS = 2_500
const treeOf = (inside: string): readonly TreeSection[] => treeOfFamily('pfsense-v2', `<?xml version="1.0"?><pfsense>${inside}<system><hostname>fw</hostname></system></pfsense>`)
const rules = (list: readonly string[]) => `<filter>${list.map((rule) => `<rule>${rule}</rule>`).join('')}</filter>`
const many = (count: number, make: (index: number) => string) => Array.from({ length: count }, (_, index) => make(index))

/** Processor time: what is measured is the comparison, not who else uses the machine. */
function timed<T>(act: () => T): { result: T; milliseconds: number } {
  const before = process.cpuUsage()
  const result = act()
  const { user, system } = process.cpuUsage(before)
  return { result, milliseconds: (user + system) / 1000 }
}

const SHAPES: readonly (readonly [name: string, before: string, after: string])[] = [
  ['a text that is nearly a sentence, without end', rules([`<descr>${'a'.repeat(2_000_000)} b</descr>`]), rules([`<descr>${'a'.repeat(2_000_000)} c</descr>`])],
  ['a hundred thousand things that are alike', rules(many(100_000, () => '<x/>')), rules(many(100_000, (index) => (index === 99_999 ? '<y/>' : '<x/>')))],
  ['one path with more values than a call takes arguments', rules([many(200_000, (index) => `<v>${index}</v>`).join('')]), rules([many(200_000, (index) => `<v>${index + 1}.</v>`).join('')])],
  ['things that share nearly every value', rules(many(50, (index) => many(5_000, (at) => `<v>${index}.${at}</v>`).join(''))), rules(many(50, (index) => many(5_000, (at) => `<v>${index}:${at}</v>`).join('')))],
  ['many lists of things that may have been renamed', `<dhcpd>${many(60, (net) => `<opt${net}>${many(50, (at) => `<staticmap><a>${net}.${at}</a><b>x</b></staticmap>`).join('')}</opt${net}>`).join('')}</dhcpd>`, `<dhcpd>${many(60, (net) => `<opt${net}>${many(50, (at) => `<staticmap><a>${net}:${at}</a><b>x</b></staticmap>`).join('')}</opt${net}>`).join('')}</dhcpd>`],
]

describe('comparing what was made to take long', () => {
  it.each(SHAPES)('%s: has an end, and says that something differs', (_, before, after) => {
    const [old, now] = [treeOf(before), treeOf(after)]
    const { result, milliseconds } = timed(() => compareTrees(old, now))
    expect(result.changes.length).toBeGreaterThan(0)
    expect(milliseconds).toBeLessThan(LIMIT_MS)
  })
  it('lines of many things that all differ are shown, the last of them as the whole of both', () => {
    const list = (word: string) => treeOf(rules(many(4_000, (index) => `<tracker>${index}</tracker>${many(30, (at) => `<v${at}>${word}${at % 3 === 0 ? index : at}</v${at}>`).join('')}`)))
    const [old, now] = [list('was'), list('is')].map((sections) => sections.find(({ name }) => name === 'rules') ?? null)
    const { result, milliseconds } = timed(() => compareRaw(old ?? null, now ?? null))
    expect(result.hunks.length).toBeGreaterThan(1_000)
    expect(milliseconds).toBeLessThan(LIMIT_MS)
  })
})
