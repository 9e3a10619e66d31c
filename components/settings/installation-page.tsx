'use client'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { Age } from '@/components/ui/age'
import { CodeBlock } from '@/components/ui/code-block'
import { Facts } from '@/components/ui/facts'
import { Notice } from '@/components/ui/notice'
import { ProblemNotice } from '@/components/ui/problem'
import { SkeletonRows } from '@/components/ui/skeleton'
import { useNow } from '@/components/ui/use-now'
import { formatBytes } from '@/lib/format/bytes'
import { formatDate, formatDateTime } from '@/lib/format/dates'
import { formatCount, formatMs, plural } from '@/lib/format/numbers'
import { settingsQueries } from '@/lib/queries/settings'
import type { InstallationDto } from '@/lib/settings/input'
import { ChainState } from './audit-log-page'
import { nodeWarning, type NodeLines } from './node-floor'
import { Part } from './part'

/** Palisade itself: what would be lost, where it lives, and what it runs on. */
export function InstallationPage({ nodeLines }: { nodeLines: NodeLines }) {
  const { data: installation, error, isPending, refetch } = useQuery(settingsQueries.installation())
  return (
    <>
      <h2 className="sr-only">Installation</h2>
      <ProblemNotice error={error} retry={() => void refetch()} className="mx-5 my-4 max-md:mx-4" />
      {installation ? (
        <div className="divide-y divide-line">
          <Parts installation={installation} />
          <WherePart installation={installation} />
          <RunsOnPart installation={installation} nodeLines={nodeLines} />
        </div>
      ) : (
        isPending && <SkeletonRows rows={8} columns={1} rowHeight={60} />
      )}
    </>
  )
}

/** What would be lost, and whether anything was changed unseen; what is broken now comes first. */
function Parts({ installation }: { installation: InstallationDto }) {
  const { lastBackup, masterKey, audit, counts } = installation
  const backup = <BackupPart key="backup" lastBackup={lastBackup} masterKey={masterKey} />
  const chain = (
    <Part key="audit" id="audit-state" title="Audit">
      <ChainState audit={audit} />
      <Link href="/settings/audit-log" className="w-fit text-act hover:underline max-md:py-3">
        How the audit is kept and checked
      </Link>
    </Part>
  )
  const broken = (audit.lastVerification?.problem ?? null) !== null
  return (
    <>
      {counts.workers === 0 && (
        <div className="px-5 py-4 max-md:px-4">
          <Notice tone="bad" className="max-w-3xl" title="No worker is running.">
            No firewall is visited, no check runs and no checkpoint is signed. Start Palisade on this machine, or a worker on another.
          </Notice>
        </div>
      )}
      {broken ? [chain, backup] : [backup, chain]}
    </>
  )
}

const BACKUP_LATE_MS = 7 * 86_400_000

function BackupPart({ lastBackup, masterKey }: Pick<InstallationDto, 'lastBackup' | 'masterKey'>) {
  const nowMs = useNow()
  const late = lastBackup !== null && nowMs !== null && nowMs - new Date(lastBackup.at).getTime() > BACKUP_LATE_MS
  return (
    <Part id="backup" title="Backup">
      {lastBackup === null ? (
        <Notice tone="warn" className="max-w-3xl" title="There is no backup.">
          If this machine is lost, so are all enrolments, credentials and the audit. Make a backup and keep it elsewhere.
        </Notice>
      ) : late ? (
        <Notice
          tone="warn"
          className="max-w-3xl"
          title={`The last backup is ${Math.floor((nowMs - new Date(lastBackup.at).getTime()) / 86_400_000)} days old.`}
        >
          What was enrolled or changed since then would be lost with this machine. Make one now, and let a schedule of the system make one each night.
        </Notice>
      ) : (
        <Notice tone="good" className="max-w-3xl" title={<BackupAge at={lastBackup.at} />}>
          Keep a copy on another machine: a backup beside what it backs up is lost with it.
        </Notice>
      )}
      {lastBackup !== null && (
        <Facts
          items={[
            ['File', <Code key="file">{lastBackup.fileName}</Code>],
            ['Made', `${formatDateTime(lastBackup.at)}, in ${formatMs(lastBackup.durationMs)}`],
            ['Size', formatBytes(lastBackup.bytes)],
          ]}
        />
      )}
      <div className="max-w-2xl">
        <p className="mb-1.5">Palisade goes on working while this runs:</p>
        <CodeBlock text="npm run admin -- backup create" label="Command that makes a backup" />
      </div>
      <p className="max-w-2xl text-text-2">
        The master key is not in it, and without it no credential can be opened.{' '}
        {masterKey.source === 'file' ? (
          <>
            Keep a copy of <Code>{masterKey.where}</Code> apart from the backups.
          </>
        ) : (
          <>
            It comes from the command <Code>{masterKey.where}</Code>: make sure that it answers on another machine too.
          </>
        )}
      </p>
    </Part>
  )
}

const BackupAge = ({ at }: { at: string }) => (
  <>
    The last backup was made <Age at={at} className="text-inherit" />.
  </>
)

const Code = ({ children }: { children: ReactNode }) => <code className="font-mono text-xs break-all">{children}</code>

function WherePart({ installation: { masterKey, dataDir, database, counts, createdAt } }: { installation: InstallationDto }) {
  return (
    <Part id="where" title="What is here, and where it is kept">
      <Facts
        items={[
          ['Holds', [plural(counts.customers, 'customer'), plural(counts.firewalls, 'firewall'), plural(counts.operators, 'operator')].join(', ')],
          ['Since', formatDate(createdAt)],
          ['Data directory', <Code key="data">{dataDir}</Code>],
          ['Database', `${formatBytes(database.bytes)}, ${database.embedded ? 'in the data directory' : 'a PostgreSQL of your own'}`],
          [masterKey.source === 'file' ? 'Master key in' : 'Master key from', <Code key="key">{masterKey.where}</Code>],
        ]}
      />
    </Part>
  )
}

function RunsOnPart({ installation: { nodeVersion, migration, counts }, nodeLines }: { installation: InstallationDto; nodeLines: NodeLines }) {
  const warning = nodeWarning(nodeVersion, nodeLines)
  return (
    <Part id="runs-on" title="What it runs on">
      {warning !== null && (
        <Notice tone="warn" className="max-w-3xl" title={`Node.js ${nodeVersion.replace(/^v/, '')} should be updated.`}>
          {warning}
        </Notice>
      )}
      <Facts
        items={[
          ['Workers', counts.workers === 0 ? <span key="none">none</span> : formatCount(counts.workers)],
          ['Node.js', nodeVersion.replace(/^v/, '')],
          ['Schema', <Code key="migration">{migration}</Code>],
        ]}
      />
    </Part>
  )
}
