'use client'
import { Field, TextInput } from '@/components/ui/field'
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
    <Field
      label="Web address"
      help={
        isSecret && channel
          ? `One at ${channel.target.kind === 'slack' || channel.target.kind === 'teams' ? channel.target.origin : ''} is stored. Enter another to change it.`
          : URL_HELP[draft.kind]
      }
      error={wrong['target.url']}
    >
      {(id, describedBy, invalid) => (
        <TextInput
          id={id}
          type={isSecret ? 'password' : 'url'}
          aria-describedby={describedBy}
          invalid={invalid}
          autoComplete="off"
          value={draft.url}
          onChange={(event) => change({ url: event.target.value })}
          placeholder={isSecret ? '' : 'https://hooks.example.com/palisade'}
        />
      )}
    </Field>
  )
}

function NtfyFields({ draft, change, wrong, channel }: TargetProps) {
  return (
    <>
      <Field label="Server" error={wrong['target.server']}>
        {(id, describedBy, invalid) => (
          <TextInput
            id={id}
            type="url"
            aria-describedby={describedBy}
            invalid={invalid}
            value={draft.server}
            onChange={(event) => change({ server: event.target.value })}
          />
        )}
      </Field>
      <Field
        label="Topic"
        help="Whoever knows it can read it, unless the server asks for a token. Choose one that nobody guesses."
        error={wrong['target.topic']}
      >
        {(id, describedBy, invalid) => (
          <TextInput
            id={id}
            aria-describedby={describedBy}
            invalid={invalid}
            autoComplete="off"
            value={draft.topic}
            onChange={(event) => change({ topic: event.target.value })}
          />
        )}
      </Field>
      <Field
        label="Access token"
        help={channel?.hasSecret ? 'One is stored. Enter another to change it.' : 'Empty where the topic is open.'}
        error={wrong['target.token']}
      >
        {(id, describedBy, invalid) => (
          <TextInput
            id={id}
            type="password"
            aria-describedby={describedBy}
            invalid={invalid}
            autoComplete="new-password"
            value={draft.token}
            onChange={(event) => change({ token: event.target.value })}
          />
        )}
      </Field>
    </>
  )
}
