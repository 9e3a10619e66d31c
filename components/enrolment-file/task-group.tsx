'use client'
import { keepPreviousData, useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { ConfirmDialog } from '@/components/settings/confirm-dialog'
import { Button } from '@/components/ui/button'
import { LoadMore } from '@/components/ui/load-more'
import { ProblemNotice } from '@/components/ui/problem'
import { SkeletonRows } from '@/components/ui/skeleton'
import type { EnrolmentRowDto } from '@/lib/enrolment/dto'
import { ACT_LINES_MAX } from '@/lib/enrolment/input'
import { formatCount, plural } from '@/lib/format/numbers'
import { enrolmentMutations, enrolmentQueries } from '@/lib/queries/enrolment'
import { EditRowDialog } from './edit-row-dialog'
import { GROUP_WORDS } from './row-words'
import { TaskRow, type TaskState } from './task-row'
import { TrustDialog } from './trust-dialog'

type Asked = { what: 'trust'; rows: readonly EnrolmentRowDto[] } | { what: 'edit' | 'drop'; row: EnrolmentRowDto }

/** Lines that only a person can go on with. */
export function TaskGroup({ fileId, state, count }: { fileId: string; state: TaskState; count: number }) {
  const [asked, setAsked] = useState<Asked | null>(null)
  const rows = useInfiniteQuery({ ...enrolmentQueries.rows(fileId, state, count), placeholderData: keepPreviousData })
  const retry = useMutation(enrolmentMutations.retry())
  const drop = useMutation(enrolmentMutations.drop())
  const items = rows.data?.pages.flatMap((page) => page.items) ?? []
  const again = items.filter(({ credentialKept }) => credentialKept).slice(0, ACT_LINES_MAX)
  const compared = items.slice(0, ACT_LINES_MAX)
  const close = (): void => setAsked(null)
  const { title, about } = GROUP_WORDS[state]
  return (
    <section aria-labelledby={`group-${state}`} className="border-t border-line-2">
      <div className="flex flex-wrap items-start gap-x-6 gap-y-2 px-5 py-4 max-md:px-4">
        <div className="min-w-60 flex-1">
          <h2 id={`group-${state}`} className="text-base font-semibold">
            {title} <span className="font-normal text-text-3">{formatCount(count)}</span>
          </h2>
          {about !== null && <p className="max-w-2xl text-text-2">{about}</p>}
        </div>
        {state === 'waits-for-trust' && compared.length > 1 && (
          <Button onClick={() => setAsked({ what: 'trust', rows: compared })}>Compare {plural(compared.length, 'certificate')}</Button>
        )}
        {state === 'failed' && again.length > 1 && (
          <Button busy={retry.isPending} onClick={() => retry.mutate({ id: fileId, lines: again.map(({ line }) => line) })}>
            Try {formatCount(again.length)} again
          </Button>
        )}
      </div>
      <ProblemNotice error={rows.error ?? retry.error} className="mx-5 mb-3" />
      {rows.isPending && <SkeletonRows rows={Math.min(count, 8)} columns={3} rowHeight={60} />}
      <ul aria-label={title}>
        {items.map((row) => (
          <TaskRow
            key={row.line}
            row={row}
            state={state}
            busy={retry.isPending && retry.variables.lines.includes(row.line)}
            onTrust={() => setAsked({ what: 'trust', rows: [row] })}
            onRetry={() => retry.mutate({ id: fileId, lines: [row.line] })}
            onEdit={() => setAsked({ what: 'edit', row })}
            onDrop={() => setAsked({ what: 'drop', row })}
          />
        ))}
      </ul>
      <LoadMore more={rows.hasNextPage} busy={rows.isFetchingNextPage} onMore={() => void rows.fetchNextPage()} what="lines" />
      {asked?.what === 'trust' && <TrustDialog fileId={fileId} rows={asked.rows} onClose={close} />}
      {asked?.what === 'edit' && <EditRowDialog fileId={fileId} row={asked.row} onClose={close} />}
      {asked?.what === 'drop' && (
        <ConfirmDialog
          title={`Give up ${asked.row.name}`}
          effect="Its credential is forgotten. Nothing on the firewall is changed, and the line stays in this list."
          safe="Keep the line"
          act="Give it up"
          danger
          busy={drop.isPending}
          error={drop.error}
          onClose={close}
          onAct={() => drop.mutate({ id: fileId, lines: [asked.row.line] }, { onSuccess: close })}
        />
      )}
    </section>
  )
}
