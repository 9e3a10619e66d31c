'use client'
import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { lookRail } from '@/components/firewalls/detail/looks'
import { useCustomerScope } from '@/components/layout/customer-scope'
import { ButtonLink } from '@/components/ui/button-link'
import { Empty } from '@/components/ui/empty'
import { ProblemNotice } from '@/components/ui/problem'
import { SkeletonRows } from '@/components/ui/skeleton'
import { VirtualTable } from '@/components/ui/virtual-table'
import type { ChannelDto } from '@/lib/channels/input'
import { CHANNEL_STATES } from '@/lib/channels/states'
import { channelQueries } from '@/lib/queries/channels'
import { CHANNEL_LOOKS, channelsSentence } from './channel-looks'
import { CHANNEL_COLUMNS, ChannelCard, channelHref } from './channels-columns'

const rank = ({ state }: ChannelDto): number => CHANNEL_STATES.indexOf(state)

/** Where notices go, worst first. */
export function ChannelsPage() {
  const router = useRouter()
  const { customerId, within } = useCustomerScope()
  const { data, error, isPending, refetch } = useQuery(channelQueries.list(customerId ?? undefined))
  const channels = [...(data?.items ?? [])].sort((one, other) => rank(one) - rank(other))
  const add = (isPrimary: boolean) => (
    <ButtonLink href={within('/settings/channels/new')} icon={Plus} variant={isPrimary ? 'primary' : 'secondary'}>
      Add a channel
    </ButtonLink>
  )
  return (
    <>
      <h2 className="sr-only">Channels</h2>
      <ProblemNotice error={error} retry={() => void refetch()} className="mx-5 my-4 max-md:mx-4" />
      {data === undefined ? (
        isPending && <SkeletonRows rows={5} columns={5} />
      ) : channels.length === 0 ? (
        <Empty title={customerId === null ? 'Nobody is told yet' : 'This customer has no channel of its own'} action={add(true)}>
          Alerts stand in the inbox, and nobody hears of them elsewhere. A channel tells by e-mail, webhook, Slack, Teams or ntfy.
        </Empty>
      ) : (
        <>
          <div className="flex flex-wrap items-center justify-between gap-3 px-5 py-3 max-md:px-4">
            <p className="text-base">{channelsSentence(channels)}</p>
            {add(false)}
          </div>
          <VirtualTable
            caption="Channels"
            rows={channels}
            columns={CHANNEL_COLUMNS}
            rowKey={({ id }) => id}
            rail={(channel) => lookRail(CHANNEL_LOOKS[channel.state])}
            card={(channel) => <ChannelCard channel={channel} />}
            onOpen={(channel) => router.push(channelHref(channel.id))}
          />
        </>
      )}
    </>
  )
}
