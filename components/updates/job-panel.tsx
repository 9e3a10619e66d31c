'use client'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { LookWord } from '@/components/firewalls/detail/looks'
import { useCustomerScope } from '@/components/layout/customer-scope'
import { Age } from '@/components/ui/age'
import { CodeBlock } from '@/components/ui/code-block'
import { Notice } from '@/components/ui/notice'
import { ProblemNotice } from '@/components/ui/problem'
import { SkeletonRows } from '@/components/ui/skeleton'
import { formatDuration } from '@/lib/format/duration'
import { formatMoment, formatZone } from '@/lib/format/dates'
import type { PlanState } from '@/lib/plans/states'
import { rolloutQueries } from '@/lib/queries/rollout'
import { updateQueries } from '@/lib/queries/updates'
import type { UpdateJobDetail } from '@/lib/updates/dto'
import { isFinalUpdate, UPDATE_RULES } from '@/lib/updates/states'
import { CheckTable } from './check-table'
import { JobActs } from './job-acts'
import { JobTimeline } from './job-timeline'
import { updateLook } from './update-looks'
import { waitsUntil } from './update-words'

type JobPanelProps = { id: string; planState: PlanState | null; retried: boolean; /** Whether its name stands above it; a dialog has it as its title. */ named?: boolean }

/** All that is known of the update of one firewall, and what a person may do about it. */
export function JobPanel({ id, planState, retried, named = true }: JobPanelProps) {
  const { data: job, error, refetch } = useQuery(updateQueries.one(id))
  if (error && !job) return <ProblemNotice error={error} retry={() => void refetch()} className="m-5 max-md:m-4" />
  if (!job) return <SkeletonRows rows={6} columns={3} />
  return (
    <div className="flex flex-col gap-3 px-5 py-3 max-md:px-4">
      <Head job={job} named={named} />
      <JobActs job={job} planState={planState} retried={retried} />
      <State job={job} />
      <div className="grid gap-x-6 gap-y-4 xl:grid-cols-[minmax(220px,3fr)_minmax(340px,5fr)_minmax(240px,4fr)]">
        <JobTimeline events={job.events} />
        <Checks job={job} />
        <Log job={job} />
      </div>
      <GoingBack job={job} />
    </div>
  )
}

function Head({ job: { firewall, customer, site, fromVersion, toVersion, kind, state, stateSince }, named }: { job: UpdateJobDetail; named: boolean }) {
  const { within } = useCustomerScope()
  const installs = kind === 'reboot' ? 'reboot only' : [fromVersion, toVersion].filter((version) => version !== null).join(' to ')
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      {named && (
        <h2 tabIndex={-1} id="job" className="font-semibold outline-none">
          <Link href={within(`/firewalls/${firewall.id}/firmware`)} className="hover:underline">
            {firewall.name}
          </Link>
        </h2>
      )}
      <span className="text-text-2">{[[customer.name, site?.name].filter(Boolean).join(', '), firewall.familyLabel, installs].filter(Boolean).join(' · ')}</span>
      <span className="inline-flex items-center gap-2">
        <LookWord look={updateLook(state)} />
        <Age at={stateSince} />
      </span>
    </div>
  )
}

const TONES = { neutral: 'plain', info: 'plain', warning: 'warn', critical: 'bad', good: 'good' } as const

/** Where it stands and what comes next. */
function State({ job }: { job: UpdateJobDetail }) {
  const { state, stateSince, message, decidedBy, decision, reinstall, startsAt, firewall } = job
  const look = updateLook(state)
  const isStopped = useQuery(rolloutQueries.stop()).data?.stop != null
  const until = waitsUntil(state, stateSince)
  return (
    <Notice tone={look.role === 'you' ? 'you' : look.role === 'none' ? 'plain' : TONES[UPDATE_RULES[state].tone]} icon={look.icon} title={message ?? UPDATE_RULES[state].sentence}>
      {message !== null && <p>{UPDATE_RULES[state].sentence}</p>}
      {state === 'scheduled' && startsAt !== null && <p>{isStopped ? 'It waits for the emergency stop to be lifted.' : `Planned for ${formatMoment(startsAt)} ${formatZone(startsAt)}.`}</p>}
      {until !== null && <p>Palisade waits until {formatMoment(until)} {formatZone(until)}, up to {formatDuration((Date.parse(until) - Date.parse(stateSince)) / 1000)} in all; then it is {state === 'package-missing' || state === 'unknown' ? 'a failure' : 'skipped'}.</p>}
      {decision !== null && isFinalUpdate(state) && <p>Decided by {decidedBy ?? 'somebody'}: “{decision}”</p>}
      {reinstall !== null && (
        <div className="mt-1 flex max-w-3xl flex-col gap-1">
          <p>{reinstall.note}</p>
          {reinstall.command !== null && <CodeBlock text={reinstall.command} label={`Command that reinstalls the API package on ${firewall.name}`} />}
        </div>
      )}
    </Notice>
  )
}

function Checks({ job: { verification, preflight } }: { job: UpdateJobDetail }) {
  return (
    <div className="flex min-w-0 flex-col gap-3">
      {verification.length > 0 && <CheckTable checks={verification} title="Verified" caption="What was compared before and after" />}
      {preflight.length > 0 &&
        (verification.length === 0 ? (
          <CheckTable checks={preflight} title="Preflight" caption="What was looked at before the update" before={false} />
        ) : (
          <details>
            <summary className="w-fit text-act">Preflight: {preflight.filter(({ result }) => result === 'pass').length} of {preflight.length} passed</summary>
            <CheckTable checks={preflight} title="Preflight" caption="What was looked at before the update" before={false} />
          </details>
        ))}
      {verification.length === 0 && preflight.length === 0 && <p className="text-text-3">Nothing was looked at yet. Before it starts, everything that could stand in the way is.</p>}
    </div>
  )
}

function Log({ job: { logTail, state } }: { job: UpdateJobDetail }) {
  return (
    <section aria-label="The firewall’s own log" className="min-w-0">
      <h3 className="border-b border-line-2 pb-1.5 text-xs font-medium text-text-2">The firewall’s own log, last lines</h3>
      {logTail === null ? (
        <p className="py-1.5 text-text-3">{isFinalUpdate(state) ? 'None was seen.' : 'None was seen yet.'}</p>
      ) : (
        <pre tabIndex={0} aria-label="Log of the firewall" className="mt-2 max-h-80 overflow-auto rounded-md border border-line bg-sunken px-3 py-2 font-mono text-xs leading-5 whitespace-pre-wrap">
          {logTail}
        </pre>
      )}
    </section>
  )
}

function GoingBack({ job: { rollback, backupId, firewall } }: { job: UpdateJobDetail }) {
  const { within } = useCustomerScope()
  return (
    <section aria-label="Going back" className="max-w-3xl">
      <h3 className="text-xs font-medium text-text-2">Going back</h3>
      {rollback.map((text) => (
        <p key={text} className="mt-0.5 text-text-2">
          {text}
        </p>
      ))}
      {backupId !== null && (
        <Link href={within(`/firewalls/${firewall.id}/backups`)} className="inline-flex min-h-6 items-center text-act hover:underline">
          The backup from before
        </Link>
      )}
    </section>
  )
}
