'use client'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { Button } from '@/components/ui/button'
import { Field, TextInput } from '@/components/ui/field'
import { ProblemNotice } from '@/components/ui/problem'
import { toast } from '@/components/ui/toast'
import { useNow } from '@/components/ui/use-now'
import { formatDate } from '@/lib/format/dates'
import { formatCount } from '@/lib/format/numbers'
import { settingsMutations } from '@/lib/queries/settings'
import { editSettingsInput, type SettingsDto } from '@/lib/settings/input'
import { ConfirmDialog } from './confirm-dialog'
import { Part } from './part'
import { RadioChoice } from './radio-choice'

type Keep = 'always' | 'days'
const SUGGESTED_DAYS = 730
const DAY_MS = 86_400_000

/** How long audit entries are kept. Keeping fewer asks first: what is removed is gone. */
export function AuditRetention({ settings, firstEntry }: { settings: SettingsDto; firstEntry: number | null }) {
  const stored = settings.auditKeepDays
  const [keep, setKeep] = useState<Keep>(stored === null ? 'always' : 'days')
  const [text, setText] = useState(String(stored ?? SUGGESTED_DAYS))
  const [wrong, setWrong] = useState<string | null>(null)
  const [asked, setAsked] = useState<number | null>(null)
  const { mutate, isPending, error, reset } = useMutation(settingsMutations.edit())
  const wanted = keep === 'always' ? null : Number(text)
  const unchanged = wanted === stored
  const send = (days: number | null): void =>
    mutate({ etag: settings.etag, auditKeepDays: days }, { onSuccess: () => toast.good('Saved.'), onSettled: () => setAsked(null) })
  const save = (event: FormEvent): void => {
    event.preventDefault()
    const parsed = editSettingsInput.shape.auditKeepDays.safeParse(wanted)
    setWrong(parsed.success ? null : (parsed.error.issues[0]?.message ?? 'Not a number of days.'))
    if (!parsed.success || unchanged || isPending) return
    reset()
    if (wanted !== null && (stored === null || wanted < stored)) setAsked(wanted)
    else send(wanted)
  }
  return (
    <Part
      id="retention"
      title="How long entries are kept"
      about={`Now: ${stored === null ? 'for ever' : `${formatCount(stored)} days`}.${firstEntry !== null && firstEntry > 1 ? ` Entries before ${formatCount(firstEntry)} were removed.` : ''} A shortened chain can still be verified from its first kept entry on.`}
    >
      <form noValidate onSubmit={save} className="flex flex-col gap-3">
        <RadioChoice
          legend="How long entries are kept"
          value={keep}
          choices={[
            { value: 'always', label: 'For ever', help: 'Nothing is ever removed.' },
            {
              value: 'days',
              label: 'For a number of days',
              help: 'Older entries are removed once a day, up to a signed checkpoint. The removal is an entry itself.',
            },
          ]}
          onChange={(value) => {
            setKeep(value)
            setWrong(null)
            reset()
          }}
        />
        {keep === 'days' && (
          <Field label="Days" error={wrong} help={<Limit days={wanted} />} className="max-w-60">
            {(id, describedBy, invalid) => (
              <TextInput
                id={id}
                aria-describedby={describedBy}
                invalid={invalid}
                inputMode="numeric"
                autoComplete="off"
                value={text}
                onChange={(event) => {
                  setText(event.target.value)
                  setWrong(null)
                }}
              />
            )}
          </Field>
        )}
        <ProblemNotice error={error} className="max-w-2xl" />
        <div>
          <Button
            type="submit"
            variant="primary"
            busy={isPending}
            disabledReason={unchanged ? 'This is how long they are kept now.' : null}
            reasonShown="beside"
          >
            Save how long
          </Button>
        </div>
      </form>
      {asked !== null && (
        <ConfirmDialog
          title={`Keep audit entries for ${formatCount(asked)} days only?`}
          effect="Older entries are removed within a day, for good. Export them first if someone may ask for them."
          safe="Keep them"
          act={`Keep ${formatCount(asked)} days`}
          danger
          busy={isPending}
          error={null}
          onClose={() => setAsked(null)}
          onAct={() => send(asked)}
        />
      )}
    </Part>
  )
}

function Limit({ days }: { days: number | null }) {
  const nowMs = useNow()
  if (nowMs === null || days === null || !Number.isInteger(days) || days < 1 || days > 36_500) return 'Whole days, at least 30.'
  return `Entries before ${formatDate(new Date(nowMs - days * DAY_MS).toISOString())} would go.`
}
