'use client'
import { useQuery } from '@tanstack/react-query'
import { useState, type FormEvent, type ReactNode } from 'react'
import { ChangedMeanwhile } from '@/components/settings/changed-meanwhile'
import { keepDraft, keptOf } from '@/components/settings/kept-draft'
import { Part } from '@/components/settings/part'
import { RadioChoice } from '@/components/settings/radio-choice'
import { Button } from '@/components/ui/button'
import { Field, SelectInput } from '@/components/ui/field'
import { TextField } from '@/components/ui/text-field'
import { ProblemNotice } from '@/components/ui/problem'
import type { MeDto } from '@/lib/auth/input'
import type { ChannelDto } from '@/lib/channels/input'
import { CHANNEL_KINDS, type ChannelKind } from '@/lib/channels/words'
import { ApiError } from '@/lib/queries/client'
import { customerQueries } from '@/lib/queries/customers'
import type { Change, Draft, Wrong } from './draft'
import { managesEverywhere, ReachFields } from './reach-fields'
import { TargetFields } from './target-fields'
import { ToldFields } from './told-fields'

type FormProps = {
  me: MeDto
  /** null while a new one is made. */
  channel: ChannelDto | null
  start: Draft
  busy: boolean
  error: unknown
  /** Checks what was entered; what is wrong, by field. */
  check: (draft: Draft) => Wrong
  onSave: (draft: Draft) => void
  onTouch: () => void
  submit: string
  beside?: ReactNode
}

/** Issues of the server by field, as the form's own. */
const refusedOf = (error: unknown): Wrong => (error instanceof ApiError ? Object.fromEntries(error.issues.map(({ field, message }) => [field, message])) : {})

/** All of a channel: where it sends, what it is told, how far it may reach. */
export function ChannelForm({ me, channel, start, busy, error, check, onSave, onTouch, submit, beside }: FormProps) {
  const [before, setKept] = useState(() => keptOf(start))
  // Only what is stored can be changed by somebody else; while it is saved, what comes back is one's own.
  const kept = channel === null || busy ? before : keepDraft(before, start)
  if (kept !== before) setKept(kept)
  const { draft } = kept
  const [found, setFound] = useState<Wrong>({})
  const wrong = { ...refusedOf(error), ...found }
  const change: Change = (part) => {
    setKept((now) => ({ ...now, draft: { ...now.draft, ...part } }))
    setFound({})
    onTouch()
  }
  const save = (event: FormEvent): void => {
    event.preventDefault()
    if (busy) return
    const problems = check(draft)
    setFound(problems)
    if (Object.keys(problems).length === 0) onSave(draft)
  }
  return (
    <form noValidate onSubmit={save} className="divide-y divide-line">
      {kept.changedMeanwhile && (
        <div className="px-5 py-4 max-md:px-4">
          <ChangedMeanwhile what="this channel" onDiscard={() => setKept(keptOf(start))} />
        </div>
      )}
      <Part id="what" title="What it is">
        <div className="flex max-w-2xl flex-col gap-4">
          <TextField
            label="Name"
            help="As it stands in lists and in the audit."
            error={wrong['name']}
            autoComplete="off"
            value={draft.name}
            onChange={(text) => change({ name: text })}
          />
          {channel === null && <WhoseField me={me} draft={draft} change={change} wrong={wrong} />}
          {channel === null && <RadioChoice<ChannelKind> legend="Kind" value={draft.kind} choices={KINDS} onChange={(kind) => change({ kind, url: '' })} />}
        </div>
      </Part>
      <Part id="where" title="Where it sends" about={channel ? 'Another server or address takes no secret along: enter it again.' : undefined}>
        <div className="flex max-w-2xl flex-col gap-4">
          <TargetFields draft={draft} change={change} wrong={wrong} channel={channel} />
          <ReachFields me={me} draft={draft} change={change} wrong={wrong} />
        </div>
      </Part>
      <Part id="told" title="What it is told">
        <div className="flex max-w-2xl flex-col gap-4">
          <ToldFields draft={draft} change={change} wrong={wrong} />
        </div>
      </Part>
      <div className="flex flex-col gap-3 px-5 py-5 max-md:px-4">
        {Object.keys(found).length > 0 && (
          <p role="alert" className="text-sm text-bad">
            Some fields above are not right yet.
          </p>
        )}
        <ProblemNotice error={error} className="max-w-2xl" />
        <div className="flex flex-wrap gap-2">
          <Button type="submit" variant="primary" busy={busy}>
            {submit}
          </Button>
          {beside}
        </div>
      </div>
    </form>
  )
}

const isKind = (text: string): text is ChannelKind => Object.hasOwn(CHANNEL_KINDS, text)
const KINDS = Object.keys(CHANNEL_KINDS)
  .filter(isKind)
  .map((value) => ({ value, label: CHANNEL_KINDS[value].word, help: CHANNEL_KINDS[value].about }))

/** Whose channel it is: the installation's, or one customer's, whose admins manage it too. */
function WhoseField({ me, draft, change, wrong }: { me: MeDto; draft: Draft; change: Change; wrong: Wrong }) {
  const customers = useQuery(customerQueries.list()).data?.items ?? []
  return (
    <Field
      label="Whose"
      help={draft.customerId === '' ? 'Only who manages all customers sees it.' : 'Admins of this customer see and change it too.'}
      error={wrong['customerId']}
    >
      {(id, describedBy, invalid) => (
        <SelectInput
          id={id}
          aria-describedby={describedBy}
          invalid={invalid}
          value={draft.customerId}
          onChange={(event) => change({ customerId: event.target.value, customerIds: [] })}
        >
          {managesEverywhere(me) ? <option value="">The installation</option> : draft.customerId === '' && <option value="">Choose a customer</option>}
          {customers.map(({ id: customerId, name }) => (
            <option key={customerId} value={customerId}>
              {name}
            </option>
          ))}
        </SelectInput>
      )}
    </Field>
  )
}
