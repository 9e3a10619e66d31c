'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { Button } from '@/components/ui/button'
import { Checkbox, Field, SelectInput, TextInput } from '@/components/ui/field'
import { ProblemNotice } from '@/components/ui/problem'
import { toast } from '@/components/ui/toast'
import { timeZones } from '@/lib/format/dates'
import { ApiError } from '@/lib/queries/client'
import { useMe } from '@/lib/queries/use-me'
import { windowMutations, windowQueries } from '@/lib/queries/windows'
import type { WindowDto } from '@/lib/windows/dto'
import { DaysField } from './days-field'
import { NextFive } from './next-five'
import { PlaceField } from './place-field'
import { RemoveAct } from './remove-act'
import { useWindowDraft } from './use-window-draft'
import { WindowConflict } from './window-conflict'
import { holdingFor } from './window-draft'
import { reasonNotToManage } from './window-words'

const FIELDS = ['name', 'customerId', 'siteId', 'timeZone', 'weekdays', 'dates', 'earliestStart', 'latestStart', 'hardEnd'] as const
const TIMES = [['earliestStart', 'Earliest start'], ['latestStart', 'Latest start'], ['hardEnd', 'Hard end']] as const

const isTime = (text: string): boolean => /^\d\d:\d\d$/.test(text)

type WindowFormProps = { stored: WindowDto | null; customerId: string | null; onClose: () => void }

export function WindowForm({ stored, customerId, onClose }: WindowFormProps) {
  const me = useMe()
  const [key] = useState(() => crypto.randomUUID())
  const { draft, change, etag, conflict, takeTheirs, keepMine } = useWindowDraft(stored, customerId)
  const blackouts = useQuery(windowQueries.blackouts(draft.customerId))
  const create = useMutation(windowMutations.create(key))
  const edit = useMutation(windowMutations.edit())
  const remove = useMutation(windowMutations.remove())
  const error = create.error ?? edit.error
  const issue = (field: (typeof FIELDS)[number]): string | undefined => (error instanceof ApiError ? error.issueOf(field) : undefined)
  const reason = draft.customerId === null ? null : reasonNotToManage(me, draft.customerId)
  const undecided = conflict !== null && !edit.isPending
  const decide = (how: () => void) => (): void => {
    edit.reset()
    how()
  }
  const done = (): void => {
    toast.good(`${draft.name} is saved.`)
    onClose()
  }
  const removed = (): void => {
    toast.good(`${stored?.name ?? draft.name} is removed.`)
    onClose()
  }
  const save = (event: FormEvent): void => {
    event.preventDefault()
    if (reason !== null || undecided) return
    const { name, timeZone, weekdays, dates, earliestStart, latestStart, hardEnd, enabled } = draft
    const body = { name, timeZone, weekdays, dates, earliestStart, latestStart, hardEnd, enabled }
    if (stored) edit.mutate({ id: stored.id, etag, ...body }, { onSuccess: done })
    else create.mutate({ ...body, customerId: draft.customerId ?? '', siteId: draft.siteId }, { onSuccess: done })
  }
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
      {TIMES.every(([field]) => isTime(draft[field])) && <NextFive window={{ ...draft, id: stored?.id ?? 'new' }} blackouts={blackouts.isSuccess ? holdingFor(draft, blackouts.data) : null} retry={blackouts.isError ? () => void blackouts.refetch() : null} />}
      {undecided && <WindowConflict stored={conflict} onTake={decide(takeTheirs)} onKeep={decide(keepMine)} />}
      {!undecided && !FIELDS.some((field) => issue(field) !== undefined) && <ProblemNotice error={error} />}
      <div className="flex flex-wrap justify-end gap-2">
        {stored && <RemoveAct what="window" name={stored.name} reason={reason} busy={remove.isPending} error={remove.error} onRemove={() => remove.mutate({ id: stored.id, etag: stored.etag }, { onSuccess: removed })} />}
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" busy={create.isPending || edit.isPending} disabledReason={reason ?? (undecided ? 'Choose first: theirs or yours.' : null)}>
          Save the window
        </Button>
      </div>
    </form>
  )
}
