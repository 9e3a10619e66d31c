'use client'
import { useQuery } from '@tanstack/react-query'
import { FileJson, RefreshCw } from 'lucide-react'
import { Age } from '@/components/ui/age'
import { Button } from '@/components/ui/button'
import { CodeBlock } from '@/components/ui/code-block'
import { Empty } from '@/components/ui/empty'
import { Notice } from '@/components/ui/notice'
import { ProblemNotice } from '@/components/ui/problem'
import { SkeletonRows } from '@/components/ui/skeleton'
import { cn } from '@/lib/core/cn'
import { escapeUnseen } from '@/lib/format/unseen'
import { firewallQueries } from '@/lib/queries/firewalls'
import { useFirewall } from './firewall-context'
import { reasonNotToAsk, reasonWithout } from './permissions'
import { useUrlParam } from './use-url-param'

/** Replies as the firewall sends them, without secrets. Only reads of a fixed list; the browser names one, never a path. */
export function RawTab() {
  const { firewall, role } = useFirewall()
  const [read, choose] = useUrlParam('read')
  const lacks = reasonWithout(role, 'firewall:raw') ?? reasonNotToAsk(firewall, role)
  const chosen = firewall.rawReads.find(({ id }) => id === read)
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] lg:grid-cols-[16rem_minmax(0,1fr)]">
      <nav aria-label="Raw reads" className="flex flex-col gap-0.5 px-3 py-4 max-lg:max-h-52 max-lg:overflow-y-auto">
        <h2 className="px-2 pb-1 font-semibold">Raw reads</h2>
        {firewall.rawReads.map(({ id, label }) => (
          <button
            key={id}
            type="button"
            aria-pressed={id === read}
            onClick={() => choose(id)}
            className={cn('rounded-md px-2 py-1 text-left break-words hover:bg-hover max-md:min-h-11', id === read && 'bg-hover font-semibold')}
          >
            {label}
          </button>
        ))}
      </nav>
      <div className="min-w-0 border-line px-5 py-4 max-md:px-3 lg:border-l">
        {lacks !== null ? (
          <Notice tone="plain" title="Raw replies cannot be read now.">
            {lacks}
          </Notice>
        ) : chosen ? (
          <RawReply key={chosen.id} read={chosen.id} label={chosen.label} />
        ) : (
          <Empty title="Choose a read." className="px-0">
            The firewall is asked when you choose; each look is an audit entry. Keys, hashes and passwords are taken out before anything is shown.
          </Empty>
        )}
      </div>
    </div>
  )
}

function RawReply({ read, label }: { read: string; label: string }) {
  const { firewall } = useFirewall()
  const { data, error, refetch, isFetching } = useQuery(firewallQueries.raw(firewall.id, read))
  return (
    <section aria-label={label} className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-3">
        <FileJson aria-hidden size={16} className="text-text-3" />
        <h2 className="font-semibold">{label}</h2>
        {data && (
          <span className="text-xs text-text-3">
            read <Age at={data.observedAt} zone={firewall.timeZone} />
          </span>
        )}
        <span className="ml-auto">
          <Button size="sm" icon={RefreshCw} busy={isFetching} onClick={() => void refetch()}>
            Read again
          </Button>
        </span>
      </div>
      {error && <ProblemNotice error={error} subject={firewall.name} retry={() => void refetch()} />}
      {!data && !error && <SkeletonRows rows={12} columns={1} />}
      {data && <CodeBlock label={`Reply: ${label}`} text={escapeUnseen(JSON.stringify(data.value, null, 2) ?? 'nothing')} />}
    </section>
  )
}
