import { readFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'

const REVIEW_DAYS_MAX = 30
const DAY_MS = 86_400_000

const line = z.strictObject({ atLeast: z.string().regex(/^\d+\.\d+\.\d+$/), advisories: z.array(z.string().regex(/^(CVE-\d{4}-\d{4,}|GHSA(-[a-z0-9]{4}){3})$/)).min(1), note: z.string().optional() })
const lines = z.record(z.string().regex(/^\d+(\.\d+)?$/), line)
const floorsFile = z.strictObject({
  reviewedOn: z.iso.date(),
  why: z.string(),
  packages: z.record(z.string(), z.strictObject({ mayBeAbsent: z.boolean().optional(), lines })),
  node: z.strictObject({ lines, note: z.string() }),
})
const lockFile = z.object({ packages: z.record(z.string(), z.object({ version: z.string().optional() })) })

const readJson = (file: string): unknown => JSON.parse(readFileSync(path.join(process.cwd(), file), 'utf8'))
const floors = floorsFile.parse(readJson('security/floors.json'))
const lock = lockFile.parse(readJson('package-lock.json'))

function compare(a: string, b: string): number {
  const numbers = (version: string) => (version.split(/[-+]/)[0] ?? '').split('.').map(Number)
  const [left, right] = [numbers(a), numbers(b)]
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

/** A prerelease comes before its release. */
const isBelow = (version: string, floor: string) => compare(version, floor) < 0 || (compare(version, floor) === 0 && version.includes('-'))

/** Why a version is below the floor of its line, or null. A line that is not listed counts as broken, unless it is newer than all that are. */
function breach(name: string, version: string, known: z.infer<typeof lines>): string | null {
  const own = Object.entries(known).find(([prefix]) => `${version}.`.startsWith(`${prefix}.`))?.[1]
  if (own) return isBelow(version, own.atLeast) ? `${name} ${version} is below ${own.atLeast} (${own.advisories.join(', ')})` : null
  const isNewer = Object.values(known).every(({ atLeast }) => compare(version, atLeast) > 0)
  return isNewer ? null : `${name} ${version} is of a line without a known fix`
}

/** Every copy of a package that the lock file installs, also those below another package. */
const versionsOf = (name: string) =>
  Object.entries(lock.packages).flatMap(([where, { version }]) => ((where === `node_modules/${name}` || where.endsWith(`/node_modules/${name}`)) && version !== undefined ? [version] : []))

/** What is said aloud but fails nothing: Node.js 20 is supported, and an old review is no hole by itself. */
function warnings(nodeVersion: string, nowMs: number): string[] {
  const node = breach('Node.js', nodeVersion, floors.node.lines)
  const ageDays = Math.floor((nowMs - Date.parse(floors.reviewedOn)) / DAY_MS)
  return [
    ...(node === null ? [] : [`${node}. ${floors.node.note}`]),
    ...(ageDays <= REVIEW_DAYS_MAX ? [] : [`security/floors.json was reviewed ${ageDays} days ago. Read the advisories since ${floors.reviewedOn} and set the date.`]),
  ]
}

beforeAll(() => {
  for (const sentence of warnings(process.versions.node, Date.now())) console.warn(sentence)
})

describe('security floors', () => {
  it.each(Object.entries(floors.packages))('no copy of %s is below its floor', (name, { lines, mayBeAbsent }) => {
    const versions = versionsOf(name)
    if (!mayBeAbsent) expect(versions, `${name} is not in package-lock.json`).not.toEqual([])
    expect(versions.flatMap((version) => breach(name, version, lines) ?? [])).toEqual([])
  })

  it('no review lies in the future', () => expect(Date.parse(floors.reviewedOn)).toBeLessThan(Date.now() + DAY_MS))
})

describe('the comparison with a floor', () => {
  const known = floors.packages.next?.lines ?? {}
  it.each(['16.4.4', '16.4.5-canary.1', '15.5.28', '15.4.99', '14.2.99', '16.0.0'])('finds next %s too old', (version) => expect(breach('next', version, known)).toContain(version))
  it.each(['16.4.5', '16.4.6', '16.10.0', '15.5.29', '17.0.0'])('lets next %s pass', (version) => expect(breach('next', version, known)).toBeNull())
  it.each(['20.20.2', '22.23.3', '24.22.0'])('finds Node.js %s below its floor', (version) => expect(breach('Node.js', version, floors.node.lines)).toContain(version))

  it('warns of an old Node.js and of an old review, and of nothing else', () => {
    const reviewedMs = Date.parse(floors.reviewedOn)
    expect(warnings('24.22.1', reviewedMs + REVIEW_DAYS_MAX * DAY_MS)).toEqual([])
    expect(warnings('20.20.2', reviewedMs)).toEqual([expect.stringContaining('Node.js 20.20.2')])
    expect(warnings('26.12.1', reviewedMs + (REVIEW_DAYS_MAX + 1) * DAY_MS)).toEqual([expect.stringContaining('31 days ago')])
  })
})
