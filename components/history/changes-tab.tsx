'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import Link from 'next/link'
import { useSearchParams } from 'next/navigation'
import { useFirewall } from '@/components/firewalls/detail/firewall-context'
import { useUrlParam } from '@/components/firewalls/detail/use-url-param'
import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { LoadMore } from '@/components/ui/load-more'
import { ProblemNotice } from '@/components/ui/problem'
import { SkeletonRows } from '@/components/ui/skeleton'
import { plural } from '@/lib/format/numbers'
import { CHANGE_KINDS, type ChangeKind } from '@/lib/history/input'
import { changeQueries } from '@/lib/queries/history'
import { ChangeDays } from './change-days'
import { CHANGE_KIND_WORDS } from './words'

/** What a person looks for first; what moves by itself all day is asked for. */
const FIRST: readonly ChangeKind[] = ['rules', 'aliases']
const ALL = 'all'
const isKind = (text: string): text is ChangeKind => CHANGE_KINDS.some((kind) => kind === text)
const kindsOf = (text: string): readonly ChangeKind[] | undefined => (text === ALL ? undefined : isKind(text) ? [text] : FIRST)

/** What visits saw change on one firewall. The address holds the kind, and the one thing if it is about one. */
export function ChangesTab() {
  const { firewall } = useFirewall()
  const [kindText, setKind] = useUrlParam('kind')
  const [, setKey] = useUrlParam('key')
  const key = useSearchParams().get('key') ?? ''
  const kind = kindsOf(kindText)
  const log = useInfiniteQuery(changeQueries.of(firewall.id, { kind, ...(key !== '' && isKind(kindText) && { key }) }))
  const changes = log.data?.pages.flatMap((page) => page.items) ?? []
  const first = log.data?.pages[0]
  const choose = (text: string): void => {
    setKey('')
    setKind(text)
  }
  return (
    <section aria-label="Changes" className="flex min-w-0 flex-col gap-2 px-5 py-4 max-md:px-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <h2 className="font-semibold">Changes</h2>
        {first && (
          <span role="status" className="text-xs text-text-3">
            {plural(first.total, 'change')}
            {first.totalIsAtLeast === true && ' or more'}
          </span>
        )}
        {key !== '' && (
          <span className="inline-flex h-7 max-w-full items-center rounded-sm border border-act bg-act-soft pl-2 text-xs">
            <span className="truncate">Only of {changes[0]?.title ?? key}</span>
            <button
              type="button"
              aria-label="Show changes of all things"
              onClick={() => setKey('')}
              className="grid size-7 place-items-center text-text-2 hover:text-text max-md:size-11"
            >
              <X aria-hidden size={14} />
            </button>
          </span>
        )}
        <span className="ml-auto flex items-center gap-2 max-md:ml-0 max-md:w-full">
          <span aria-hidden className="text-xs text-text-2">
            Of
          </span>
          <select
            aria-label="Changes of"
            value={kindText}
            onChange={(event) => choose(event.target.value)}
            className="h-8 rounded-md border border-control bg-surface px-2 text-sm max-md:h-11 max-md:flex-1 [&>option]:bg-raised [&>option]:text-text"
          >
            <option value="">Rules and aliases</option>
            {CHANGE_KINDS.map((each) => (
              <option key={each} value={each}>
                {each === 'firewall' ? 'The firewall as a whole' : CHANGE_KIND_WORDS[each][0]}
              </option>
            ))}
            <option value={ALL}>Everything</option>
          </select>
        </span>
      </div>
      <p className="text-xs text-text-2">
        What differed between two visits. Who changed it at the firewall is not known; what was done through Palisade stands under{' '}
        <Link href={`/firewalls/${firewall.id}/audit`} className="text-act underline">
          Audit
        </Link>
        .
      </p>
      {log.error && <ProblemNotice error={log.error} subject={firewall.name} retry={() => void log.refetch()} />}
      {log.data === undefined ? (
        log.isPending && <SkeletonRows rows={10} columns={3} rowHeight={40} />
      ) : changes.length === 0 ? (
        <Empty title="No change was seen." className="px-0" action={kindText !== ALL && <Button onClick={() => choose(ALL)}>Look at everything</Button>}>
          {firewall.visitedAt === null ? 'Changes are seen from the second visit on.' : 'Since Palisade visits this firewall, all of this stayed as it was.'}
        </Empty>
      ) : (
        <ChangeDays changes={changes} zone={firewall.timeZone} />
      )}
      <LoadMore more={log.hasNextPage} busy={log.isFetchingNextPage} onMore={() => void log.fetchNextPage()} what="changes" />
    </section>
  )
}
