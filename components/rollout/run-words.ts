// What the page of a running plan says. Pure, so that it can be tested.
import { formatExactBoth, formatMoment, formatZone } from '@/lib/format/dates'
import { formatCount, plural } from '@/lib/format/numbers'
import type { PlanRun, RunNight, RunRing } from '@/lib/plan-runs/dto'
import type { PlanSummary } from '@/lib/plans/dto'
import { isBehind } from '@/lib/plans/ring-states'
import { isFinalPlan } from '@/lib/plans/states'
import { stoppedRunSentence } from './stop-words'

/** `94.4 %`, `100 %`. */
export const percentWords = (part: number, whole: number): string => `${whole === 0 ? 0 : Math.floor((part * 1000) / whole) / 10} %`
const moment = (at: string): string => `${formatMoment(at)} ${formatZone(at)}`

/** The ring that the sentence is about: what halted, else what is open. */
export const currentRing = ({ rings }: PlanRun): RunRing | null => rings.find(({ state }) => state === 'halted') ?? rings.find(({ state }) => state === 'open' || state === 'soaking') ?? null

type Plan = Pick<PlanSummary, 'state' | 'jobs' | 'haltedReason' | 'finishedAt'>

function headOf(plan: Plan, run: PlanRun): string {
  const { state, jobs } = plan
  const ring = currentRing(run)
  const updated = `${formatCount(jobs.succeeded)} of ${plural(jobs.all, 'firewall')} updated`
  if (state === 'done') return `It is over: ${updated}${jobs.failed > 0 ? `, ${formatCount(jobs.failed)} failed` : ''}.`
  if (state === 'cancelled' || state === 'superseded') return `${state === 'cancelled' ? 'It was cancelled' : 'Another plan took its place'}: ${updated}.`
  if (state === 'paused') return jobs.active > 0 ? `Paused. ${plural(jobs.active, 'firewall')} still ${jobs.active === 1 ? 'finishes' : 'finish'}.` : 'Paused. Nothing of it starts.'
  if (state === 'halted') return `Halted${ring ? ` in ${ring.name}` : ''}. Nothing more starts until somebody decides.`
  if (!ring) return run.rings.every((each) => isBehind(each.state)) ? 'All rings have passed.' : 'It has not begun.'
  const place = `Ring ${ring.position + 1} of ${run.rings.length}`
  if (ring.state === 'soaking') return `${place} soaks.`
  return `${place} ${ring.counts.active + ring.counts.succeeded + ring.counts.soaking + ring.counts.failed === 0 ? 'is open' : 'runs'}.${ring.gate && ring.gate.failuresLeft === 0 && ring.gate.ended < ring.gate.counted ? ' One failure halts it.' : ''}`.replace('One failure', ring.counts.failed > 0 ? 'One more failure' : 'One failure')
}

/** Where the gate stands, and what becomes of it if the others succeed. */
function gateSentence(ring: RunRing, next: RunRing | undefined): string {
  const { gate, name } = ring
  if (!gate) return ''
  const { ended, succeeded, counted, needed, rule } = gate
  const asks = `The gate asks for ${rule.successPercent} %${needed > 0 ? ` and ${formatCount(needed)} at least` : ''}, of ${formatCount(counted)}.`
  const so = ended === 0 ? `None in ${name} has finished yet.` : `${formatCount(succeeded)} of ${formatCount(ended)} finished in ${name} succeeded: ${percentWords(succeeded, ended)}.`
  const left = counted - ended
  const opens = next ? `${next.name} opens${next.firstStartAt === null ? '' : `; its first start is planned for ${moment(next.firstStartAt)}`}` : 'the plan has succeeded'
  const then = left > 0 ? `If the others succeed it is ${percentWords(succeeded + left, counted)}, and ${opens}.` : ring.soakUntil === null ? '' : `Soaks until ${moment(ring.soakUntil)}; then ${opens}.`
  return [so, asks, then].filter((text) => text !== '').join(' ')
}

/** The page's first words: what is, and what it means. */
export function runSentence(plan: Plan, run: PlanRun, isStopped = false): { head: string; text: string } {
  const ring = currentRing(run)
  const stopped = plan.jobs.stopped === 0 ? '' : `${plural(plan.jobs.stopped, 'firewall')} ${plan.jobs.stopped === 1 ? 'waits' : 'wait'} for a person.`
  if (isStopped && !isFinalPlan(plan.state)) {
    const { head, text } = stoppedRunSentence(plan, ring?.state === 'halted' ? ring.name : null)
    return { head, text: [text, stopped].filter((each) => each !== '').join(' ') }
  }
  const first = run.rings.find(({ state }) => state === 'waiting')?.firstStartAt ?? null
  const parts =
    plan.state === 'halted'
      ? [plan.haltedReason ?? '', 'What is under way on a firewall goes on. Look at what failed, then resume or cancel.']
      : ring
        ? [plan.state === 'running' || plan.state === 'paused' ? gateSentence(ring, run.rings[ring.position + 1]) : '']
        : [plan.state === 'running' && first !== null ? `The first start is planned for ${moment(first)}.` : '']
  return { head: headOf(plan, run), text: [...parts, stopped].filter((text) => text !== '').join(' ') }
}

