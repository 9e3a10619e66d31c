import { FilterBar } from '@/components/filter/filter-bar'
import { Checkbox } from '@/components/ui/field'
import { TextField } from '@/components/ui/text-field'
import { cn } from '@/lib/core/cn'
import { plural } from '@/lib/format/numbers'
import type { PlanPreview } from '@/lib/plans/dto'
import type { PlanKind } from '@/lib/plans/words'
import { DesignPart, Note } from './part'
import type { PartProps } from './part-props'
import { KIND_WORDS } from './plan-looks'

/** How it is called, and which firewalls belong to it. */
export function WhichPart({ draft, change, errorOf, faults, preview }: PartProps) {
  const wrong = errorOf('query')
  return (
    <DesignPart number={1} title="Which firewalls">
      <TextField label="Name of the plan" placeholder="December, hotels and clinics" maxLength={80} value={draft.name} error={errorOf('name')} onChange={(name) => change({ name })} />
      <FilterBar list="firewalls" conditions={draft.conditions} onChange={(conditions) => change({ conditions })} faults={faults} />
      {wrong === undefined ? <Note>{matchedWords(preview, draft.conditions.length === 0)}</Note> : <Note tone="bad">{wrong}</Note>}
    </DesignPart>
  )
}

function matchedWords(preview: PlanPreview | null, all: boolean): string {
  if (preview === null) return 'The list is frozen when the plan is approved.'
  const match = `${plural(preview.matched, 'firewall')} ${preview.matched === 1 ? 'matches' : 'match'} now`
  return `${match}${all ? ', because nothing narrows them down' : ''}. The list is frozen when the plan is approved.`
}

const KIND_HELP = {
  minor: 'What is newest when it starts is installed, as firewalls let nobody choose. If that differs from what you approve, the firewall is held.',
  major: 'To the next series, where the family has one of its own. If what is offered differs from what you approve, the firewall is held.',
  reboot: 'Nothing is installed. Firewalls restart, and are verified afterwards.',
} as const satisfies Record<PlanKind, string>

/** What is done to them. */
export function WhatPart({ draft, change, errorOf }: PartProps) {
  const wrong = errorOf('kind') ?? errorOf('holdIfReboot')
  return (
    <DesignPart number={2} title="What">
      <fieldset className="flex w-fit max-w-full rounded-md border border-control">
        <legend className="sr-only">What is installed</legend>
        {(['minor', 'major', 'reboot'] as const).map((kind) => (
          <label
            key={kind}
            className={cn(
              'flex h-[30px] items-center border-r border-control px-3 first:rounded-l-md last:rounded-r-md last:border-r-0 has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-act max-md:h-11',
              draft.kind === kind ? 'bg-act-soft font-medium text-act' : 'text-text hover:bg-hover',
            )}
          >
            <input type="radio" name="kind" value={kind} checked={draft.kind === kind} onChange={() => change({ kind })} className="sr-only" />
            {KIND_WORDS[kind]}
          </label>
        ))}
      </fieldset>
      {draft.kind === 'minor' && <Checkbox label="Hold a firewall if it would need a reboot" checked={draft.holdIfReboot} onChange={(event) => change({ holdIfReboot: event.target.checked })} />}
      {wrong === undefined ? <Note>{KIND_HELP[draft.kind]}</Note> : <Note tone="bad">{wrong}</Note>}
    </DesignPart>
  )
}
