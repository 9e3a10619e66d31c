'use client'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { Button } from '@/components/ui/button'
import { Field, TextInput } from '@/components/ui/field'
import { ProblemNotice } from '@/components/ui/problem'
import type { FirewallDetail } from '@/lib/firewalls/dto'
import { createFirewallInput, type CreateFirewallInput } from '@/lib/firewalls/input'
import { ownTimeZone } from '@/lib/format/dates'
import { ApiError } from '@/lib/queries/client'
import { firewallMutations } from '@/lib/queries/firewalls'
import { tagsOf, TagsField, TimeZoneField } from './label-fields'
import { CustomerField, SiteField } from './place-fields'

type Technical = Pick<CreateFirewallInput, 'family' | 'baseUrl' | 'trust' | 'credential'>
type PlaceStepProps = { technical: Technical; suggestedName: string; onSaved: (firewall: FirewallDetail) => void }

const NAMED_FIELDS = new Set(['name', 'customerId', 'siteId', 'tags', 'timeZone'])

/** The last step is the only one that saves. */
export function PlaceStep({ technical, suggestedName, onSaved }: PlaceStepProps) {
  const [place, setPlace] = useState({ name: suggestedName, customerId: '', siteId: '', tags: '', timeZone: ownTimeZone() })
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [idempotencyKey] = useState(() => crypto.randomUUID())
  const { mutate, isPending, error } = useMutation(firewallMutations.create(idempotencyKey))
  const change = (part: Partial<typeof place>): void => setPlace((now) => ({ ...now, ...part }))

  const save = (event: FormEvent): void => {
    event.preventDefault()
    if (isPending) return
    const parsed = createFirewallInput.safeParse({
      ...technical,
      name: place.name,
      customerId: place.customerId,
      siteId: place.siteId === '' ? null : place.siteId,
      tags: tagsOf(place.tags),
      timeZone: place.timeZone,
    })
    setErrors(
      parsed.success
        ? {}
        : Object.fromEntries(
            parsed.error.issues.map(({ path, message }) => [String(path[0]), path[0] === 'customerId' ? 'Choose the customer, or make a new one.' : message]),
          ),
    )
    if (parsed.success) mutate(parsed.data, { onSuccess: onSaved })
  }
  const errorOf = (field: string): string | undefined => errors[field] ?? (error instanceof ApiError ? error.issueOf(field) : undefined)
  const general = error instanceof ApiError && error.issues.length > 0 && error.issues.every(({ field }) => NAMED_FIELDS.has(field)) ? null : error

  return (
    <form onSubmit={save} noValidate className="flex max-w-xl flex-col gap-4">
      <p className="text-text-2">Whose is it, and where does it stand?</p>
      <Field label="Name" help="As your people call it." error={errorOf('name')}>
        {(id, describedBy, invalid) => (
          <TextInput
            id={id}
            aria-describedby={describedBy}
            invalid={invalid}
            autoComplete="off"
            autoFocus
            value={place.name}
            onChange={(event) => change({ name: event.target.value })}
          />
        )}
      </Field>
      <CustomerField value={place.customerId} error={errorOf('customerId')} onChange={(customerId) => change({ customerId, siteId: '' })} />
      <SiteField
        key={place.customerId}
        customerId={place.customerId}
        value={place.siteId}
        timeZone={place.timeZone}
        error={errorOf('siteId')}
        onChange={(siteId, zone) => change({ siteId, ...(zone !== null && { timeZone: zone }) })}
      />
      <TimeZoneField value={place.timeZone} error={errorOf('timeZone')} onChange={(timeZone) => change({ timeZone })} />
      <TagsField value={place.tags} error={errorOf('tags')} onChange={(tags) => change({ tags })} />
      <ProblemNotice error={general} />
      <div>
        <Button variant="primary" type="submit" busy={isPending}>
          Seal the credential and save
        </Button>
      </div>
    </form>
  )
}