/** What the head of a ring says of its gate. */
export function gateWords(ring: RunRing, isStopped = false): { tone: 'none' | 'plain' | 'good' | 'warn' | 'you'; words: string } {
  const { state, gate, counts, firstStartAt, soakUntil } = ring
  if (state === 'halted') return { tone: 'you', words: gate && gate.succeeded * 100 >= gate.rule.successPercent * gate.ended && gate.failuresLeft < 0 ? `Halted with ${formatCount(gate.succeeded)}, needs ${formatCount(gate.needed)}` : gate && gate.ended > 0 ? `Halted at ${percentWords(gate.succeeded, gate.ended)}` : 'Halted' }
  if (state === 'passed') return { tone: 'good', words: 'Gate open' }
  if (state === 'done') return { tone: 'good', words: 'Passed' }
  if (state === 'waiting') return { tone: 'none', words: isStopped ? 'Waits for the lift' : firstStartAt === null ? 'Not open yet' : `Not before ${moment(firstStartAt)}` }
  if (state === 'soaking') return { tone: 'plain', words: soakUntil === null ? 'Soaks' : `Soaks until ${moment(soakUntil)}` }
  if (!gate) return { tone: 'plain', words: 'Open' }
  if (gate.ended === 0) return { tone: 'plain', words: `Gate needs ${gate.rule.successPercent} %` }
  const close = counts.failed > 0 && gate.failuresLeft <= 0
  return { tone: close ? 'warn' : 'plain', words: `Gate ${percentWords(gate.succeeded, gate.ended)}, needs ${gate.rule.successPercent} %` }
}

/** The first start of a ring to come on both clocks, for the hover; undefined where none is planned. */
export function firstStartExact({ state, firstStartAt, jobs, nights }: RunRing): string | undefined {
  if (state !== 'waiting' || firstStartAt === null) return undefined
  const zone = jobs.find(({ startsAt }) => startsAt === firstStartAt)?.firewall.timeZone ?? nights.find((night) => night.firstStartAt === firstStartAt)?.timeZone
  return formatExactBoth(firstStartAt, zone ?? undefined)
}

/** The rule of a gate, or of a ring that waits how much it is. */
export function ringLine({ state, gate, sites, nights, counts }: RunRing): string {
  const zones = new Set(nights.map(({ timeZone }) => timeZone)).size
  const rule = gate && [`${gate.rule.successPercent} % of ${formatCount(gate.counted)}`, ...(gate.rule.minimumCount > 0 ? [`at least ${formatCount(gate.rule.minimumCount)}`] : []), ...(gate.rule.soakHours > 0 ? [`soaks ${formatCount(gate.rule.soakHours)} h`] : []), ...(gate.rule.noNewCriticalAlert ? ['no new critical alert'] : [])].join(', ')
  if (state === 'waiting' && counts.waiting > 0) return [plural(sites, 'site'), ...(nights.length > 0 ? [plural(nights.length, 'night')] : []), ...(zones > 1 ? [plural(zones, 'zone')] : [])].join(', ')
  return counts.all === 0 ? '' : (rule ?? '')
}

/** `Fri 27 Nov` of a day at the firewalls. */
export const dayWords = ({ day }: RunNight): string => formatMoment(`${day}T12:00:00Z`, 'UTC').replace(/,.*/, '')

/** What an emergency stop, or the pause, lets finish: the sentence at the foot of the page. */
export function footSentence({ rings }: PlanRun, isStopped: boolean): string {
  if (isStopped) return 'Nothing stops an installation that has begun. Whatever has not begun waits for the emergency stop to be lifted.'
  const under = rings.flatMap(({ jobs }) => jobs.filter(({ state }) => state === 'starting' || state === 'installing' || state === 'rebooting' || state === 'verifying').map(({ firewall }) => firewall.name))
  const names = under.length > 3 ? `${under.slice(0, 2).join(', ')} and ${under.length - 2} others` : under.length > 1 ? `${under.slice(0, -1).join(', ')} and ${under.at(-1) ?? ''}` : (under[0] ?? '')
  return `Nothing stops an installation that has begun. An emergency stop now ${under.length === 0 ? '' : `lets ${names} finish and `}starts nothing ${under.length === 0 ? 'more' : 'else'}.`
}
