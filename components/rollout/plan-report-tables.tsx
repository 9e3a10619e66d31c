import { PaperTable, Part, right } from '@/components/reports/paper'
import { resultWord, seenWords } from '@/components/updates/update-words'
import { cn } from '@/lib/core/cn'
import { formatDateTime } from '@/lib/format/dates'
import { formatCount } from '@/lib/format/numbers'
import type { PlanReport, ReportJob } from '@/lib/plan-runs/dto'
import { UPDATE_RULES } from '@/lib/updates/states'
import { notOver } from './plan-report-words'

const RING_WORDS = { waiting: 'not open', open: 'open', soaking: 'soaks', passed: 'passed', halted: 'halted', done: 'passed' } as const

export function RingTable({ report: { rings } }: { report: PlanReport }) {
  return (
    <Part id="rings" title="Rings" empty={rings.length === 0 ? 'The plan was not approved, so it has no ring yet.' : null}>
      <PaperTable
        caption="Rings in their order"
        heads={['Ring', 'State', 'Opened', 'Ended', right('Firewalls'), right('Updated'), right('Of them soaking'), right('Failed'), right('Left out'), right('Not over')]}
        rows={rings.map(({ name, state, openedAt, endedAt, counts, reason }) => ({
          key: name,
          cells: [name, reason === null ? RING_WORDS[state] : `${RING_WORDS[state]}: ${reason}`, openedAt === null ? '' : formatDateTime(openedAt), endedAt === null ? '' : formatDateTime(endedAt), formatCount(counts.all), formatCount(counts.succeeded + counts.soaking), formatCount(counts.soaking), formatCount(counts.failed), formatCount(counts.leftOut), formatCount(notOver(counts))],
        }))}
      />
    </Part>
  )
}

const Outcome = ({ job: { state, message, decidedBy, decision, retried } }: { job: ReportJob }) => (
  <>
    <span className={cn(state === 'failed' && 'font-medium text-bad')}>{UPDATE_RULES[state].word}</span>
    {retried && ', tried again'}
    {message !== null && <span className="block text-text-2">{message}</span>}
    {decision !== null && decidedBy !== null && <span className="block text-text-2">{`${decidedBy}: ${decision}`}</span>}
  </>
)

export function FirewallTable({ report: { jobs, counts, customers, customer } }: { report: PlanReport }) {
  const several = customer === null && customers.length > 1
  const shown = new Set(jobs.map(({ firewall }) => firewall.id)).size
  return (
    <Part id="firewalls" title="Firewalls" empty={jobs.length === 0 ? 'No firewall is in this part of the plan.' : null} {...(shown < counts.all && { about: `The first ${formatCount(shown)} of ${formatCount(counts.all)} are listed. A report of one customer is shorter.` })}>
      <PaperTable
        caption="Firewalls by ring and name"
        heads={['Firewall', several ? 'Customer' : 'Site', 'Ring', 'From', 'To', 'Started', 'Ended', 'Outcome']}
        rows={jobs.map((job) => ({
          key: job.id,
          cells: [job.firewall.name, [several ? job.customer.name : null, job.site?.name].filter(Boolean).join(', '), job.ring, job.fromVersion ?? '', job.toVersion ?? '', job.startedAt === null ? 'never' : formatDateTime(job.startedAt), job.finishedAt === null ? '' : formatDateTime(job.finishedAt), <Outcome key="outcome" job={job} />],
        }))}
      />
    </Part>
  )
}

/** Of each firewall that was verified: what was compared before and after, with where it was read. */
export function Verifications({ report: { jobs } }: { report: PlanReport }) {
  const verified = jobs.filter(({ verification }) => verification.length > 0)
  return (
    <Part id="verified" title="Verified" about="What was compared before and after each update, and where it was read. What is not knowable counts as no pass." empty={verified.length === 0 ? 'Nothing was compared yet.' : null}>
      <div className="flex flex-col gap-4">
        {verified.map(({ id, firewall, verification }) => (
          <section key={id} aria-label={`${firewall.name} verified`}>
            <h3 className="mb-1 text-xs font-semibold break-after-avoid">
              {firewall.name} <span className="font-normal text-text-2">{firewall.familyLabel}</span>
            </h3>
            <PaperTable
              caption={`What was compared on ${firewall.name}`}
              heads={['Check', 'Before', 'After', 'Result', 'Read from']}
              rows={verification.map((check) => ({
                key: check.id,
                cells: [
                  check.label,
                  seenWords(check.before) ?? '',
                  seenWords(check.now) ?? '',
                  <span key="result">
                    <span className={cn(check.result === 'fail' && 'font-medium text-bad')}>{resultWord(check)}</span>
                    {check.finding !== null && <span className="block text-text-2">{check.finding}</span>}
                  </span>,
                  check.source,
                ],
              }))}
            />
          </section>
        ))}
      </div>
    </Part>
  )
}
