'use client'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { reasonWithout, roleAt } from '@/components/firewalls/detail/permissions'
import { Button } from '@/components/ui/button'
import { Checkbox, Field, SelectInput, TextInput } from '@/components/ui/field'
import { ProblemNotice } from '@/components/ui/problem'
import { toast } from '@/components/ui/toast'
import { ownTimeZone, timeZones } from '@/lib/format/dates'
import { ApiError } from '@/lib/queries/client'
import { useMe } from '@/lib/queries/use-me'
import { windowMutations } from '@/lib/queries/windows'
import type { BlackoutDto, WindowDto } from '@/lib/windows/dto'
import { DaysField } from './days-field'
import { NextFive } from './next-five'
import { PlaceField } from './place-field'

const FIELDS = ['name', 'customerId', 'siteId', 'timeZone', 'weekdays', 'dates', 'earliestStart', 'latestStart', 'hardEnd'] as const
const TIMES = [['earliestStart', 'Earliest start'], ['latestStart', 'Latest start'], ['hardEnd', 'Hard end']] as const
type Draft = Pick<WindowDto, 'name' | 'timeZone' | 'weekdays' | 'dates' | 'earliestStart' | 'latestStart' | 'hardEnd' | 'enabled'> & { customerId: string | null; siteId: string | null }

const NEW = { name: '', weekdays: [2], dates: [], earliestStart: '02:00', latestStart: '03:30', hardEnd: '05:00', enabled: true }
const draftOf = (stored: WindowDto | null, customerId: string | null): Draft => (stored ? { ...stored, customerId: stored.customer.id, siteId: stored.site?.id ?? null } : { ...NEW, timeZone: ownTimeZone(), customerId, siteId: null })
const isTime = (text: string): boolean => /^\d\d:\d\d$/.test(text)

type WindowFormProps = { stored: WindowDto | null; customerId: string | null; blackouts: readonly BlackoutDto[]; onClose: () => void }

export function WindowForm({ stored, customerId, blackouts, onClose }: WindowFormProps) {
  const me = useMe()
  const [key] = useState(() => crypto.randomUUID())
  const [draft, setDraft] = useState(() => draftOf(stored, customerId))
  const create = useMutation(windowMutations.create(key))
  const edit = useMutation(windowMutations.edit())
  const remove = useMutation(windowMutations.remove())
  const error = create.error ?? edit.error ?? remove.error
  const issue = (field: (typeof FIELDS)[number]): string | undefined => (error instanceof ApiError ? error.issueOf(field) : undefined)
  const change = (part: Partial<Draft>): void => setDraft({ ...draft, ...part })
  const reason = me === undefined || draft.customerId === null ? null : reasonWithout(roleAt(me, draft.customerId), 'window:manage')
  const done = (): void => {
    toast.good(`${draft.name} is saved.`)
    onClose()
  }
  const save = (event: FormEvent): void => {
    event.preventDefault()
    if (reason !== null) return
    const { name, timeZone, weekdays, dates, earliestStart, latestStart, hardEnd, enabled } = draft
    const body = { name, timeZone, weekdays, dates, earliestStart, latestStart, hardEnd, enabled }
    if (stored) edit.mutate({ id: stored.id, etag: stored.etag, ...body }, { onSuccess: done })
    else create.mutate({ ...body, customerId: draft.customerId ?? '', siteId: draft.siteId }, { onSuccess: done })
  }
  const holding = blackouts.filter(({ customer, site }) => (customer === null || customer.id === draft.customerId) && (site === null || site.id === draft.siteId))
  const zones = timeZones()
  return (
    <form noValidate onSubmit={save} className="flex flex-col gap-4">
      <Field label="Name" error={issue('name')}>
        {(id, describedBy, invalid) => <TextInput id={id} aria-describedby={describedBy} invalid={invalid} maxLength={80} placeholder="Weekday nights" value={draft.name} onChange={(event) => change({ name: event.target.value })} />}
      </Field>
      {stored === null && <PlaceField value={draft} onChange={change} everywhere={null} error={issue('customerId') && 'Choose a customer that you manage.'} siteError={issue('siteId')} />}
      <DaysField weekdays={draft.weekdays} dates={draft.dates} error={issue('weekdays') ?? issue('dates')} onChange={change} />
      <div className="grid grid-cols-3 gap-3 max-md:grid-cols-1">
        {TIMES.map(([field, label]) => (
          <Field key={field} label={label} error={issue(field)}>
            {(id, describedBy, invalid) => <TextInput id={id} type="time" aria-describedby={describedBy} invalid={invalid} value={draft[field]} onChange={(event) => change({ [field]: event.target.value })} />}
          </Field>
        ))}
      </div>
      <Field label="Time zone" help="All times and days are those of this zone. Over a change of the clocks it still opens once." error={issue('timeZone')}>
        {(id, describedBy, invalid) => (
          <SelectInput id={id} aria-describedby={describedBy} invalid={invalid} value={draft.timeZone} onChange={(event) => change({ timeZone: event.target.value })}>
            {(zones.includes(draft.timeZone) ? zones : [draft.timeZone, ...zones]).map((zone) => (
              <option key={zone}>{zone}</option>
            ))}
          </SelectInput>
        )}
      </Field>
      <Checkbox label="Counts" help="Switched off, it is kept and a broader window counts in its place." checked={draft.enabled} onChange={(event) => change({ enabled: event.target.checked })} />
      {TIMES.every(([field]) => isTime(draft[field])) && <NextFive window={{ ...draft, id: stored?.id ?? 'new' }} blackouts={holding} />}
      {!FIELDS.some((field) => issue(field) !== undefined) && <ProblemNotice error={error} />}
      <div className="flex flex-wrap justify-end gap-2">
        {stored && (
          <Button variant="danger" className="mr-auto" busy={remove.isPending} disabledReason={reason} onClick={() => remove.mutate({ id: stored.id, etag: stored.etag }, { onSuccess: onClose })}>
            Remove the window
          </Button>
        )}
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" busy={create.isPending || edit.isPending} disabledReason={reason}>
          Save the window
        </Button>
      </div>
    </form>
  )
}
