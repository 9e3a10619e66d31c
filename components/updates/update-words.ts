// What pages say about the update of one firewall. Pure.
import { formatClock, formatDayMonth, formatExactBoth, formatMoment, formatTime, formatZone } from '@/lib/format/dates'
import { formatDuration } from '@/lib/format/duration'
import type { RunJob } from '@/lib/plan-runs/dto'
import { UPDATE_RULES, type UpdateEvent, type UpdateReason, type UpdateState } from '@/lib/updates/states'
import type { UpdateCheck, UpdateEventDto } from '@/lib/updates/dto'

/** In the room of a row. A new reason does not compile without its words. */
const REASON_WORDS = {
  'approver-gone': 'approver gone',
  'firewall-moved': 'moved',
  'certificate-changed': 'certificate changed',
  credential: 'credential',
  privileges: 'privilege missing',
  'command-permission': 'commands are off',
  disk: 'disk full',
  'other-update': 'another update runs',
  'lock-left': 'lock left',
  peer: 'its peer',
  'pending-changes': 'changes not applied',
  'offer-changed': 'set changed',
  'nothing-offered': 'nothing offered',
  'reboot-needed': 'needs a restart',
  window: 'window',
  'not-knowable': 'not knowable',
  unreachable: 'no answer',
  'paused-firewall': 'firewall paused',
  backup: 'no backup',
  'plan-over': 'plan over',
  stopped: 'stopped',
  'version-held': 'version held',
  'no-decision': 'nobody decided',
  refused: 'refused',
  'not-started': 'not started',
  'away-too-long': 'away too long',
  'too-long': 'took too long',
  'wrong-version': 'other version',
  'not-restarted': 'not restarted',
  worse: 'worse than before',
  'rules-not-loaded': 'rules not loaded',
  alert: 'new alert',
  'package-missing': 'package missing',
  'by-hand': 'by hand',
} as const satisfies Record<UpdateReason, string>

const DAY_MS = 86_400_000
const secondsBetween = (from: string, toMs: number): number => Math.max(0, Math.floor((toMs - Date.parse(from)) / 1000))

/** What stands at the right of a row: why, how long, or when; `isStopped`: all firmware work is. `nowMs` null: while the server renders. */
export function rowNote(job: Pick<RunJob, 'state' | 'stateSince' | 'reason' | 'startsAt' | 'soakUntil' | 'finishedAt' | 'retried'>, nowMs: number | null, isStopped = false): string {
  const { state, stateSince, reason, startsAt, soakUntil, finishedAt, retried } = job
  if (retried) return 'tried again'
  if (state === 'scheduled' && isStopped) return 'after the lift'
  if (state === 'scheduled') return reason === 'peer' ? 'after its peer' : startsAt === null ? '' : nowMs !== null && Date.parse(startsAt) <= nowMs ? (reason === 'stopped' ? 'stopped' : 'its turn is next') : `${nowMs !== null && Date.parse(startsAt) - nowMs > DAY_MS ? formatMoment(startsAt) : formatClock(startsAt)} ${formatZone(startsAt)}`
  if (state === 'soaking') return soakUntil === null || nowMs === null ? '' : `${formatDuration(Math.max(1, Math.ceil((Date.parse(soakUntil) - nowMs) / 60_000)) * 60)} left`
  if (state === 'failed' || state === 'held' || state === 'blocked' || state === 'unknown' || state === 'package-missing') return reason === null ? UPDATE_RULES[state].word.toLowerCase() : REASON_WORDS[reason]
  if (finishedAt !== null) return state === 'succeeded' ? (reason === 'by-hand' ? 'by hand' : nowMs !== null && nowMs - Date.parse(finishedAt) > DAY_MS ? formatDayMonth(finishedAt) : `${formatClock(finishedAt)} ${formatZone(finishedAt)}`) : UPDATE_RULES[state].word.toLowerCase()
  return nowMs === null ? '' : formatDuration(secondsBetween(stateSince, nowMs))
}

/** The whole of it for the hover, with its time on both clocks: the viewer's and the firewall's. */
export function rowTitle({ state, message, startsAt, soakUntil, finishedAt, firewall: { timeZone } }: Pick<RunJob, 'state' | 'message' | 'startsAt' | 'soakUntil' | 'finishedAt' | 'firewall'>): string {
  const said = (message ?? UPDATE_RULES[state].word).replace(/\.$/, '')
  if (state === 'scheduled') return startsAt === null ? said : `${said}. Planned for ${formatExactBoth(startsAt, timeZone)}`
  if (state === 'soaking') return soakUntil === null ? said : `${said}. Until ${formatExactBoth(soakUntil, timeZone)}`
  return finishedAt === null ? said : `${said}. Ended ${formatExactBoth(finishedAt, timeZone)}`
}

const EVENT_WORDS: Partial<Record<UpdateEvent | 'retried' | 'accepted', string>> = {
  began: 'Preflight began',
  passed: 'Preflight passed',
  starts: 'Update asked for, once',
  runs: 'Installing',
  restarts: 'Restarting',
  isBack: 'Answers again',
  installed: 'Installed',
  reattached: 'Found again by its certificate',
  packageMissing: 'API package missing',
  soaks: 'Verified; soaks now',
  proven: 'Proven good',
  worse: 'Failed',
  refused: 'Refused',
  notStarted: 'Not started',
  lost: 'Not known what became of it',
  postponed: 'Put off',
  released: 'Released',
  looksAgain: 'Verified again',
  verifiedByHand: 'Verified by hand',
  retried: 'Tries it again',
  accepted: 'Accepted as it ended',
  timedOut: 'Took too long',
}
const isWord = (what: string): what is keyof typeof EVENT_WORDS => Object.hasOwn(EVENT_WORDS, what)
/** One line of the timeline. */
export const eventWords = ({ what, state }: Pick<UpdateEventDto, 'what' | 'state'>): string => (isWord(what) ? EVENT_WORDS[what] : undefined) ?? UPDATE_RULES[state].word

const ISO = /\d{4}-\d{2}-\d{2}T[\d:.]+Z/g
/** What was seen, with times on the viewer's clock. */
export const seenWords = (seen: string | null): string | null => seen?.replace(ISO, (at) => `${formatMoment(at)}:${formatTime(at).slice(6)}`) ?? null

/** How a check ended, in a word. */
export function resultWord({ result, before, now }: Pick<UpdateCheck, 'result' | 'before' | 'now'>): string {
  if (result === 'not-knowable') return 'Not knowable'
  if (result === 'fail') return before === null ? 'Not well' : 'Worse'
  return before !== null && before === now ? 'Same' : 'Well'
}

/** Until when a state that waits for a person waits; null for one that does not. */
export function waitsUntil(state: UpdateState, stateSince: string): string | null {
  const { minutesMax } = UPDATE_RULES[state]
  const waits = state === 'held' || state === 'blocked' || state === 'package-missing' || state === 'unknown'
  return waits && minutesMax !== null ? new Date(Date.parse(stateSince) + minutesMax * 60_000).toISOString() : null
}
