'use client'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field, TextInput } from '@/components/ui/field'
import { ProblemNotice } from '@/components/ui/problem'
import { baseUrl } from '@/lib/firewalls/input'
import { firewallMutations } from '@/lib/queries/firewalls'
import { useFirewall } from '../firewall-context'
import { reasonWithout } from '../permissions'

/** A dialog names what goes before it goes. */
export function AddressSettings() {
  const { firewall, role } = useFirewall()
  const [{ address, etag }, setDraft] = useState({ address: firewall.baseUrl, etag: firewall.etag })
  const [wrong, setWrong] = useState<string | null>(null)
  const [asking, setAsking] = useState(false)
  const { mutate, isPending, error } = useMutation(firewallMutations.edit())
  const changed = address.trim() !== firewall.baseUrl
  const lacks = reasonWithout(role, 'firewall:manage')

  const ask = (event: FormEvent): void => {
    event.preventDefault()
    const parsed = baseUrl.safeParse(address)
    setWrong(parsed.success ? null : (parsed.error.issues[0]?.message ?? null))
    if (parsed.success && changed && lacks === null) setAsking(true)
  }
  const save = (): void => mutate({ id: firewall.id, etag, baseUrl: address.trim() }, { onSettled: () => setAsking(false) })
  return (
    <form onSubmit={ask} noValidate className="flex max-w-xl flex-col gap-3">
      <Field label="Web address" error={wrong}>
        {(id, describedBy, invalid) => (
          <TextInput
            id={id}
            aria-describedby={describedBy}
            invalid={invalid}
            mono
            autoComplete="off"
            inputMode="url"
            value={address}
            onChange={(event) => setDraft({ address: event.target.value, etag: firewall.etag })}
          />
        )}
      </Field>
      <ProblemNotice error={error} />
      <div>
        <Button type="submit" disabledReason={lacks ?? (changed ? null : 'This is the address that is stored.')}>
          Change the address
        </Button>
      </div>
      <Dialog
        open={asking}
        onOpenChange={setAsking}
        title={`Change the address of ${firewall.name}`}
        description="The sealed credential and the trust are cleared, and all calls stop. Then you compare the certificate at the new address and enter a credential."
        footer={
          <>
            <Button onClick={() => setAsking(false)}>Keep the address</Button>
            <Button variant="danger" busy={isPending} onClick={save}>
              Change it and clear the credential
            </Button>
          </>
        }
      >
        <p className="font-mono text-xs break-all">
          {firewall.baseUrl} → {address.trim()}
        </p>
      </Dialog>
    </form>
  )
}
