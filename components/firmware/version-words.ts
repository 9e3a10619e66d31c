// How versions in the fleet are told. Pure.
import { newPlanHref } from '@/components/plans/new-plan-href'
import type { VersionOffer, VersionRow } from '@/lib/firmware/dto'
import { formatBytes } from '@/lib/format/bytes'
import { formatCount, plural } from '@/lib/format/numbers'

export const SHOWN = ['advisories', 'offered', 'restart', 'unknown'] as const
export type Shown = (typeof SHOWN)[number]
export const SHOWN_WORDS = { advisories: 'With an advisory', offered: 'With an update on offer', restart: 'With a restart pending', unknown: 'Not known what is on offer' } as const satisfies Record<Shown, string>

export const versionKey = ({ family, version }: Pick<VersionRow, 'family' | 'version'>): string => `${family} ${version ?? ''}`

export function isShown(row: VersionRow, shown: Shown): boolean {
  if (shown === 'advisories') return row.advisories.worst !== null
  if (shown === 'offered') return row.offered + row.majorOffered > 0
  return shown === 'restart' ? row.rebootPending > 0 : row.neverChecked + row.checkFailed + row.notReported > 0
}

type Standing = { count: number; word: string; state: string }
/** How many of them stand how by their last check, the most urgent first; what is none is left out. */
export function standings({ rebootPending, offered, majorOffered, checkFailed, neverChecked, notReported, upToDate }: VersionRow): Standing[] {
  const all: Standing[] = [
    { count: rebootPending, word: 'restart pending', state: 'reboot-pending' },
    { count: offered, word: 'offered', state: 'offered' },
    { count: majorOffered, word: 'new series offered', state: 'major-offered' },
    { count: checkFailed, word: 'check failed', state: 'check-failed' },
    { count: neverChecked, word: 'never checked', state: 'never-checked' },
    { count: notReported, word: 'not reported', state: 'not-reported' },
    { count: upToDate, word: 'up to date', state: 'up-to-date' },
  ]
  return all.filter(({ count }) => count > 0)
}

export const whereStanding = (where: string, state: string): string => `${where}&${new URLSearchParams({ firmware__state: state })}`

/** The page in one sentence. */
export function versionsSentence(rows: readonly VersionRow[]): string {
  const sum = (of: (row: VersionRow) => number): number => rows.reduce((total, row) => total + of(row), 0)
  const [firewalls, versions] = [sum((row) => row.firewalls), rows.filter(({ version }) => version !== null).length]
  const concerned = sum((row) => (row.advisories.worst === null ? 0 : row.firewalls))
  const offered = sum((row) => row.offered + row.majorOffered)
  const unknown = sum((row) => row.neverChecked + row.checkFailed + row.notReported)
  const rest = [
    ...(concerned > 0 ? [`${formatCount(concerned)} run one with an advisory`] : []),
    ...(offered > 0 ? [`${plural(offered, 'has', 'have')} an update on offer`] : []),
    ...(unknown > 0 ? [`of ${formatCount(unknown)} it is not known what is on offer`] : []),
  ]
  return `${plural(firewalls, 'firewall runs', 'firewalls run')} ${plural(versions, 'version')}${rest.length === 0 ? ', and nothing is on offer' : `; ${rest.join(', ')}`}.`
}

const spanWords = ({ least, most }: { least: number; most: number }, format: (value: number) => string): string => (least === most ? format(least) : `${format(least)} to ${format(most)}`)

/** What an offer would bring, as far as these firewalls report it. */
export function offerWords({ packages, downloadBytes, reboots, rebootsUnknown, firewalls }: VersionOffer): { packages: string | null; size: string | null; restarts: string } {
  return {
    packages: packages === null ? null : spanWords(packages, formatCount),
    size: downloadBytes === null ? null : spanWords(downloadBytes, formatBytes),
    restarts: rebootsUnknown === firewalls ? 'not reported' : reboots === firewalls ? 'yes' : reboots === 0 && rebootsUnknown === 0 ? 'no' : [`${formatCount(reboots)} of ${formatCount(firewalls)}`, ...(rebootsUnknown > 0 ? [`not reported by ${formatCount(rebootsUnknown)}`] : [])].join(', '),
  }
}

export const planOfOffer = ({ where, kind }: Pick<VersionOffer, 'where' | 'kind'>): string | null => (where === null ? null : newPlanHref({ query: kind === 'major' ? `${where}&update=major` : where }))

/** The plan that a row leads to: for what most of them are offered, else for a restart that is pending. */
export function planOfRow(row: VersionRow): string | null {
  const [offer] = row.offers
  if (offer) return planOfOffer(offer)
  return row.where === null || row.rebootPending === 0 ? null : newPlanHref({ query: `${whereStanding(row.where, 'reboot-pending')}&update=reboot` })
}
