'use client'
import { TextField } from '@/components/ui/text-field'
import type { ChannelDto } from '@/lib/channels/input'
import type { Change, Draft, Wrong } from './draft'
import { EmailFields } from './email-fields'

type TargetProps = { draft: Draft; change: Change; wrong: Wrong; channel: ChannelDto | null }

const URL_HELP = {
  webhook: 'Every notice is posted here as JSON. A key that signs it is shown when you save.',
  slack: 'From the app “Incoming Webhooks” of your workspace. It is a secret: sealed when you save.',
  teams: 'From the workflow “When a Teams webhook request is received”. It is a secret: sealed when you save.',
} as const

/** Where a kind of channel sends to. */
export function TargetFields(props: TargetProps) {
  const { draft, change, wrong, channel } = props
  if (draft.kind === 'email') return <EmailFields {...props} />
  if (draft.kind === 'ntfy') return <NtfyFields {...props} />
  const isSecret = draft.kind !== 'webhook'
  return (
    <TextField
      label="Web address"
      help={
        isSecret && channel
          ? `One at ${channel.target.kind === 'slack' || channel.target.kind === 'teams' ? channel.target.origin : ''} is stored. Enter another to change it.`
          : URL_HELP[draft.kind]
      }
      error={wrong['target.url']}
      type={isSecret ? 'password' : 'url'}
      autoComplete="off"
      value={draft.url}
      onChange={(text) => change({ url: text })}
      placeholder={isSecret ? '' : 'https://hooks.example.com/palisade'}
    />
  )
}

function NtfyFields({ draft, change, wrong, channel }: TargetProps) {
  return (
    <>
      <TextField label="Server" error={wrong['target.server']} type="url" value={draft.server} onChange={(text) => change({ server: text })} />
      <TextField
        label="Topic"
        help="Whoever knows it can read it, unless the server asks for a token. Choose one that nobody guesses."
        error={wrong['target.topic']}
        autoComplete="off"
        value={draft.topic}
        onChange={(text) => change({ topic: text })}
      />
      <TextField
        label="Access token"
        help={channel?.hasSecret ? 'One is stored. Enter another to change it.' : 'Empty where the topic is open.'}
        error={wrong['target.token']}
        type="password"
        autoComplete="new-password"
        value={draft.token}
        onChange={(text) => change({ token: text })}
      />
    </>
  )
}
