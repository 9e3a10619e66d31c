// Whether a firewall is no worse than before its update. Pure: two snapshots in, one row for each check out.
import { hideSecrets } from '@/lib/core/log-text'
import type { UpdateCheck } from './dto'
import type { Snapshot } from './snapshot'

export type Expected = {
  kind: string
  toVersion: string | null
  fromVersion: string | null
  /** A restart was due; null = the firewall did not say. */
  rebootDue: boolean | null
  /** When the update call was about to be made. */
  startedAt: Date
  /** Of the family: `2.8.1` is offered where `2.8.1-RELEASE` runs. */
  isSameVersion(ran: string, wanted: string): boolean
}

/** Boot times are full seconds, and of some only known from how long ago it was. */
const BOOT_SLACK_MS = 30_000

/** What is found may hold words of the firewall, and is kept with the job. */
const row = (id: string, label: string, rest: Omit<UpdateCheck, 'id' | 'label'>): UpdateCheck => ({ id, label, ...rest, finding: rest.finding === null ? null : hideSecrets(rest.finding) })
const shown = (part: { known: true; value: unknown } | { known: false; reason: string }): string | null => (part.known ? String(part.value) : null)
const notKnowable = (before: string | null, reason: string): Omit<UpdateCheck, 'id' | 'label'> => ({ result: 'not-knowable', before, now: null, source: 'not reported', finding: reason })

function judgeVersion(before: Snapshot, now: Snapshot, { kind, toVersion, fromVersion, isSameVersion }: Expected): UpdateCheck {
  const label = 'Version'
  const was = shown(before.version) ?? fromVersion
  if (!now.version.known) return row('version', label, notKnowable(was, now.version.reason))
  const runs = now.version.value
  const reached = kind === 'reboot' ? runs === was : toVersion === null ? runs !== was : isSameVersion(runs, toVersion)
  return row('version', label, { result: reached ? 'pass' : 'fail', before: was, now: runs, source: now.version.source, finding: reached ? null : kind !== 'reboot' && toVersion === null ? `It still runs ${runs}.` : `It runs ${runs}, not ${toVersion ?? was ?? 'the version before'}.` })
}

/** True, false, or null when it cannot be known: whether it started anew since the update began. */
export function hasRestarted(before: Snapshot, now: Pick<Snapshot, 'bootedAt'>, startedAt: Date): boolean | null {
  if (!now.bootedAt.known) return null
  const nowMs = Date.parse(now.bootedAt.value)
  if (before.bootedAt.known) return nowMs > Date.parse(before.bootedAt.value) + BOOT_SLACK_MS
  return nowMs > startedAt.getTime() + BOOT_SLACK_MS
}

function judgeBoot(before: Snapshot, now: Snapshot, { rebootDue, startedAt }: Expected): UpdateCheck {
  const label = 'Restarted'
  const was = shown(before.bootedAt)
  const restarted = hasRestarted(before, now, startedAt)
  if (!now.bootedAt.known || restarted === null) return row('boot', label, rebootDue === false ? { result: 'pass', before: was, now: null, source: 'no restart was due', finding: null } : notKnowable(was, now.bootedAt.known ? 'Its boot time cannot be compared.' : now.bootedAt.reason))
  const isWell = restarted || rebootDue !== true
  return row('boot', label, { result: isWell ? 'pass' : 'fail', before: was, now: now.bootedAt.value, source: now.bootedAt.source, finding: isWell ? null : 'A restart was due, and its boot time has not moved.' })
}

function judgeRules(before: Snapshot, now: Snapshot): UpdateCheck {
  const label = 'Firewall rules loaded'
  const was = before.rulesLoaded.known ? (before.rulesLoaded.value ? 'loaded' : 'not loaded') : null
  if (!now.rulesLoaded.known) return row('rules', label, notKnowable(was, now.rulesLoaded.reason))
  return row('rules', label, { result: now.rulesLoaded.value ? 'pass' : 'fail', before: was, now: now.rulesLoaded.value ? 'loaded' : 'not loaded', source: now.rulesLoaded.source, finding: now.rulesLoaded.value ? null : 'The packet filter runs without its rules. Load them on the firewall at once.' })
}

const LISTS = { gateways: ['Gateways', 'up'], services: ['Services', 'running'], interfaces: ['Interfaces', 'up'], tunnels: ['Tunnels', 'up'], carp: ['CARP role', 'in their role'] } as const
type ListName = keyof typeof LISTS
const NAMES_SHOWN_MAX = 5

/** What was well must be well; of CARP, in the same role. What was down before may stay so, and what is new is nobody's fault. */
function judgeList(name: ListName, before: Snapshot, now: Snapshot): UpdateCheck {
  const [label, word] = LISTS[name]
  const [was, is] = [before[name], now[name]]
  const count = (part: typeof was) => (part.known ? `${part.value.filter(({ well }) => well).length} of ${part.value.length} ${word}` : null)
  if (!is.known) return row(name, label, notKnowable(count(was), is.reason))
  const source = is.source
  if (!was.known) return row(name, label, { result: 'not-knowable', before: null, now: count(is), source, finding: `Not known from before: ${was.reason}` })
  const current = new Map(is.value.map((item) => [item.name, item]))
  const worse = was.value.filter((item) => item.well && !(current.get(item.name)?.well === true && (name !== 'carp' || current.get(item.name)?.state === item.state)))
  const finding = worse.length === 0 ? null : `${worse.slice(0, NAMES_SHOWN_MAX).map((item) => `${item.name}: ${item.state} before, ${current.get(item.name)?.state ?? 'gone'} now`).join('; ')}${worse.length > NAMES_SHOWN_MAX ? `; and ${worse.length - NAMES_SHOWN_MAX} more` : ''}.`
  return row(name, label, { result: finding === null ? 'pass' : 'fail', before: count(was), now: count(is), source, finding })
}

export function judge(before: Snapshot, now: Snapshot, expected: Expected): UpdateCheck[] {
  const answers = row('api', 'API answers', { result: 'pass', before: 'answers', now: 'answers', source: 'every reading below', finding: null })
  return [judgeVersion(before, now, expected), judgeBoot(before, now, expected), answers, judgeRules(before, now), ...(['gateways', 'services', 'interfaces', 'tunnels', 'carp'] as const).map((name) => judgeList(name, before, now))]
}

/** These are never taken on trust. Of the others, what was not known before either is shown and holds up nothing. */
const MUST_BE_KNOWN: readonly string[] = ['version', 'boot', 'rules']
export type Verdict = 'well' | 'worse' | 'not-known'
export function verdictOf(checks: readonly UpdateCheck[]): Verdict {
  if (checks.some(({ result }) => result === 'fail')) return 'worse'
  const open = checks.some(({ id, result, before }) => result === 'not-knowable' && (MUST_BE_KNOWN.includes(id) || before !== null))
  return open ? 'not-known' : 'well'
}
