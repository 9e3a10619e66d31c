'use client'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent, type KeyboardEvent } from 'react'
import { Button } from '@/components/ui/button'
import { Field, SelectInput, TextInput } from '@/components/ui/field'
import { Kbd } from '@/components/ui/kbd'
import { ProblemNotice } from '@/components/ui/problem'
import { singleKeysOn } from '@/components/ui/single-keys'
import { toast } from '@/components/ui/toast'
import { formatDateTime } from '@/lib/format/dates'
import { ApiError } from '@/lib/queries/client'
import { silenceMutations, type NewSilence } from '@/lib/queries/silences'
import { DURATIONS, endOf, fromLocalField, isDurationKey, toLocalField, type DurationKey } from './durations'

/** What can be silenced from here; the narrowest first. */
export type SilenceChoice = { label: string; place: Pick<NewSilence, 'customerId' | 'siteId' | 'firewallId' | 'kind'> }
type SilenceFormProps = { choices: readonly [SilenceChoice, ...SilenceChoice[]]; /** Why, until somebody writes better. */ reason: string; onClose: () => void; onDone: () => void }

/** Where, why and until when. One key chooses a usual end and sends it. */
export function SilenceForm({ choices, reason, onClose, onDone }: SilenceFormProps) {
  const [key] = useState(() => crypto.randomUUID())
  const [chosen, setChosen] = useState(0)
  const [note, setNote] = useState(reason)
  const [until, setUntil] = useState<string | null>(null)
  const [wrong, setWrong] = useState<string | null>(null)
  const { mutate, isPending, error } = useMutation(silenceMutations.create(key))
  const issue = (field: string): string | undefined => (error instanceof ApiError ? error.issueOf(field) : undefined)
  const known = [issue('endsAt'), issue('note')].some((text) => text !== undefined)

  const send = (endsAt: Date): void => {
    if (isPending) return
    const { place } = choices[chosen] ?? choices[0]
    mutate(
      { ...place, endsAt: endsAt.toISOString(), note },
      {
        onSuccess: (made) => {
          toast.good(`Silent until ${formatDateTime(made.endsAt)}.`)
          onDone()
        },
      },
    )
  }
  const sendUsual = (duration: DurationKey): void => send(endOf(duration, new Date()))
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    const end = fromLocalField(until ?? '')
    setWrong(end === null ? 'Choose a day and a time.' : null)
    if (end !== null) send(end)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!singleKeysOn() || event.ctrlKey || event.metaKey || event.altKey || !isDurationKey(event.key)) return
    if (event.target instanceof Element && event.target.closest('input,select,textarea')) return
    event.preventDefault()
    sendUsual(event.key)
  }
  return (
    <form noValidate onSubmit={submit} onKeyDown={onKeyDown} className="flex flex-col gap-4">
      <Field label="What is silent">
        {(id) => (
          <SelectInput id={id} value={chosen} onChange={(event) => setChosen(Number(event.target.value))}>
            {choices.map(({ label }, at) => (
              <option key={label} value={at}>
                {label}
              </option>
            ))}
          </SelectInput>
        )}
      </Field>
      <Field label="Why" help="Shown beside the silence and in the audit." error={issue('note')}>
        {(id, describedBy, invalid) => <TextInput id={id} aria-describedby={describedBy} invalid={invalid} maxLength={500} value={note} onChange={(event) => setNote(event.target.value)} />}
      </Field>
      {until !== null && (
        <Field label="Until, in your time" help="At most 30 days." error={wrong ?? issue('endsAt')}>
          {(id, describedBy, invalid) => <TextInput id={id} type="datetime-local" aria-describedby={describedBy} invalid={invalid} value={until} onChange={(event) => setUntil(event.target.value)} className="w-60" />}
        </Field>
      )}
      {!known && <ProblemNotice error={error} />}
      {until === null ? (
        <div className="flex flex-wrap items-center justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button onClick={() => setUntil(toLocalField(endOf('t', new Date())))}>Another end</Button>
          {DURATIONS.map(({ key: duration, word }, at) => (
            <Button key={duration} variant={at === 0 ? 'primary' : 'secondary'} autoFocus={at === 0} busy={isPending} onClick={() => sendUsual(duration)}>
              {word} {at > 0 && <Kbd>{duration}</Kbd>}
            </Button>
          ))}
        </div>
      ) : (
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" busy={isPending}>
            Silence until then
          </Button>
        </div>
      )}
    </form>
  )
}
