'use client'
import { useQuery } from '@tanstack/react-query'
import { TimeZoneField } from '@/components/customers/site-dialogs'
import { Checkbox, Field, SelectInput } from '@/components/ui/field'
import { DIGESTS } from '@/lib/channels/words'
import { SEVERITIES } from '@/lib/notices/kinds'
import { SEVERITY_WORDS } from '@/lib/notices/words'
import { customerQueries } from '@/lib/queries/customers'
import { DIGEST_WORDS } from './channel-looks'
import type { Change, Draft, Wrong } from './draft'

const toggled = <T,>(list: readonly T[], item: T, on: boolean): T[] => (on ? [...list, item] : list.filter((one) => one !== item))

/** What a channel is told about, and when. */
export function ToldFields({ draft, change, wrong }: { draft: Draft; change: Change; wrong: Wrong }) {
  return (
    <>
      <fieldset aria-describedby={wrong['severities'] === undefined ? undefined : 'severities-wrong'} className="flex flex-col gap-1">
        <legend className="mb-1 text-xs font-medium text-text-2">Severities</legend>
        <div className="flex flex-wrap gap-x-5 gap-y-1">
          {SEVERITIES.map((severity) => (
            <Checkbox
              key={severity}
              label={SEVERITY_WORDS[severity]}
              checked={draft.severities.includes(severity)}
              onChange={(event) => change({ severities: toggled(draft.severities, severity, event.target.checked) })}
            />
          ))}
        </div>
        {wrong['severities'] !== undefined && (
          <p id="severities-wrong" className="text-xs text-bad">
            {wrong['severities']}
          </p>
        )}
      </fieldset>
      {draft.customerId === '' && <CustomerChoice draft={draft} change={change} wrong={wrong} />}
      <Field label="When" help={draft.digest === 'at-once' ? 'Each notice is a message of its own.' : 'One message tells of all there was.'}>
        {(id, describedBy) => (
          <SelectInput
            id={id}
            aria-describedby={describedBy}
            value={draft.digest}
            onChange={({ target: { value } }) => change({ digest: DIGESTS.find((digest) => digest === value) ?? 'at-once' })}
            className="max-w-60"
          >
            {DIGESTS.map((digest) => (
              <option key={digest} value={digest}>
                {DIGEST_WORDS[digest]}
              </option>
            ))}
          </SelectInput>
        )}
      </Field>
      {draft.digest === 'daily' && <TimeZoneField value={draft.timeZone} onChange={(timeZone) => change({ timeZone })} />}
    </>
  )
}

function CustomerChoice({ draft, change, wrong }: { draft: Draft; change: Change; wrong: Wrong }) {
  const customers = useQuery(customerQueries.list()).data?.items ?? []
  const some = draft.customerIds.length > 0
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1 text-xs font-medium text-text-2">About which customers</legend>
      <p className="text-xs text-text-3">{some ? `${draft.customerIds.length} chosen.` : 'All of them, as long as none is chosen.'}</p>
      <div className="flex max-h-48 flex-col gap-0.5 overflow-y-auto rounded-md border border-line px-3 py-2">
        {customers.map(({ id, name }) => (
          <Checkbox
            key={id}
            label={name}
            checked={draft.customerIds.includes(id)}
            onChange={(event) => change({ customerIds: toggled(draft.customerIds, id, event.target.checked) })}
          />
        ))}
        {customers.length === 0 && <p className="text-xs text-text-3">There is no customer yet.</p>}
      </div>
      {wrong['customerIds'] !== undefined && <p className="text-xs text-bad">{wrong['customerIds']}</p>}
    </fieldset>
  )
}
