import 'server-only'
import { moduleOf } from '@/lib/firewalls/dto-of'
import { formatCount } from '@/lib/format/numbers'
import type { PlanPreview, PreviewRow } from './dto'
import { minutesNeeded } from './expected'
import type { PlanShape } from './shape'
import type { WorkedOut, WorkedRow } from './work-out'
import { CANNOT_RUN, PREVIEW_GROUPS, type PreviewGroup } from './words'

type Shape = Pick<PlanShape, 'kind' | 'design'>
const MINUTE_MS = 60_000
const byName = (a: { name: string }, b: { name: string }): number => a.name.localeCompare(b.name)
const named = (id: string | null, name: string | null) => (id === null ? null : { id, name: name ?? '' })
const answers = (state: string | null): boolean => state === 'reachable' || state === 'degraded'

/** Minutes without this firewall: none where nothing restarts or a peer that answers takes over. */
function minutesAway({ row, module, stored }: WorkedRow): PreviewRow['minutesAway'] {
  if (!module || !stored) return null
  const { least, most } = module.updateAbility.minutesAway
  return stored.offer.rebootRequired === false || (row.peerId !== null && answers(row.peerState)) ? { least: 0, most: 0 } : { least, most }
}

function toRow(worked: WorkedRow, { design }: Shape): PreviewRow {
  const { row, module, position, stored, group, findings, start } = worked
  const { family, label } = module ?? moduleOf(row)
  const ring = position === undefined ? undefined : design.rings[position]
  return {
    firewall: { id: row.id, name: row.name, family, familyLabel: label, timeZone: row.timeZone },
    customer: { id: row.customerId, name: row.customerName },
    site: named(row.siteId, row.siteName),
    group,
    ring: position === undefined || !ring ? null : { position, name: ring.name },
    from: row.version,
    to: stored?.offer.version ?? null,
    packageCount: stored?.offer.packages?.length ?? null,
    downloadBytes: stored?.offer.downloadBytes ?? null,
    reboot: stored?.offer.rebootRequired ?? null,
    minutesAway: minutesAway(worked),
    startsAt: start?.startsAt.toISOString() ?? null,
    endsAt: start?.endsAt.toISOString() ?? null,
    findings,
    peer: named(row.peerId, row.peerName),
  }
}

const codeRank = ({ findings }: WorkedRow): number => CANNOT_RUN.findIndex((code) => code === findings[0]?.code)
const startOf = ({ start }: WorkedRow): number => start?.startsAt.getTime() ?? 0
const inOrder = (rows: readonly WorkedRow[], group: PreviewGroup): WorkedRow[] =>
  rows.filter((row) => row.group === group).sort((a, b) => (group === 'cannot-run' ? codeRank(a) - codeRank(b) : startOf(a) - startOf(b)) || byName(a.row, b.row))

function findingsOf(rows: readonly WorkedRow[]): PlanPreview['groups'][number]['findings'] {
  const counted = new Map<string, PlanPreview['groups'][number]['findings'][number]>()
  for (const { findings } of rows) {
    const [first] = findings
    if (first) counted.set(first.code, { code: first.code, word: first.word, count: (counted.get(first.code)?.count ?? 0) + 1 })
  }
  return [...counted.values()].sort((a, b) => b.count - a.count)
}

function sentenceOf(matched: number, counts: Record<PreviewGroup, number>): string {
  if (matched === 0) return 'No firewall matches.'
  if (counts['cannot-run'] === matched) return matched === 1 ? 'The one firewall that matches cannot run.' : `None of ${formatCount(matched)} can run.`
  const own = counts['on-its-own']
  return [
    `${formatCount(own)} of ${formatCount(matched)} can run on ${own === 1 ? 'its' : 'their'} own`,
    ...(counts['needs-person'] > 0 ? [`${formatCount(counts['needs-person'])} ${counts['needs-person'] === 1 ? 'needs' : 'need'} a person afterwards`] : []),
    ...(counts['cannot-run'] > 0 ? [`${formatCount(counts['cannot-run'])} cannot run`] : []),
  ].join(', ').concat('.')
}

function ringsOf(rows: readonly WorkedRow[], { design }: Shape): PlanPreview['rings'] {
  return design.rings.map(({ name }, position) => {
    const members = rows.filter((row) => row.position === position)
    const starts = members.flatMap(({ start }) => start?.startsAt.getTime() ?? [])
    const at = (time: number | undefined) => (time === undefined ? null : new Date(time).toISOString())
    const sorted = starts.toSorted((a, b) => a - b)
    return { position, name, matched: members.length, runs: starts.length, firstStartAt: at(sorted[0]), lastStartAt: at(sorted.at(-1)) }
  })
}

/** When the last one is expected to be over. */
function doneBy(rows: readonly WorkedRow[], kind: Shape['kind']): string | null {
  const ends = rows.flatMap(({ start, module }) => (start && module ? [start.startsAt.getTime() + minutesNeeded(module.updateAbility, kind) * MINUTE_MS] : []))
  return ends.length === 0 ? null : new Date(ends.reduce((a, b) => Math.max(a, b))).toISOString()
}

/** A worked-out plan as the API tells it, with at most `rows` rows of each group, or of `group` alone. */
export function toPreview({ at, rows, setHash }: WorkedOut, shape: Shape, asked: { group?: PreviewGroup | undefined; rows: number }): PlanPreview {
  const sorted = PREVIEW_GROUPS.map((group) => ({ group, members: inOrder(rows, group) }))
  const size = (group: PreviewGroup): number => sorted.find((each) => each.group === group)?.members.length ?? 0
  const counts = { 'cannot-run': size('cannot-run'), 'needs-person': size('needs-person'), 'on-its-own': size('on-its-own') }
  const runs = rows.filter(({ group }) => group !== 'cannot-run')
  const running = new Set(runs.map(({ row }) => row.id))
  return {
    workedOutAt: at.toISOString(),
    setHash,
    sentence: sentenceOf(rows.length, counts),
    matched: rows.length,
    counts,
    reboots: runs.filter(({ stored }) => shape.kind === 'reboot' || stored?.offer.rebootRequired === true).length,
    rebootsUnknown: runs.filter(({ stored }) => shape.kind !== 'reboot' && typeof stored?.offer.rebootRequired !== 'boolean').length,
    haPairs: runs.filter(({ row }) => row.peerId !== null && running.has(row.peerId)).length / 2,
    sitesWithoutHa: new Set(runs.filter(({ row }) => row.peerId === null).map(({ row }) => row.siteId ?? row.id)).size,
    doneBy: doneBy(runs, shape.kind),
    rings: ringsOf(rows, shape),
    customers: [...new Map(rows.map(({ row }) => [row.customerId, { id: row.customerId, name: row.customerName }])).values()].sort(byName),
    groups: sorted.map(({ group, members }) => ({ group, count: members.length, findings: findingsOf(members) })),
    rows: sorted.filter(({ group }) => asked.group === undefined || asked.group === group).flatMap(({ members }) => members.slice(0, asked.rows).map((row) => toRow(row, shape))),
  }
}
