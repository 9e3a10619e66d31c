'use client'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { Button } from '@/components/ui/button'
import { Checkbox, Field, SelectInput, TextInput } from '@/components/ui/field'
import { ProblemNotice } from '@/components/ui/problem'
import { toast } from '@/components/ui/toast'
import { formatDuration } from '@/lib/format/duration'
import { intervalsInput, TIERS, TIER_RULES, type Tier } from '@/lib/polling/intervals'
import { visitMutations, type IntervalsOf } from '@/lib/queries/visits'
import type { IntervalsDto } from '@/lib/visits/input'
import { choicesWith, draftOf, intervalsFrom, type IntervalsDraft } from './intervals-draft'

type IntervalsFormProps = {
  of: IntervalsOf
  stored: IntervalsDto
  /** Whose intervals hold where nothing is chosen: `as by default`, `as the customer`. */
  otherwise: string
  /** Why nothing can be changed; null when it can. */
  reason: string | null
  onSaved?: () => void
}

/** How often which readings are made, and when updates are looked for. What is not decided here is inherited. */
export function IntervalsForm({ of, stored, otherwise, reason, onSaved }: IntervalsFormProps) {
  const [draft, setDraft] = useState(() => draftOf(stored.own, stored.inherited))
  const [wrong, setWrong] = useState<string | null>(null)
  const { mutate, isPending, error, reset } = useMutation({
    ...visitMutations.editIntervals(of),
    // Not where it is called: what is saved fills the form anew, and nobody is told then.
    onSuccess: () => {
      toast.good('Saved. The visits follow at once.')
      onSaved?.()
    },
  })
  const change = (part: Partial<IntervalsDraft>): void => {
    setDraft((now) => ({ ...now, ...part }))
    setWrong(null)
    reset()
  }
  const save = (event: FormEvent): void => {
    event.preventDefault()
    if (isPending || reason !== null) return
    const parsed = intervalsInput.safeParse(intervalsFrom(draft))
    setWrong(parsed.success ? null : (parsed.error.issues[0]?.message ?? 'Not a time of day.'))
    if (!parsed.success) return
    mutate({ etag: stored.etag, intervals: parsed.data })
  }
  const { quietHours, dailyCheck } = stored.inherited
  return (
    <form noValidate onSubmit={save} className="flex max-w-2xl flex-col gap-4">
      <div className="grid grid-cols-2 gap-x-6 gap-y-4 max-md:grid-cols-1">
        {TIERS.map((tier) => (
          <TierField key={tier} tier={tier} value={draft[tier]} inherited={`${otherwise}: ${formatDuration(stored.inherited[tier])}`} disabled={reason !== null} onChange={(value) => change({ [tier]: value })} />
        ))}
        <Field label="Look for updates once a day" help="In the quiet hours, where that is possible without a person.">
          {(id, describedBy) => (
            <SelectInput id={id} aria-describedby={describedBy} disabled={reason !== null} value={draft.dailyCheck} onChange={({ target }) => change({ dailyCheck: target.value === 'yes' ? 'yes' : target.value === 'no' ? 'no' : '' })}>
              <option value="">{`${otherwise}: ${dailyCheck ? 'yes' : 'no'}`}</option>
              <option value="yes">yes</option>
              <option value="no">no</option>
            </SelectInput>
          )}
        </Field>
      </div>
      <Checkbox
        label="Quiet hours of its own"
        help={`${otherwise.charAt(0).toUpperCase()}${otherwise.slice(1)}: ${quietHours.from} to ${quietHours.to}, in the time zone of the site.`}
        disabled={reason !== null}
        checked={draft.hasQuietHours}
        onChange={({ target }) => change({ hasQuietHours: target.checked })}
      />
      {draft.hasQuietHours && (
        <div className="flex flex-wrap gap-4">
          <TimeField label="From" value={draft.from} error={wrong} onChange={(from) => change({ from })} />
          <TimeField label="To" value={draft.to} error={null} onChange={(to) => change({ to })} />
        </div>
      )}
      {wrong !== null && !draft.hasQuietHours && <p className="text-xs text-bad">{wrong}</p>}
      <ProblemNotice error={error} />
      <div>
        <Button type="submit" variant="primary" busy={isPending} disabledReason={reason}>
          Save visits
        </Button>
      </div>
    </form>
  )
}

function TierField({ tier, value, inherited, disabled, onChange }: { tier: Tier; value: string; inherited: string; disabled: boolean; onChange: (value: string) => void }) {
  return (
    <Field label={TIER_RULES[tier].label}>
      {(id) => (
        <SelectInput id={id} disabled={disabled} value={value} onChange={({ target }) => onChange(target.value)}>
          <option value="">{inherited}</option>
          {choicesWith(value).map((seconds) => (
            <option key={seconds} value={seconds}>
              every {formatDuration(seconds)}
            </option>
          ))}
        </SelectInput>
      )}
    </Field>
  )
}

function TimeField({ label, value, error, onChange }: { label: string; value: string; error: string | null; onChange: (value: string) => void }) {
  return (
    <Field label={label} error={error} className="w-36">
      {(id, describedBy, invalid) => <TextInput id={id} type="time" aria-describedby={describedBy} invalid={invalid} value={value} onChange={({ target }) => onChange(target.value)} />}
    </Field>
  )
}
