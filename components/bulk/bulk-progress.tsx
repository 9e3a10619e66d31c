'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { CircleCheck, LoaderCircle, TriangleAlert, X } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { useCustomerScope } from '@/components/layout/customer-scope'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { ProblemNotice } from '@/components/ui/problem'
import type { BulkSummary } from '@/lib/bulk/input'
import { formatCount, plural } from '@/lib/format/numbers'
import { bulkMutations, bulkQueries, type StartBulk } from '@/lib/queries/bulk'
import { Dock } from './bulk-bar'
import { countsOf, inverseOf, titleOf } from './bulk-words'

type BulkProgressProps = { bulk: BulkSummary; busy: boolean; onStart: (act: StartBulk) => void; onPutAway: () => void }

/** How one's newest act stands, and afterwards what can be done about its end. */
export function BulkProgress({ bulk, busy, onStart, onPutAway }: BulkProgressProps) {
  const [details, setDetails] = useState(false)
  const cancel = useMutation(bulkMutations.cancel())
  const over = bulk.finishedAt !== null
  const Icon = !over ? LoaderCircle : bulk.counts.failed > 0 ? TriangleAlert : CircleCheck
  const inverse = over && bulk.counts.done > 0 ? inverseOf(bulk) : null
  return (
    <>
      <Dock label="Act under way">
        <Icon
          aria-hidden
          size={16}
          strokeWidth={1.75}
          className={over ? (bulk.counts.failed > 0 ? 'shrink-0 text-warn-mark' : 'shrink-0 text-good-mark') : 'shrink-0 animate-spin text-text-2'}
        />
        <p role="status" className="min-w-0 flex-1 truncate px-1 max-md:basis-[80%] max-md:whitespace-normal">
          <strong className="font-semibold">{titleOf(bulk)}</strong> <span className="text-text-2">{countsOf(bulk)}</span>
        </p>
        {!over && (
          <progress aria-label={titleOf(bulk)} max={bulk.total} value={bulk.total - bulk.counts.pending - bulk.counts.running} className="h-1 w-28 accent-act-fill max-md:w-full" />
        )}
        {over && bulk.counts.failed > 0 && (
          <Button variant="quiet" busy={busy} onClick={() => onStart({ act: bulk.act, input: bulk.input, again: { bulkId: bulk.id, states: ['failed'] } })} className="text-act">
            Try the {formatCount(bulk.counts.failed)} again
          </Button>
        )}
        {inverse && (
          <Button variant="quiet" busy={busy} onClick={() => onStart({ ...inverse, again: { bulkId: bulk.id, states: ['done'] } })} className="text-act">
            Undo
          </Button>
        )}
        {bulk.counts.failed + bulk.counts.skipped > 0 && (
          <Button variant="quiet" onClick={() => setDetails(true)}>
            Show why
          </Button>
        )}
        {over ? (
          <Button variant="quiet" shape="icon" icon={X} aria-label="Put away" onClick={onPutAway} className="text-text-2 max-md:ml-auto" />
        ) : (
          <Button variant="quiet" busy={cancel.isPending} disabledReason={bulk.cancelledAt === null ? null : 'It ends when what runs is done.'} onClick={() => cancel.mutate({ id: bulk.id })}>
            Cancel
          </Button>
        )}
      </Dock>
      {details && <BulkResult bulk={bulk} onClose={() => setDetails(false)} />}
    </>
  )
}

/** On which firewalls it failed or was not needed, and why. */
function BulkResult({ bulk, onClose }: { bulk: BulkSummary; onClose: () => void }) {
  const { within } = useCustomerScope()
  const { data, error } = useQuery(bulkQueries.one(bulk.id))
  const groups = (['failed', 'skipped'] as const).map((state) => ({ state, count: bulk.counts[state], rows: data?.problems.filter((problem) => problem.state === state) ?? [] }))
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} shape="side" title={titleOf(bulk)} description={countsOf(bulk)}>
      <ProblemNotice error={error} />
      {groups.map(({ state, count, rows }) =>
        count === 0 ? null : (
          <section key={state}>
            <h3 className="border-b border-line-2 pb-1 font-semibold">{state === 'failed' ? `Failed on ${formatCount(count)}` : `Skipped ${formatCount(count)}`}</h3>
            <ul>
              {rows.map(({ firewallId, name, message }) => (
                <li key={firewallId} className="border-b border-line py-2">
                  <Link href={within(`/firewalls/${firewallId}`)} className="font-medium hover:underline">
                    {name}
                  </Link>
                  <span className="block text-text-2">{message}</span>
                </li>
              ))}
            </ul>
            {rows.length < count && data && <p className="py-2 text-text-3">{plural(count - rows.length, 'more is', 'more are')} not named here.</p>}
          </section>
        ),
      )}
    </Dialog>
  )
}
