// Which release of the API package was built for which pfSense: each is built for a few versions of the system alone, and the
// file of another does not exist (contract section 1, read from docs/INSTALL_AND_CONFIG.md of each release).
import { compareApiVersions, parseApiVersion } from './read-version'

type Version = readonly [number, number, number]
type Builds = { series: readonly [number, number]; /** The release that was read; null = only its series is known, so that no file of it can be named. */ release: Version | null; bases: readonly string[]; /** Plus from and to, where a range is documented. */ plus?: readonly [string, string] }

/** The newest first. */
const BUILDS: readonly Builds[] = [
  { series: [2, 10], release: [2, 10, 0], bases: ['2.8.1', '25.11.1', '26.03', '26.03.1'] },
  { series: [2, 9], release: [2, 9, 0], bases: ['2.8.1', '25.11.1', '26.03', '26.03.1'] },
  { series: [2, 7], release: [2, 7, 7], bases: ['2.8.0', '2.8.1'], plus: ['24.11', '26.03'] },
  { series: [2, 6], release: [2, 6, 9], bases: ['2.8.0', '2.8.1'], plus: ['24.11', '25.11'] },
  { series: [2, 5], release: [2, 5, 0], bases: ['2.8.0', '24.11'] },
  { series: [2, 4], release: null, bases: ['2.7.2', '24.03', '24.11'] },
  { series: [2, 3], release: null, bases: ['2.7.2', '24.03', '24.11'] },
  { series: [2, 0], release: null, bases: ['2.7.2', '24.03'] },
]
const NEWEST_CE: Version = [2, 8, 1]
const NEWEST_PLUS: Version = [26, 3, 1]

const isBetween = (base: Version, [from, to]: readonly [string, string]): boolean => {
  const [low, high] = [parseApiVersion(from), parseApiVersion(to)]
  return low !== null && high !== null && compareApiVersions(low, base) <= 0 && compareApiVersions(base, high) <= 0
}

/**
 * The release to install on a base: the installed one where it was built for it, so that nothing else changes, else the newest
 * that was. `newest` = the base is newer than all that were read; null = none is known. Bases are numbers alone, `2.8.1`, `25.11.1`.
 */
export function releaseFor(base: string, installed: Version | null): Version | 'newest' | null {
  const parsed = parseApiVersion(base)
  if (parsed === null) return null
  const fits = ({ bases, plus }: Builds): boolean => bases.includes(base) || (plus !== undefined && isBetween(parsed, plus))
  const own = installed && BUILDS.find(({ series }) => series[0] === installed[0] && series[1] === installed[1])
  if (installed && own && fits(own)) return installed
  const listed = BUILDS.find((builds) => builds.release !== null && fits(builds))?.release
  if (listed) return listed
  return compareApiVersions(parsed, parsed[0] >= 20 ? NEWEST_PLUS : NEWEST_CE) > 0 ? 'newest' : null
}
