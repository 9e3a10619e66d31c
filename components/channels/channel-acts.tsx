'use client'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { ConfirmDialog } from '@/components/settings/confirm-dialog'
import { ActRow, Part } from '@/components/settings/part'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Notice } from '@/components/ui/notice'
import { ProblemNotice } from '@/components/ui/problem'
import type { ChannelDto } from '@/lib/channels/input'
import { channelMutations } from '@/lib/queries/channels'
import { SigningSecret } from './signing-secret'

type Act = 'secret' | 'off' | 'remove'

/** Trying a channel, its key, and the ways out. */
export function ChannelActs({ channel, onRemoved }: { channel: ChannelDto; onRemoved: () => void }) {
  const [act, setAct] = useState<Act | null>(null)
  const test = useMutation(channelMutations.test())
  // Where it sends to may be changed below, also while the test is on its way.
  const where = JSON.stringify(channel.target)
  const [tested, setTested] = useState(where)
  const tried = tested === where ? test : null
  const edit = useMutation(channelMutations.edit())
  const target = { id: channel.id, etag: channel.etag }
  const close = (): void => setAct(null)
  const send = (): void => {
    setTested(where)
    test.mutate({ id: channel.id })
  }
  return (
    <Part id="acts" title="Try it, or end it">
      <div className="max-w-3xl">
        <ActRow title="Test" effect="Sends a test now, past what waits, and shows what the other side says.">
          <Button variant="primary" busy={tried?.isPending ?? false} onClick={send}>
            Send a test
          </Button>
        </ActRow>
        {tried?.data && (
          <Notice
            role="status"
            tone={tried.data.delivered ? 'good' : 'bad'}
            title={tried.data.delivered ? 'The test was taken.' : 'The test was not taken.'}
            className="my-2"
          >
            {tried.data.answer}
          </Notice>
        )}
        <ProblemNotice error={tried?.error} className="my-2" />
        {channel.target.kind === 'webhook' && (
          <ActRow title="Key that signs" effect="A new key is shown once. The one before signs beside it for a day, so that your receiver can change over.">
            <Button onClick={() => setAct('secret')}>Make a new key</Button>
          </ActRow>
        )}
        <ActRow
          title={channel.enabled ? 'Switch off' : 'Switch on'}
          effect={channel.enabled ? 'It tells nobody any more, and what waits is dropped.' : 'It tells of what happens from now on.'}
        >
          <Button busy={edit.isPending} onClick={() => (channel.enabled ? setAct('off') : edit.mutate({ ...target, enabled: true }))}>
            {channel.enabled ? 'Switch off' : 'Switch on'}
          </Button>
        </ActRow>
        {act !== 'off' && <ProblemNotice error={edit.error} className="my-2" />}
        <ActRow title="Remove" effect="With its log and its secret. What waits is not sent.">
          <Button variant="danger" onClick={() => setAct('remove')}>
            Remove this channel
          </Button>
        </ActRow>
      </div>
      {act === 'secret' && <SecretDialog channel={channel} onClose={close} />}
      {act === 'off' && (
        <ConfirmDialog
          title={`Switch ${channel.name} off?`}
          effect={
            channel.waiting === 0
              ? 'Nobody is told over it any more.'
              : `${channel.waiting} ${channel.waiting === 1 ? 'notice that waits is' : 'notices that wait are'} dropped.`
          }
          safe="Leave it on"
          act="Switch off"
          busy={edit.isPending}
          error={edit.error}
          onClose={close}
          onAct={() => edit.mutate({ ...target, enabled: false }, { onSuccess: close })}
        />
      )}
      {act === 'remove' && <RemoveDialog channel={channel} onClose={close} onRemoved={onRemoved} />}
    </Part>
  )
}

type DialogProps = { channel: ChannelDto; onClose: () => void }

function SecretDialog({ channel, onClose }: DialogProps) {
  const { mutate, data, isPending, error } = useMutation(channelMutations.rotate())
  if (data) {
    return (
      <Dialog open onOpenChange={(stays) => !stays && onClose()} title={`The new key of ${channel.name}`} footer={<Button onClick={onClose}>Done</Button>}>
        <SigningSecret secret={data.signingSecret ?? ''} />
      </Dialog>
    )
  }
  return (
    <ConfirmDialog
      title={`Make a new key for ${channel.name}?`}
      effect="It is shown once. Both keys sign for a day, then only the new one does."
      safe="Keep the key"
      act="Make a new key"
      busy={isPending}
      error={error}
      onClose={onClose}
      onAct={() => mutate({ id: channel.id, etag: channel.etag })}
    />
  )
}

function RemoveDialog({ channel, onClose, onRemoved }: DialogProps & { onRemoved: () => void }) {
  const { mutate, isPending, error } = useMutation(channelMutations.remove())
  return (
    <ConfirmDialog
      title={`Remove ${channel.name}?`}
      effect="Its log and its secret are deleted. The audit keeps that it was there."
      safe="Keep it"
      act="Remove"
      danger
      busy={isPending}
      error={error}
      onClose={onClose}
      onAct={() => mutate({ id: channel.id, etag: channel.etag }, { onSuccess: onRemoved })}
    />
  )
}
