import Link from 'next/link'
import { LookWord } from '@/components/firewalls/detail/looks'
import { Age } from '@/components/ui/age'
import type { Column } from '@/components/ui/columns'
import type { ChannelDto } from '@/lib/channels/input'
import { formatCount } from '@/lib/format/numbers'
import { aboutInWords, CHANNEL_LOOKS, severitiesInWords, targetInWords } from './channel-looks'

export const channelHref = (id: string): string => `/settings/channels/${id}`

/** State in words, and why it fails. */
function State({ channel }: { channel: ChannelDto }) {
  return (
    <span className="flex min-w-0 items-center gap-2" title={channel.lastError ?? undefined}>
      <LookWord look={CHANNEL_LOOKS[channel.state]} />
      {channel.state === 'failing' && <span className="truncate text-text-2">{channel.lastError}</span>}
    </span>
  )
}

export const CHANNEL_COLUMNS: readonly Column<ChannelDto>[] = [
  {
    id: 'name',
    head: 'Name',
    width: '18%',
    cell: (channel) => (
      <Link href={channelHref(channel.id)} prefetch={false} className="truncate font-medium hover:underline">
        {channel.name}
      </Link>
    ),
  },
  { id: 'state', head: 'State, in words', cell: (channel) => <State channel={channel} /> },
  { id: 'target', head: 'Sends', width: '22%', cell: (channel) => <span title={targetInWords(channel)}>{targetInWords(channel)}</span> },
  { id: 'about', head: 'About', width: '15%', hideBelow: 'md', cell: (channel) => <span className="text-text-2">{aboutInWords(channel)}</span> },
  { id: 'severities', head: 'Told of', width: '13%', hideBelow: 'lg', cell: (channel) => <span className="text-text-2">{severitiesInWords(channel)}</span> },
  { id: 'waiting', head: 'Waiting', align: 'right', width: '76px', cell: (channel) => (channel.waiting === 0 ? '' : formatCount(channel.waiting)) },
  { id: 'last', head: 'Delivered', align: 'right', width: '96px', cell: (channel) => <Age at={channel.lastDeliveryAt} /> },
]

/** Lines for 390 px: two, and a third where it fails. */
export function ChannelCard({ channel }: { channel: ChannelDto }) {
  return (
    <>
      <div className="flex items-center justify-between gap-3">
        <Link href={channelHref(channel.id)} prefetch={false} className="-my-2 truncate py-2 text-base font-medium">
          {channel.name}
        </Link>
        <span className="shrink-0 text-xs">
          <LookWord look={CHANNEL_LOOKS[channel.state]} />
        </span>
      </div>
      <div className="flex items-center justify-between gap-3 text-xs text-text-2">
        <span className="truncate">{targetInWords(channel)}</span>
        <Age at={channel.lastDeliveryAt} className="shrink-0" />
      </div>
      {channel.state === 'failing' && <p className="text-xs break-words text-text-2">{channel.lastError}</p>}
    </>
  )
}
