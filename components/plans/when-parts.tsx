import { DaysField } from '@/components/windows/days-field'
import { Checkbox, Field, SelectInput, TextInput } from '@/components/ui/field'
import { ownTimeZone, timeZones } from '@/lib/format/dates'
import type { PlanWindow } from '@/lib/plans/words'
import { NumberField } from './number-field'
import { DesignPart, Note } from './part'
import type { PartProps } from './part-props'

const TIMES = [['earliestStart', 'Earliest start'], ['latestStart', 'Latest start'], ['hardEnd', 'Hard end']] as const
const newWindow = (): PlanWindow => ({ timeZone: ownTimeZone(), weekdays: [2], dates: [], earliestStart: '02:00', latestStart: '03:30', hardEnd: '05:00' })

/** In which windows, from when on. */
export function WhenPart({ draft: { design }, change, errorOf }: PartProps) {
  const set = (part: Partial<typeof design>): void => change({ design: { ...design, ...part } })
  return (
    <DesignPart number={4} title="When">
      <div className="grid grid-cols-2 gap-3 max-md:grid-cols-1">
        <Field label="Windows">
          {(id) => (
            <SelectInput id={id} value={design.windows.by} onChange={(event) => set({ windows: event.target.value === 'plan' ? { by: 'plan', window: newWindow() } : { by: 'own' } })}>
              <option value="own">Each site’s own</option>
              <option value="plan">One for all of them</option>
            </SelectInput>
          )}
        </Field>
        <Field label="First day" error={errorOf('design.firstDay')}>
          {(id, describedBy, invalid) => <TextInput id={id} type="date" aria-describedby={describedBy} invalid={invalid} value={design.firstDay ?? ''} onChange={(event) => set({ firstDay: event.target.value === '' ? null : event.target.value })} />}
        </Field>
        <NumberField label="Latest start" unit="min before the end" bound="latestStartMarginMinutes" value={design.latestStartMarginMinutes} error={errorOf('design.latestStartMarginMinutes')} onChange={(latestStartMarginMinutes) => set({ latestStartMarginMinutes })} />
        <NumberField label="Random start, up to" unit="min" bound="randomStartMinutes" value={design.randomStartMinutes} error={errorOf('design.randomStartMinutes')} onChange={(randomStartMinutes) => set({ randomStartMinutes })} />
      </div>
      {design.windows.by === 'plan' ? (
        <WindowFields window={design.windows.window} errorOf={errorOf} onChange={(window) => set({ windows: { by: 'plan', window } })} />
      ) : (
        <Note>The narrowest window of each firewall counts, in the time zone of its site. Without a first day it begins with the approval.</Note>
      )}
    </DesignPart>
  )
}

type WindowFieldsProps = { window: PlanWindow; errorOf: PartProps['errorOf']; onChange: (window: PlanWindow) => void }

function WindowFields({ window, errorOf, onChange }: WindowFieldsProps) {
  const zones = timeZones()
  const issue = (field: keyof PlanWindow): string | undefined => errorOf(`design.windows.window.${field}`)
  return (
    <div className="flex flex-col gap-3 rounded-md bg-sunken p-3">
      <DaysField weekdays={window.weekdays} dates={window.dates} error={issue('weekdays') ?? issue('dates')} onChange={(days) => onChange({ ...window, ...days })} />
      <div className="grid grid-cols-3 gap-3 max-md:grid-cols-1">
        {TIMES.map(([field, label]) => (
          <Field key={field} label={label} error={issue(field)}>
            {(id, describedBy, invalid) => <TextInput id={id} type="time" aria-describedby={describedBy} invalid={invalid} value={window[field]} onChange={(event) => onChange({ ...window, [field]: event.target.value })} />}
          </Field>
        ))}
      </div>
      <Field label="Time zone" help="Blackouts hold in this window as well." error={issue('timeZone')}>
        {(id, describedBy, invalid) => (
          <SelectInput id={id} aria-describedby={describedBy} invalid={invalid} value={window.timeZone} onChange={(event) => onChange({ ...window, timeZone: event.target.value })}>
            {(zones.includes(window.timeZone) ? zones : [window.timeZone, ...zones]).map((zone) => (
              <option key={zone}>{zone}</option>
            ))}
          </SelectInput>
        )}
      </Field>
    </div>
  )
}

const LIMITS = [['perSite', 'Per site'], ['perCustomer', 'Per customer'], ['fleet', 'Fleet']] as const

/** How many at the same time, and what has to lie between the two of a pair. */
export function LimitsPart({ draft: { design }, change, errorOf }: PartProps) {
  const { concurrency } = design
  return (
    <DesignPart number={5} title="At most at once">
      <div className="grid grid-cols-3 gap-3">
        {LIMITS.map(([field, label]) => (
          <NumberField key={field} label={label} bound={field} value={concurrency[field]} error={errorOf(`design.concurrency.${field}`)} onChange={(value) => change({ design: { ...design, concurrency: { ...concurrency, [field]: value } } })} />
        ))}
      </div>
      <NumberField label="Between the two of an HA pair" unit="min after the first is verified" help="Backup member first. Never both at once, in other plans neither." bound="haGapMinutes" value={design.haGapMinutes} error={errorOf('design.haGapMinutes')} onChange={(haGapMinutes) => change({ design: { ...design, haGapMinutes } })} />
    </DesignPart>
  )
}

/** Who has to agree. */
export function ApprovalPart({ draft, change, supersedes }: PartProps) {
  return (
    <DesignPart number={6} title="Approval">
      <Checkbox label="Two people: who changed the plan last does not approve it" checked={draft.fourEyes} onChange={(event) => change({ fourEyes: event.target.checked })} />
      <Note>Each customer in it is approved by an admin of that customer. Approved is exactly what is shown; what changes until then is held.</Note>
      {supersedes !== null && <Note>When it is approved, the plan “{supersedes.name}” ends: what that one has not begun is cancelled.</Note>}
    </DesignPart>
  )
}
