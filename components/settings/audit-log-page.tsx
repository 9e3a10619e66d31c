'use client'
import { useQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import type { ReactNode } from 'react'
import { Age } from '@/components/ui/age'
import { CodeBlock } from '@/components/ui/code-block'
import { Facts, NotReported } from '@/components/ui/facts'
import { Notice } from '@/components/ui/notice'
import { ProblemNotice } from '@/components/ui/problem'
import { SkeletonRows } from '@/components/ui/skeleton'
import { useNow } from '@/components/ui/use-now'
import { formatCount, formatMs, plural } from '@/lib/format/numbers'
import { settingsQueries } from '@/lib/queries/settings'
import type { InstallationDto } from '@/lib/settings/input'
import { AuditRetention } from './audit-retention'
import { Part } from './part'

type AuditState = InstallationDto['audit']
/** Palisade checks the whole chain once a day; twice that is late. */
const VERIFY_LATE_MS = 2 * 86_400_000

/** How the audit proves itself, how long it is kept, and how to check it without Palisade. */
export function AuditLogPage() {
  const installation = useQuery(settingsQueries.installation())
  const settings = useQuery(settingsQueries.settings())
  const audit = installation.data?.audit
  return (
    <>
      <h2 className="sr-only">Audit log</h2>
      <ProblemNotice
        error={installation.error ?? settings.error}
        retry={() => void Promise.all([installation.refetch(), settings.refetch()])}
        className="mx-5 my-4 max-md:mx-4"
      />
      {audit && settings.data ? (
        <div className="divide-y divide-line">
          <div className="flex flex-col gap-3 px-5 py-4 max-md:px-4">
            <ChainState audit={audit} />
            <ChainFacts audit={audit} />
          </div>
          <AuditRetention settings={settings.data} firstEntry={audit.firstEntry} />
          <OwnCheck audit={audit} />
        </div>
      ) : (
        (installation.isPending || settings.isPending) && <SkeletonRows rows={7} columns={1} rowHeight={60} />
      )}
    </>
  )
}

/** Whether the chain is whole, as far as is known. */
export function ChainState({ audit: { lastVerification: last } }: { audit: AuditState }) {
  const nowMs = useNow()
  if (last === null) {
    return (
      <Notice tone="plain" className="max-w-3xl" title="The chain has not been checked yet.">
        Palisade checks it once a day by itself. You can check it now with the command below.
      </Notice>
    )
  }
  const checked = (
    <>
      Checked <Age at={last.at} className="text-inherit" />: {plural(last.entries, 'entry', 'entries')} in {formatMs(last.durationMs)}.
    </>
  )
  if (last.problem !== null) {
    return (
      <Notice
        tone="bad"
        className="max-w-3xl"
        title={
          last.problemEntry === null
            ? 'The chain is not whole.'
            : `The chain is not whole: entry ${formatCount(last.problemEntry)} is the first that does not fit.`
        }
      >
        <p>{last.problem}</p>
        <p>Someone or something changed the database. Keep it and the checkpoint file as they are, and compare with an earlier export or backup. {checked}</p>
      </Notice>
    )
  }
  if (nowMs !== null && nowMs - new Date(last.at).getTime() > VERIFY_LATE_MS) {
    return (
      <Notice tone="warn" className="max-w-3xl" title={`The chain was whole up to entry ${formatCount(last.lastEntry)}, but the daily check is late.`}>
        {checked} Is a worker running?
      </Notice>
    )
  }
  return (
    <Notice tone="good" className="max-w-3xl" title={`The chain is whole up to entry ${formatCount(last.lastEntry)}.`}>
      {checked}
    </Notice>
  )
}

const mono = (text: string): ReactNode => (
  <code key={text} className="font-mono text-xs break-all">
    {text}
  </code>
)

function ChainFacts({ audit: { firstEntry, lastEntry, lastCheckpoint, checkpointFile } }: { audit: AuditState }) {
  return (
    <Facts
      items={[
        [
          'Entries',
          firstEntry === null || lastEntry === null ? (
            <NotReported key="none">none yet</NotReported>
          ) : (
            `${formatCount(firstEntry)} to ${formatCount(lastEntry)}`
          ),
        ],
        [
          'Last checkpoint',
          lastCheckpoint === null ? (
            <NotReported key="none">none yet</NotReported>
          ) : (
            <span key="checkpoint">
              entry {formatCount(lastCheckpoint.entry)}, signed <Age at={lastCheckpoint.at} className="text-inherit" />
            </span>
          ),
        ],
        ['Copied to', mono(checkpointFile)],
      ]}
    />
  )
}

const CHAIN_EXPORT = '/api/v1/audit/export?format=chain'

function OwnCheck({ audit: { publicKeyPem } }: { audit: AuditState }) {
  return (
    <Part
      id="verify"
      title="How to check it without trusting this page"
      about="Each entry holds the hash of the one before it, and checkpoints are signed. Copy the checkpoint file to another machine from time to time: it shows when the end was cut off."
    >
      <ol className="flex max-w-2xl list-decimal flex-col gap-4 pl-5">
        <li>
          <p className="mb-1.5">On the machine where Palisade runs:</p>
          <CodeBlock text="npm run admin -- audit verify" label="Command that checks the chain" />
        </li>
        <li>
          <p className="mb-1.5">
            Anywhere else: download the whole chain, and take the copy of the checkpoint file that you kept. The download is an audit entry itself.
          </p>
          <p>
            <a href={CHAIN_EXPORT} download className="inline-flex min-h-6 items-center gap-1.5 text-act hover:underline max-md:min-h-11">
              <Download aria-hidden size={14} />
              Download the chain
            </a>
          </p>
        </li>
        <li>
          <p className="mb-1.5">Keep this public key elsewhere too, as palisade.pem: with another key the signatures would prove nothing.</p>
          <CodeBlock text={publicKeyPem.trim()} label="Public key of the signatures" />
        </li>
        <li>
          <p className="mb-1.5">Check all three with a program that shares nothing with Palisade. It is one file and needs only Node.js.</p>
          <CodeBlock
            text="node docs/verify-audit.mjs EXPORT.jsonl --checkpoints KEPT.jsonl --key palisade.pem"
            label="Command that checks a downloaded chain"
          />
        </li>
      </ol>
    </Part>
  )
}
