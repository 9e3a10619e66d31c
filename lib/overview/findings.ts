// What can be found wrong with a firewall, as one table that server, pages and tests read. Browser-safe. The order is the
// order of worst first; lib/db/finding-sql.ts has the condition of each, components/overview/finding-looks.ts its look.

import { CERTIFICATE_SOON_DAYS, DISK_PERCENT_FULL } from './words'

export const LEDGERS = ['broken', 'waits', 'will-break', 'not-known'] as const
export type Ledger = (typeof LEDGERS)[number]

type Finding = {
  ledger: Ledger
  /** In a ledger: what is counted. */
  word: string
  /** After the name of one firewall, and after a number of them. */
  does: readonly [one: string, many: string]
}

/** What was measured counts only while the firewall answers: of a silent one the silence is told, not what it said before. */
export const FINDINGS = {
  unreachable: { ledger: 'broken', word: 'Unreachable', does: ['does not answer', 'do not answer'] },
  'gateway-down': { ledger: 'broken', word: 'Gateway down', does: ['has a gateway down', 'have a gateway down'] },
  'tunnel-down': { ledger: 'broken', word: 'Tunnel down', does: ['has a tunnel down', 'have a tunnel down'] },
  'two-masters': { ledger: 'broken', word: 'Two masters', does: ['is master, and so is its peer', 'are master at the same time as their peers'] },
  'certificate-changed': { ledger: 'waits', word: 'Certificate changed', does: ['shows another certificate', 'show another certificate'] },
  'credential-rejected': { ledger: 'waits', word: 'Credential rejected', does: ['rejects the credential', 'reject the credential'] },
  'credential-missing': { ledger: 'waits', word: 'Credential missing', does: ['has no credential', 'have no credential'] },
  'api-package-missing': { ledger: 'waits', word: 'API package missing', does: ['lost its API package', 'lost their API package'] },
  'gateway-lossy': { ledger: 'will-break', word: 'Gateway lossy', does: ['has a lossy gateway', 'have a lossy gateway'] },
  'certificate-ends': { ledger: 'will-break', word: `Certificate ends in ${CERTIFICATE_SOON_DAYS} d`, does: ['has a certificate that ends soon', 'have a certificate that ends soon'] },
  'reboot-pending': { ledger: 'will-break', word: 'Reboot pending', does: ['waits for a reboot', 'wait for a reboot'] },
  'disk-full': { ledger: 'will-break', word: `Disk over ${DISK_PERCENT_FULL} %`, does: [`has a disk over ${DISK_PERCENT_FULL} %`, `have a disk over ${DISK_PERCENT_FULL} %`] },
  'clock-off': { ledger: 'will-break', word: 'Clock off by over 2 min', does: ['has a wrong clock', 'have a wrong clock'] },
  'other-trouble': { ledger: 'will-break', word: 'Service or notice', does: ['has a stopped service or an error notice', 'have stopped services or error notices'] },
  stale: { ledger: 'not-known', word: 'Stale', does: ['was not read lately', 'were not read lately'] },
  'never-visited': { ledger: 'not-known', word: 'Never visited', does: ['was never visited', 'were never visited'] },
  paused: { ledger: 'not-known', word: 'Paused', does: ['is paused', 'are paused'] },
} as const satisfies Record<string, Finding>
export type FindingName = keyof typeof FINDINGS

const isFinding = (name: string): name is FindingName => Object.hasOwn(FINDINGS, name)
/** Worst first. */
export const FINDING_NAMES: readonly FindingName[] = Object.keys(FINDINGS).filter(isFinding)
export const findingsOf = (ledger: Ledger): FindingName[] => FINDING_NAMES.filter((name) => FINDINGS[name].ledger === ledger)
/** Names that are findings, worst first. */
export const knownFindings = (names: readonly string[]): FindingName[] => FINDING_NAMES.filter((name) => names.includes(name))

/** The condition of the query language that finds exactly the firewalls with one of these. */
export const whereFinding = (names: readonly FindingName[]): string => (names.length === 1 ? `findings=${names[0]}` : `findings__in=${names.join(',')}`)
export const whereLedger = (ledger: Ledger): string => whereFinding(findingsOf(ledger))
/** The firewalls for which an update is offered. */
export const WHERE_UPDATES = 'firmware__state__in=offered,major-offered'
/** The firewalls that answered when they were visited last. */
export const WHERE_ANSWERING = 'state__in=reachable,degraded'
