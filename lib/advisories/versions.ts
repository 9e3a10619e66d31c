// Order of versions of firewalls, for the ranges of advisories. Pure; knows the spellings of all families:
// `25.7.11_2`, `26.1.b1`, `26.7.r`, `2.8.1-RELEASE`, `2.4.5-RELEASE-p1`, `2.8.1-RC`, `25.11-BETA`.

/** Before its release a version has stages, in this order; 0 is the release. */
const STAGES: Record<string, number> = { development: -3, devel: -3, a: -3, alpha: -3, b: -2, beta: -2, r: -1, rc: -1, release: 0 }
const SPELLING = /^(\d{1,6}(?:\.\d{1,6}){0,4})(?:_(\d{1,6}))?(?:[.-]?([a-z]+)[.-]?(\d{0,12})?)?(?:[.-]p(\d{1,6}))?$/i
const NUMBERS = 5

/** Numbers that compare from the left; null = this spelling is not understood, and then nothing is said about the version. */
export function versionNumbers(text: string): readonly number[] | null {
  const [, dotted, revision = '0', word = 'release', stageNumber = '', patch = '0'] = SPELLING.exec(text.trim()) ?? []
  const stage = STAGES[word.toLowerCase()]
  if (dotted === undefined || stage === undefined) return null
  const numbers = dotted.split('.').map(Number)
  return [...numbers, ...Array<number>(NUMBERS - numbers.length).fill(0), stage, Number(stageNumber || '0'), Number(revision), Number(patch)]
}

/** Below 0: `one` is older. */
export function compareNumbers(one: readonly number[], other: readonly number[]): number {
  const at = one.findIndex((number, place) => number !== other[place])
  return at === -1 ? 0 : (one[at] ?? 0) - (other[at] ?? 0)
}
