'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { ArrowLeft } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { LookWord } from '@/components/firewalls/detail/looks'
import { Age } from '@/components/ui/age'
import { Empty } from '@/components/ui/empty'
import { Notice } from '@/components/ui/notice'
import { ProblemNotice } from '@/components/ui/problem'
import { SkeletonRows } from '@/components/ui/skeleton'
import { toast } from '@/components/ui/toast'
import type { MeDto } from '@/lib/auth/input'
import { editChannelInput, type ChannelDto } from '@/lib/channels/input'
import { formatClock } from '@/lib/format/dates'
import { channelMutations, channelQueries } from '@/lib/queries/channels'
import { ApiError } from '@/lib/queries/client'
import { useMe } from '@/lib/queries/use-me'
import { ChannelActs } from './channel-acts'
import { ChannelForm } from './channel-form'
import { aboutInWords, CHANNEL_LOOKS, targetInWords } from './channel-looks'
import { Deliveries } from './deliveries'
import { draftOf, settingsOf, type Draft, type Wrong } from './draft'
import { wrongOf } from './wrong'

/** One channel: whether it works, what went over it, and its settings. */
export function ChannelPage({ id }: { id: string }) {
  const me = useMe()
  const router = useRouter()
  const [removed, setRemoved] = useState(false)
  const { data: channel, error, isPending, refetch } = useQuery({ ...channelQueries.one(id), enabled: !removed })
  const gone = error instanceof ApiError && error.code === 'not-found'
  const leave = (): void => {
    setRemoved(true)
    router.push('/settings/channels')
  }
  if (removed) return null
  return (
    <>
      <p className="px-5 pt-3 max-md:px-4">
        <Link href="/settings/channels" className="inline-flex min-h-6 items-center gap-1.5 text-act hover:underline max-md:min-h-11">
          <ArrowLeft aria-hidden size={14} />
          All channels
        </Link>
      </p>
      {gone ? (
        <Empty title="There is no such channel">It was removed, or belongs to a customer that you do not manage.</Empty>
      ) : (
        <ProblemNotice error={error} retry={() => void refetch()} className="mx-5 my-3 max-md:mx-4" />
      )}
      {channel && me && !gone ? <Details me={me} channel={channel} onRemoved={leave} /> : isPending && <SkeletonRows rows={8} columns={2} rowHeight={60} />}
    </>
  )
}

function Details({ me, channel, onRemoved }: { me: MeDto; channel: ChannelDto; onRemoved: () => void }) {
  return (
    <>
      <header className="flex flex-col gap-1 border-b border-line-2 px-5 pt-1 pb-4 max-md:px-4">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h2 className="min-w-0 text-base font-semibold break-words">{channel.name}</h2>
          <LookWord look={CHANNEL_LOOKS[channel.state]} />
        </div>
        <p className="text-xs break-words text-text-2">
          {targetInWords(channel)}. About: {aboutInWords(channel)}. Last delivered <Age at={channel.lastDeliveryAt} className="text-inherit" />.
        </p>
      </header>
      <div className="divide-y divide-line">
        {channel.state === 'failing' && <Failing channel={channel} />}
        <ChannelActs channel={channel} onRemoved={onRemoved} />
        <Deliveries channel={channel} />
        <Settings me={me} channel={channel} />
      </div>
    </>
  )
}

function Failing({ channel }: { channel: ChannelDto }) {
  return (
    <div className="px-5 py-4 max-md:px-4">
      <Notice tone="bad" className="max-w-3xl" title={channel.lastError ?? 'The last try failed.'}>
        {channel.waiting === 0 ? 'Nothing waits.' : `${channel.waiting} ${channel.waiting === 1 ? 'notice waits' : 'notices wait'} and will go out in order.`}
        {channel.heldUntil !== null && channel.waiting > 0 && ` The next try is at ${formatClock(channel.heldUntil)}.`} A change of the settings tries at once.
      </Notice>
    </div>
  )
}

function Settings({ me, channel }: { me: MeDto; channel: ChannelDto }) {
  const { mutate, isPending, error, reset } = useMutation(channelMutations.edit())
  // What was saved begins anew: a secret that was typed is stored and shown no more.
  const [saves, setSaves] = useState(0)
  const done = (name: string): void => {
    setSaves(saves + 1)
    toast.good(`${name} is saved.`)
  }
  const check = (draft: Draft): Wrong => wrongOf(editChannelInput.safeParse({ ...settingsOf(draft), id: channel.id }))
  return (
    <ChannelForm
      key={saves}
      me={me}
      channel={channel}
      start={draftOf(channel)}
      busy={isPending}
      error={error}
      check={check}
      onTouch={() => error !== null && reset()}
      onSave={(draft) => mutate({ id: channel.id, etag: channel.etag, ...settingsOf(draft) }, { onSuccess: () => done(draft.name) })}
      submit="Save"
    />
  )
}
