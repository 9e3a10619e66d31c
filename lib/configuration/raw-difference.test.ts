import { describe, expect, it } from 'vitest'
import { largeModel, LAYOUTS, treeOf, xmlOf, type ConfigurationModel } from '@/lib/testing/configurations'
import { compareTrees } from './difference'
import { compareRaw } from './raw-difference'
import { lineStarts, sectionLines } from './raw-lines'
import type { TreeSection } from './tree'

const side = (sections: readonly TreeSection[], name: string) => sections.find((section) => section.name === name) ?? null
const changeOne = (model: ConfigurationModel, id: number): ConfigurationModel => ({ ...model, rules: model.rules.map((rule) => (rule.id === id ? { ...rule, port: 65_000 } : rule)) })

describe.each(LAYOUTS)('lines of XML, layout %s', (layout) => {
  const model = largeModel(400)
  const [before, after] = [treeOf(layout, xmlOf(layout, model)), treeOf(layout, xmlOf(layout, changeOne(model, 200)))]

  it('one changed value is one hunk with three lines around it, numbered as in the whole section', () => {
    const { hunks, coarse } = compareRaw(side(before, 'rules'), side(after, 'rules'))
    expect(coarse).toBe(false)
    expect(hunks).toHaveLength(1)
    const [hunk] = hunks
    expect(hunk?.lines.map(({ what }) => what)).toEqual(['same', 'same', 'same', 'removed', 'added', 'same', 'same', 'same'])
    const whole = sectionLines(side(after, 'rules')?.items ?? [])
    expect(whole.slice((hunk?.afterStart ?? 0) - 1).slice(0, 3)).toEqual(hunk?.lines.slice(0, 3).map(({ text }) => text))
  })

  it('the lines of items are counted as they are written', () => {
    for (const { items } of after) {
      const starts = lineStarts(items)
      const whole = sectionLines(items)
      items.forEach((item, index) => expect(whole[starts[index] ?? -1]?.trim().startsWith(`<${item.node[0]}`)).toBe(true))
      expect(starts.at(-1)).toBeLessThanOrEqual(whole.length)
    }
  })

  it('a section that is not there is all added, in stretches that have a bound', () => {
    const { hunks } = compareRaw(null, side(after, 'rules'))
    expect(hunks.length).toBeGreaterThan(1)
    for (const { lines } of hunks) expect(lines.length).toBeLessThanOrEqual(400)
    expect(hunks.flatMap(({ lines }) => lines).every(({ what }) => what === 'added')).toBe(true)
  })

  describe('large', () => {
    const large = largeModel(4_000)
    const [old, now] = [treeOf(layout, xmlOf(layout, large)), treeOf(layout, xmlOf(layout, changeOne(large, 2_000)))]

    it('a section is compared item by item, and tells the same change at the same lines', () => {
      const { hunks, coarse } = compareRaw(side(old, 'rules'), side(now, 'rules'))
      expect(coarse).toBe(true)
      expect(hunks).toHaveLength(1)
      const place = sectionLines(side(now, 'rules')?.items ?? []).findIndex((line) => line.includes('<port>65000</port>'))
      const added = hunks[0]?.lines.filter(({ what }) => what !== 'removed').findIndex(({ what }) => what === 'added') ?? -1
      expect((hunks[0]?.afterStart ?? 0) - 1 + added).toBe(place)
    })

    it('what is equal costs next to nothing', () => {
      // The best of three: a busy machine makes single turns dear, in processor time too.
      const turns = Array.from({ length: 3 }, () => {
        const started = process.cpuUsage()
        expect(compareTrees(old, now).changes).toHaveLength(1)
        const { user, system } = process.cpuUsage(started)
        return (user + system) / 1000
      })
      // Two of 20 MiB within two seconds is fourteen times this size.
      expect(Math.min(...turns)).toBeLessThan(140)
    })
  })
})
