// Which advisories are about a version. Pure. A fleet has few versions, so each is looked at once for all of its firewalls.
import type { Advisory } from './format'
import { compareNumbers, versionNumbers } from './versions'
import { SEVERITIES } from './words'

/** `understood` false: the version is not reported, or not spelt in a way that can be compared; then nothing is known about it. */
export type Matched = { understood: boolean; advisories: Advisory[] }

type Range = { from: readonly number[]; before: readonly number[] | null; through: readonly number[] | null }
type Ready = { advisory: Advisory; ranges: Range[] }
const numbersOf = (text: string | undefined): readonly number[] | null => (text === undefined ? null : versionNumbers(text))

function ready(advisory: Advisory): Ready {
  const ranges = advisory.affected.flatMap(({ from, before, through }): Range[] => {
    const first = versionNumbers(from)
    return first ? [{ from: first, before: numbersOf(before), through: numbersOf(through) }] : []
  })
  return { advisory, ranges }
}

const covers = (version: readonly number[]) => ({ from, before, through }: Range): boolean =>
  compareNumbers(from, version) <= 0 && (before === null || compareNumbers(version, before) < 0) && (through === null || compareNumbers(version, through) <= 0)

const worstFirst = (one: Advisory, other: Advisory): number =>
  SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(other.severity) || other.date.localeCompare(one.date) || one.id.localeCompare(other.id)

export const inOrder = (advisories: readonly Advisory[]): Advisory[] => [...advisories].sort(worstFirst)

/** The advisories about a version of a family, the worst first. */
export function matcher(advisories: readonly Advisory[]): (family: string, version: string | null) => Matched {
  const all = inOrder(advisories).map(ready)
  return (family, version) => {
    const numbers = version === null ? null : versionNumbers(version)
    if (numbers === null) return { understood: false, advisories: [] }
    const isCovered = covers(numbers)
    return { understood: true, advisories: all.filter((each) => each.advisory.families.some((name) => name === family) && each.ranges.some(isCovered)).map((each) => each.advisory) }
  }
}
