'use client'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Field, SelectInput } from '@/components/ui/field'
import { toast } from '@/components/ui/toast'
import type { CustomerDto } from '@/lib/customers/input'
import { ownTimeZone, timeZones } from '@/lib/format/dates'
import { siteMutations } from '@/lib/queries/sites'
import type { SiteDto } from '@/lib/sites/input'
import { NameDialog } from './name-dialog'
import { RemoveDialog } from './remove-dialog'

/** Zones under older names are not in the browser's list, and still valid. */
const withCurrent = (zones: readonly string[], current: string): readonly string[] => (zones.includes(current) ? zones : [current, ...zones])

export function TimeZoneField({ value, onChange }: { value: string; onChange: (zone: string) => void }) {
  return (
    <Field label="Time zone" help="Windows for maintenance follow it.">
      {(id, describedBy) => (
        <SelectInput id={id} aria-describedby={describedBy} value={value} onChange={(event) => onChange(event.target.value)}>
          {withCurrent(timeZones(), value).map((zone) => (
            <option key={zone}>{zone}</option>
          ))}
        </SelectInput>
      )}
    </Field>
  )
}

export function CreateSiteDialog({ customer, onClose }: { customer: CustomerDto; onClose: () => void }) {
  const [key] = useState(() => crypto.randomUUID())
  const [timeZone, setTimeZone] = useState(ownTimeZone)
  const create = useMutation(siteMutations.create(key))
  const save = (name: string): void =>
    create.mutate(
      { name, customerId: customer.id, timeZone },
      {
        onSuccess: () => {
          toast.good(`${name} is there.`)
          onClose()
        },
      },
    )
  return (
    <NameDialog
      title={`Add a site of ${customer.name}`}
      label="Name"
      initial=""
      act="Add the site"
      busy={create.isPending}
      error={create.error}
      onClose={onClose}
      onSave={save}
    >
      <TimeZoneField value={timeZone} onChange={setTimeZone} />
    </NameDialog>
  )
}

export function EditSiteDialog({ site, onClose }: { site: SiteDto; onClose: () => void }) {
  const [timeZone, setTimeZone] = useState(site.timeZone)
  const edit = useMutation(siteMutations.edit())
  const save = (name: string): void => edit.mutate({ id: site.id, etag: site.etag, name, timeZone }, { onSuccess: onClose })
  return (
    <NameDialog
      title={`Edit ${site.name}`}
      label="Name"
      initial={site.name}
      act="Save the site"
      busy={edit.isPending}
      error={edit.error}
      onClose={onClose}
      onSave={save}
    >
      <TimeZoneField value={timeZone} onChange={setTimeZone} />
    </NameDialog>
  )
}

export function RemoveSiteDialog({ site, onClose }: { site: SiteDto; onClose: () => void }) {
  const remove = useMutation(siteMutations.remove())
  const run = (): void =>
    remove.mutate(
      { id: site.id, etag: site.etag },
      {
        onSuccess: () => {
          toast.good(`${site.name} is removed.`)
          onClose()
        },
      },
    )
  return (
    <RemoveDialog
      what="site"
      name={site.name}
      effect={`It is a site of ${site.customer.name}. Its name stays in the audit.`}
      busy={remove.isPending}
      error={remove.error}
      onClose={onClose}
      onRemove={run}
    />
  )
}
