'use client'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { Button } from '@/components/ui/button'
import { Field, TextInput } from '@/components/ui/field'
import { ProblemNotice } from '@/components/ui/problem'
import type { ProbeResult } from '@/lib/firewalls/dto'
import { baseUrl } from '@/lib/firewalls/input'
import { ApiError } from '@/lib/queries/client'
import { firewallMutations } from '@/lib/queries/firewalls'

/** `firewall.example` means https; only an address that says http is taken as http. */
const withScheme = (address: string): string => (/^[a-z][a-z0-9+.-]*:\/\//i.test(address) ? address : `https://${address}`)

export function AddressStep({ initial, onProbed }: { initial: string; onProbed: (probe: ProbeResult) => void }) {
  const [address, setAddress] = useState(initial)
  const [wrong, setWrong] = useState<string | null>(null)
  const { mutate, isPending, error } = useMutation(firewallMutations.probe())
  const ask = (event: FormEvent): void => {
    event.preventDefault()
    const parsed = baseUrl.safeParse(address)
    setWrong(parsed.success ? null : (parsed.error.issues[0]?.message ?? null))
    if (parsed.success && !isPending) mutate({ baseUrl: withScheme(parsed.data) }, { onSuccess: onProbed })
  }
  const issue = error instanceof ApiError ? error.issueOf('baseUrl') : undefined
  const redirect = error instanceof ApiError && typeof error.details.location === 'string' ? error.details.location : null
  return (
    <form onSubmit={ask} className="flex max-w-xl flex-col gap-3" noValidate>
      <Field label="Web address" help="The web address of the firewall, as you open it in a browser." error={wrong ?? issue}>
        {(id, describedBy, invalid) => (
          <TextInput
            id={id}
            aria-describedby={describedBy}
            invalid={invalid}
            mono
            inputMode="url"
            autoComplete="off"
            autoFocus
            placeholder="https://198.51.100.61:8443"
            value={address}
            onChange={(event) => setAddress(event.target.value)}
          />
        )}
      </Field>
      {issue === undefined && <ProblemNotice error={error} />}
      <div className="flex flex-wrap items-center gap-3">
        <Button variant="primary" type="submit" busy={isPending}>
          Look at this address
        </Button>
        {redirect !== null && (
          <Button onClick={() => setAddress(redirect)}>
            Take <span className="font-mono text-xs">{redirect}</span>
          </Button>
        )}
        <span className="text-xs text-text-3">Only the certificate and the family are looked at. No credential is sent.</span>
      </div>
    </form>
  )
}
