'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useFirewall } from '@/components/firewalls/detail/firewall-context'
import { ConfirmDialog } from '@/components/settings/confirm-dialog'
import { Field, SelectInput } from '@/components/ui/field'
import { pairMutations, pairQueries } from '@/lib/queries/pairs'

/** Both rows change, so it is said for both. */
export function LinkDialog({ onClose }: { onClose: () => void }) {
  const { firewall } = useFirewall()
  const [peer, setPeer] = useState('')
  const [missing, setMissing] = useState(false)
  const { data = [], error: notRead } = useQuery(pairQueries.choices(firewall.customer.id))
  const { mutate, isPending, error } = useMutation(pairMutations.link())
  const link = (): void => {
    setMissing(peer === '')
    if (peer !== '') mutate({ id: firewall.id, etag: firewall.etag, haPeerId: peer }, { onSuccess: onClose })
  }
  return (
    <ConfirmDialog
      title={`Link ${firewall.name} with its peer`}
      effect="Nothing on the firewalls is changed. Palisade shows them as one pair and watches who is master."
      safe="Leave it alone"
      act="Link the pair"
      busy={isPending}
      error={error ?? notRead}
      onClose={onClose}
      onAct={link}
    >
      <Field
        label="Peer"
        help={`A firewall of ${firewall.customer.name} that has no peer yet.`}
        error={missing && peer === '' ? 'Choose the other firewall.' : null}
      >
        {(id, describedBy, invalid) => (
          <SelectInput id={id} aria-describedby={describedBy} invalid={invalid} value={peer} onChange={(event) => setPeer(event.target.value)}>
            <option value="">Choose a firewall</option>
            {data
              .filter(({ id: other, haPeer }) => other !== firewall.id && haPeer === null)
              .map(({ id: other, name }) => (
                <option key={other} value={other}>
                  {name}
                </option>
              ))}
          </SelectInput>
        )}
      </Field>
    </ConfirmDialog>
  )
}

export function UnlinkDialog({ onClose }: { onClose: () => void }) {
  const { firewall } = useFirewall()
  const { mutate, isPending, error } = useMutation(pairMutations.link())
  return (
    <ConfirmDialog
      title={`Unlink ${firewall.name} and ${firewall.haPeer?.name ?? 'its peer'}`}
      effect="Nothing on the firewalls is changed. Palisade no longer watches whether both are master."
      safe="Keep the pair"
      act="Unlink the pair"
      busy={isPending}
      error={error}
      onClose={onClose}
      onAct={() => mutate({ id: firewall.id, etag: firewall.etag, haPeerId: null }, { onSuccess: onClose })}
    />
  )
}
