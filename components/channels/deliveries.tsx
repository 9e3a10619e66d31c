'use client'
import { keepPreviousData, useInfiniteQuery, useMutation } from '@tanstack/react-query'
import Link from 'next/link'
import { useState } from 'react'
import { LookWord } from '@/components/firewalls/detail/looks'
import { Part } from '@/components/settings/part'
import { Age } from '@/components/ui/age'
import { Button } from '@/components/ui/button'
import { FilterSelect } from '@/components/ui/filter-select'
import { ProblemNotice } from '@/components/ui/problem'
import { SkeletonRows } from '@/components/ui/skeleton'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table'
import { toast } from '@/components/ui/toast'
import type { ChannelDto, DeliveryDto } from '@/lib/channels/input'
import { DELIVERY_STATE_NAMES, DELIVERY_STATES, type DeliveryState } from '@/lib/channels/states'
import { plural } from '@/lib/format/numbers'
import { channelMutations, channelQueries } from '@/lib/queries/channels'
import { DELIVERY_LOOKS } from './channel-looks'

const CHOICES = DELIVERY_STATE_NAMES.map((value) => ({ value, label: DELIVERY_STATES[value].word }))

/** What went over a channel and what became of it, the newest first. */
export function Deliveries({ channel }: { channel: ChannelDto }) {
  const [state, setState] = useState<DeliveryState | null>(null)
  const list = useInfiniteQuery({ ...channelQueries.deliveries(channel.id, state), placeholderData: keepPreviousData })
  const retry = useMutation(channelMutations.retry())
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? []
  const again = (deliveryId?: string): void =>
    retry.mutate(
      { id: channel.id, ...(deliveryId !== undefined && { deliveryId }) },
      { onSuccess: ({ waiting }) => toast.good(`${plural(waiting, 'notice')} wait${waiting === 1 ? 's' : ''} again.`) },
    )
  const givenUp = rows.some((row) => row.state === 'given-up')
  return (
    <Part id="log" title="What went over it" about="Kept for 90 days. Each notice goes out in its order; one that fails holds those behind it.">
      <div className="flex flex-wrap items-center gap-2">
        <FilterSelect
          label="State"
          value={state ?? ''}
          choices={CHOICES}
          onChange={(value) => setState(DELIVERY_STATE_NAMES.find((name) => name === value) ?? null)}
        />
        {givenUp && (
          <Button busy={retry.isPending} onClick={() => again()}>
            Send all that were given up again
          </Button>
        )}
      </div>
      <ProblemNotice error={list.error ?? retry.error} retry={() => void list.refetch()} className="max-w-3xl" />
      {list.isPending ? (
        <SkeletonRows rows={4} columns={4} />
      ) : rows.length === 0 ? (
        <p className="text-text-2">
          {state === null ? 'Nothing yet. What is told from now on stands here.' : `Nothing is ${DELIVERY_STATES[state].word.toLowerCase()}.`}
        </p>
      ) : (
        <div className="-mx-5 max-md:-mx-4">
          <Table caption="Deliveries">
            <TableHead>
              <tr>
                <TableHeader>Notice</TableHeader>
                <TableHeader>State, in words</TableHeader>
                <TableHeader align="right">Tries</TableHeader>
                <TableHeader align="right">Told</TableHeader>
              </tr>
            </TableHead>
            <TableBody>
              {rows.map((row) => (
                <Delivery key={row.id} row={row} busy={retry.isPending} onAgain={() => again(row.id)} />
              ))}
            </TableBody>
          </Table>
        </div>
      )}
      {list.hasNextPage && (
        <div>
          <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
    </Part>
  )
}

function Delivery({ row, busy, onAgain }: { row: DeliveryDto; busy: boolean; onAgain: () => void }) {
  const href = row.alertId !== null ? `/alerts/${row.alertId}` : row.firewallId !== null ? `/firewalls/${row.firewallId}` : null
  return (
    <TableRow rail={row.state === 'given-up' ? 'bad' : null}>
      <TableCell className="max-w-80">
        {href === null ? (
          row.headline
        ) : (
          <Link href={href} prefetch={false} className="hover:underline">
            {row.headline}
          </Link>
        )}
      </TableCell>
      <TableCell className="min-w-56">
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <LookWord look={DELIVERY_LOOKS[row.state]} />
          {row.answer !== null && <span className="text-xs break-words text-text-2">{row.answer}</span>}
          {row.state === 'given-up' && (
            <Button size="sm" busy={busy} onClick={onAgain}>
              Send again
            </Button>
          )}
        </span>
      </TableCell>
      <TableCell align="right">{row.attempts}</TableCell>
      <TableCell align="right">
        <Age at={row.createdAt} />
      </TableCell>
    </TableRow>
  )
}
