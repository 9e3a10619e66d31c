'use client'
import { RefreshCw } from 'lucide-react'
import type { ReactNode } from 'react'
import { Age } from '@/components/ui/age'
import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { Notice } from '@/components/ui/notice'
import { ProblemNotice } from '@/components/ui/problem'
import { SkeletonRows } from '@/components/ui/skeleton'
import type { Gap } from '@/lib/adapters/model'
import type { ReadingHead } from '@/lib/firewalls/dto'
import { formatDuration } from '@/lib/format/duration'
import { intervalOf } from '@/lib/polling/intervals'
import { useFirewall } from './firewall-context'
import { reasonNotToAsk } from './permissions'
import { saysWhyItStands } from './stopped/stopped-notice'
import type { Refresh } from './use-refresh'

type StoredQuery<R> = { data: R | undefined; error: unknown; refetch: () => unknown }
type ReadingFrameProps<R> = {
  title: string
  query: StoredQuery<R>
  refresh: Refresh
  /** Beside the title: counts, filter words. */
  note?: ReactNode
  /** Left of the refresh button. */
  controls?: ReactNode
  /** Columns of the skeleton. */
  columns?: number
  children: (reading: R) => ReactNode
}

/** One stored reading: its age, what it lacks, why the newest try failed, a way to ask again, then its content. */
export function ReadingFrame<R extends ReadingHead & { notReported?: readonly Gap[] | undefined }>({
  title,
  query: { data, error, refetch },
  refresh,
  note,
  controls,
  columns = 5,
  children,
}: ReadingFrameProps<R>) {
  const { firewall } = useFirewall()
  return (
    <section aria-label={title} className="flex min-w-0 flex-col">
      <ReadingTitle title={title} reading={data} note={note} controls={controls} refresh={refresh} />
      <div className="flex flex-col gap-2 px-5 empty:hidden max-md:px-3 [&>*]:mb-3">
        {refresh.error && !saysWhyItStands(firewall.state) && <ProblemNotice error={refresh.error} subject={firewall.name} retry={refresh.run} />}
        {error !== null && <ProblemNotice error={error} retry={() => void refetch()} />}
        {data && !refresh.error && <LastError reading={data} />}
        {data?.notReported && data.notReported.length > 0 && data.observedAt !== null && <Gaps gaps={data.notReported} />}
      </div>
      {data === undefined ? error === null && <SkeletonRows rows={8} columns={columns} /> : data.observedAt === null ? <NeverRead /> : children(data)}
    </section>
  )
}

type ReadingTitleProps = { title: string; reading: ReadingHead | undefined; note: ReactNode; controls: ReactNode; refresh: Refresh }

function ReadingTitle({ title, reading, note, controls, refresh }: ReadingTitleProps) {
  const { firewall, role } = useFirewall()
  return (
    <div className="flex min-h-14 flex-wrap items-center gap-x-3 gap-y-2 px-5 py-2 max-md:px-3">
      <h2 className="font-semibold">{title}</h2>
      <span className="flex flex-wrap items-center gap-x-3 text-xs text-text-3">
        {note}
        {reading && reading.observedAt !== null && (
          <span>
            read <Age at={reading.observedAt} intervalSeconds={intervalOf(reading.kind, firewall.intervals)} zone={firewall.timeZone} />
          </span>
        )}
      </span>
      <div className="ml-auto flex items-center gap-2 max-md:w-full max-md:justify-end">
        {controls}
        <Button size="sm" icon={RefreshCw} busy={refresh.busy} disabledReason={reasonNotToAsk(firewall, role)} onClick={refresh.run}>
          Refresh
        </Button>
      </div>
    </div>
  )
}

/** Why what is shown is not the newest. A failure of another kind than the one being shown stays with its own page. */
function LastError({ reading: { lastError, observedAt } }: { reading: ReadingHead }) {
  const { firewall } = useFirewall()
  if (lastError === null) return null
  return (
    <Notice tone="warn" title={lastError.message}>
      {lastError.nextStep && <p>{lastError.nextStep}</p>}
      <p className="text-xs">
        Tried <Age at={lastError.at} zone={firewall.timeZone} className="text-inherit" />.{' '}
        {observedAt === null ? 'Nothing was read before.' : 'Below is what was read before.'} <span className="font-mono">{lastError.code}</span>
      </p>
    </Notice>
  )
}

/** Parts that lack for the same reason are said in one sentence. */
export function Gaps({ gaps }: { gaps: readonly Gap[] }) {
  const byReason = new Map<string, string[]>()
  for (const { part, reason } of gaps) byReason.set(reason, [...(byReason.get(reason) ?? []), part])
  return (
    <Notice tone="plain" title={gaps.length === 1 ? 'One part is not reported.' : `${gaps.length} parts are not reported.`}>
      <ul>
        {[...byReason].map(([reason, parts]) => (
          <li key={reason}>
            <span className="font-medium text-text">{parts.join(', ')}</span>: {reason}
          </li>
        ))}
      </ul>
    </Notice>
  )
}

function NeverRead() {
  const { firewall } = useFirewall()
  return (
    <Empty title="This was never read.">
      {firewall.nextVisitAt === null
        ? 'Palisade visits this firewall again when it is released.'
        : `Palisade reads it at its next visit, within ${formatDuration(Math.max(...Object.values(firewall.intervals)))}. Refresh asks at once.`}
    </Empty>
  )
}
