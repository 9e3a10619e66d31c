'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useCustomerScope } from '@/components/layout/customer-scope'
import { Dialog } from '@/components/ui/dialog'
import { Button } from '@/components/ui/button'
import { ButtonLink } from '@/components/ui/button-link'
import { createChannelInput, type SavedChannelDto } from '@/lib/channels/input'
import { ownTimeZone } from '@/lib/format/dates'
import { channelMutations } from '@/lib/queries/channels'
import { useMe } from '@/lib/queries/use-me'
import { ChannelForm } from './channel-form'
import { channelHref } from './channels-columns'
import { newDraft, settingsOf, type Draft, type Wrong } from './draft'
import { SigningSecret } from './signing-secret'
import { wrongOf } from './wrong'

const bodyOf = (draft: Draft) => ({ ...settingsOf(draft), customerId: draft.customerId === '' ? null : draft.customerId })
const check = (draft: Draft): Wrong => wrongOf(createChannelInput.safeParse(bodyOf(draft)))

/** Makes a channel; the key of a webhook is shown once, then its page opens. */
export function NewChannelPage() {
  const me = useMe()
  const router = useRouter()
  const { customerId } = useCustomerScope()
  const [key] = useState(() => crypto.randomUUID())
  const [made, setMade] = useState<SavedChannelDto | null>(null)
  const { mutate, isPending, error, reset } = useMutation(channelMutations.create(key))
  if (!me) return null
  const open = ({ channel }: SavedChannelDto): void => router.push(channelHref(channel.id))
  return (
    <>
      <h2 className="px-5 pt-4 text-base font-semibold max-md:px-4">New channel</h2>
      <ChannelForm
        me={me}
        channel={null}
        start={newDraft(customerId ?? '', ownTimeZone())}
        busy={isPending}
        error={error}
        check={check}
        onTouch={() => error !== null && reset()}
        onSave={(draft) => mutate(bodyOf(draft), { onSuccess: (saved) => (saved.signingSecret === null ? open(saved) : setMade(saved)) })}
        submit="Make the channel"
        beside={<ButtonLink href="/settings/channels">Cancel</ButtonLink>}
      />
      {made && (
        <Dialog
          open
          onOpenChange={(stays) => !stays && open(made)}
          title={`${made.channel.name} is made`}
          description="Your receiver checks with this key that a notice is from here."
          footer={<Button onClick={() => open(made)}>Done</Button>}
        >
          <SigningSecret secret={made.signingSecret ?? ''} />
        </Dialog>
      )}
    </>
  )
}
