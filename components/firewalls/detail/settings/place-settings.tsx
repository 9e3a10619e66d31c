'use client'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { Button } from '@/components/ui/button'
import { Field, TextInput } from '@/components/ui/field'
import { ProblemNotice } from '@/components/ui/problem'
import { toast } from '@/components/ui/toast'
import type { FirewallDetail } from '@/lib/firewalls/dto'
import { editFirewallInput } from '@/lib/firewalls/input'
import { ApiError } from '@/lib/queries/client'
import { firewallMutations } from '@/lib/queries/firewalls'
import { tagsOf, TagsField, TimeZoneField } from '@/components/firewalls/enrol/label-fields'
import { CustomerField, SiteField } from '@/components/firewalls/enrol/place-fields'
import { useFirewall } from '../firewall-context'
import { reasonWithout } from '../permissions'

const draftOf = ({ name, customer, site, tags, timeZone }: FirewallDetail) => ({
  name,
  customerId: customer.id,
  siteId: site?.id ?? '',
  tags: tags.join(' '),
  timeZone,
})

/** What the form was filled from: only that may be overwritten. Changes of other settings do not make it stale. */
function etagFor(filledFrom: FirewallDetail, now: FirewallDetail): string {
  return JSON.stringify(draftOf(filledFrom)) === JSON.stringify(draftOf(now)) ? now.etag : filledFrom.etag
}

export function PlaceSettings() {
  const { firewall, role } = useFirewall()
  const [filledFrom, setFilledFrom] = useState(firewall)
  const [draft, setDraft] = useState(() => draftOf(firewall))
  const [errors, setErrors] = useState<Record<string, string>>({})
  const { mutate, isPending, error, reset } = useMutation(firewallMutations.edit())
  const change = (part: Partial<typeof draft>): void => setDraft((now) => ({ ...now, ...part }))
  const fill = (from: FirewallDetail): void => {
    setFilledFrom(from)
    setDraft(draftOf(from))
  }
  const stale = error instanceof ApiError && error.code === 'stale'

  const save = (event: FormEvent): void => {
    event.preventDefault()
    if (isPending || reasonWithout(role, 'firewall:manage') !== null) return
    const parsed = editFirewallInput.safeParse({
      id: firewall.id,
      name: draft.name,
      customerId: draft.customerId,
      siteId: draft.siteId === '' ? null : draft.siteId,
      tags: tagsOf(draft.tags),
      timeZone: draft.timeZone,
    })
    setErrors(
      parsed.success
        ? {}
        : Object.fromEntries(parsed.error.issues.map(({ path, message }) => [String(path[0]), path[0] === 'customerId' ? 'Choose the customer.' : message])),
    )
    if (!parsed.success) return
    mutate(
      { ...parsed.data, etag: etagFor(filledFrom, firewall) },
      {
        onSuccess: (saved) => {
          fill(saved)
          toast.good('Saved.')
        },
      },
    )
  }
  const errorOf = (field: string): string | undefined => errors[field] ?? (error instanceof ApiError ? error.issueOf(field) : undefined)
  return (
    <form onSubmit={save} noValidate className="flex max-w-xl flex-col gap-4">
      <Field label="Name" error={errorOf('name')}>
        {(id, describedBy, invalid) => (
          <TextInput
            id={id}
            aria-describedby={describedBy}
            invalid={invalid}
            autoComplete="off"
            value={draft.name}
            onChange={(event) => change({ name: event.target.value })}
          />
        )}
      </Field>
      <CustomerField value={draft.customerId} error={errorOf('customerId')} onChange={(customerId) => change({ customerId, siteId: '' })} />
      <SiteField
        key={draft.customerId}
        customerId={draft.customerId}
        value={draft.siteId}
        timeZone={draft.timeZone}
        error={errorOf('siteId')}
        onChange={(siteId, zone) => change({ siteId, ...(zone !== null && { timeZone: zone }) })}
      />
      <TimeZoneField value={draft.timeZone} error={errorOf('timeZone')} onChange={(timeZone) => change({ timeZone })} />
      <TagsField value={draft.tags} error={errorOf('tags')} onChange={(tags) => change({ tags })} />
      <ProblemNotice error={error} />
      <div className="flex flex-wrap items-center gap-2">
        <Button variant="primary" type="submit" busy={isPending} disabledReason={reasonWithout(role, 'firewall:manage')}>
          Save name and place
        </Button>
        {stale && (
          <Button
            onClick={() => {
              fill(firewall)
              reset()
            }}
          >
            Show what is stored now
          </Button>
        )}
      </div>
    </form>
  )
}
