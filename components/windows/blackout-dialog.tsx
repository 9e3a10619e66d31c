'use client'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field, TextInput } from '@/components/ui/field'
import { ProblemNotice } from '@/components/ui/problem'
import { toast } from '@/components/ui/toast'
import { ApiError } from '@/lib/queries/client'
import { useMe } from '@/lib/queries/use-me'
import { blackoutMutations } from '@/lib/queries/windows'
import type { BlackoutDto } from '@/lib/windows/dto'
import { PlaceField } from './place-field'
import { RemoveAct } from './remove-act'
import { reasonNotToManage } from './window-words'

const FIELDS = ['name', 'customerId', 'siteId', 'firstDay', 'lastDay'] as const
type Draft = { name: string; firstDay: string; lastDay: string; customerId: string | null; siteId: string | null }

/** Days on which nothing starts: new, or one that is there. */
export function BlackoutDialog({ blackout, customerId, onClose }: { blackout: BlackoutDto | null; customerId: string | null; onClose: () => void }) {
  const me = useMe()
  const [key] = useState(() => crypto.randomUUID())
  const [draft, setDraft] = useState<Draft>({ name: blackout?.name ?? '', firstDay: blackout?.firstDay ?? '', lastDay: blackout?.lastDay ?? '', customerId: blackout ? (blackout.customer?.id ?? null) : customerId, siteId: blackout?.site?.id ?? null })
  const create = useMutation(blackoutMutations.create(key))
  const edit = useMutation(blackoutMutations.edit())
  const remove = useMutation(blackoutMutations.remove())
  const error = create.error ?? edit.error
  const issue = (field: (typeof FIELDS)[number]): string | undefined => (error instanceof ApiError ? error.issueOf(field) : undefined)
  const change = (part: Partial<Draft>): void => setDraft({ ...draft, ...part })
  const reason = reasonNotToManage(me, draft.customerId)
  const done = (): void => {
    toast.good(`${draft.name} is saved.`)
    onClose()
  }
  const removed = (): void => {
    toast.good(`${blackout?.name ?? draft.name} is removed.`)
    onClose()
  }
  const save = (event: FormEvent): void => {
    event.preventDefault()
    if (reason !== null) return
    const { name, firstDay, lastDay } = draft
    if (blackout) edit.mutate({ id: blackout.id, etag: blackout.etag, name, firstDay, lastDay }, { onSuccess: done })
    else create.mutate(draft, { onSuccess: done })
  }
  const place = blackout && (blackout.site?.name ?? blackout.customer?.name ?? 'all customers')
  return (
    <Dialog open onOpenChange={(stays) => !stays && onClose()} title={blackout ? `Blackout of ${place}` : 'New blackout'} description="Nothing starts on these days, in the time zone of each window. What is under way at midnight is finished.">
      <form noValidate onSubmit={save} className="flex flex-col gap-4">
        <Field label="Name" error={issue('name')}>
          {(id, describedBy, invalid) => <TextInput id={id} aria-describedby={describedBy} invalid={invalid} autoFocus maxLength={80} placeholder="Christmas trade" value={draft.name} onChange={(event) => change({ name: event.target.value })} />}
        </Field>
        {!blackout && <PlaceField value={draft} onChange={change} everywhere="All customers" error={issue('customerId')} siteError={issue('siteId')} />}
        <div className="grid grid-cols-2 gap-3">
          {(['firstDay', 'lastDay'] as const).map((field) => (
            <Field key={field} label={field === 'firstDay' ? 'First day' : 'Last day'} error={issue(field)}>
              {(id, describedBy, invalid) => <TextInput id={id} type="date" aria-describedby={describedBy} invalid={invalid} value={draft[field]} onChange={(event) => change({ [field]: event.target.value })} />}
            </Field>
          ))}
        </div>
        {!FIELDS.some((field) => issue(field) !== undefined) && <ProblemNotice error={error} />}
        <div className="flex flex-wrap justify-end gap-2">
          {blackout && <RemoveAct what="blackout" name={blackout.name} reason={reason} busy={remove.isPending} error={remove.error} onRemove={() => remove.mutate({ id: blackout.id, etag: blackout.etag }, { onSuccess: removed })} />}
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" busy={create.isPending || edit.isPending} disabledReason={reason}>
            Save the blackout
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
