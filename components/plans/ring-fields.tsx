import { ArrowDown, ArrowUp, Trash2 } from 'lucide-react'
import { FilterBar } from '@/components/filter/filter-bar'
import { Button } from '@/components/ui/button'
import { Checkbox, Field, SelectInput } from '@/components/ui/field'
import { TextField } from '@/components/ui/text-field'
import type { RingGate, RingWho } from '@/lib/plans/words'
import { HandField } from './hand-field'
import { NumberField } from './number-field'
import { Note } from './part'
import type { RingRowProps } from './part-props'
import { conditionsOf, queryOf } from './plan-draft'
import { newWho } from './ring-words'

const WHO_CHOICES: readonly { by: RingWho['by']; label: string }[] = [
  { by: 'query', label: 'All that match' },
  { by: 'spread', label: 'A share, spread over sites' },
  { by: 'hand', label: 'Chosen by hand' },
  { by: 'rest', label: 'The rest' },
]

/** The fields of one ring. */
export function RingFields({ ring, at, last, only, query, fixed, errorOf, onChange, onMove, onRemove }: RingRowProps) {
  const { who, gate } = ring
  const issue = (field: string): string | undefined => errorOf(`design.rings.${at}.${field}`)
  const setGate = (part: Partial<RingGate>): void => onChange({ ...ring, gate: { ...gate, ...part } })
  const setBy = (text: string): void => {
    const by = WHO_CHOICES.find((choice) => choice.by === text)?.by
    if (by) onChange({ ...ring, who: newWho(by) })
  }
  return (
    <div className="flex flex-col gap-3">
      <div className="grid grid-cols-2 gap-3 max-md:grid-cols-1">
        <TextField label="Name of the ring" maxLength={40} value={ring.name} error={issue('name')} onChange={(name) => onChange({ ...ring, name })} />
        <Field label="Who" error={issue('who')}>
          {(id, describedBy, invalid) => (
            <SelectInput id={id} aria-describedby={describedBy} invalid={invalid} value={who.by} onChange={(event) => setBy(event.target.value)}>
              {WHO_CHOICES.filter(({ by }) => by !== 'rest' || last || who.by === 'rest').map(({ by, label }) => (
                <option key={by} value={by}>
                  {label}
                </option>
              ))}
            </SelectInput>
          )}
        </Field>
      </div>
      {who.by === 'query' && (
        <>
          <FilterBar list="firewalls" label={`Firewalls of ${ring.name}`} conditions={conditionsOf(who.query)} onChange={(conditions) => onChange({ ...ring, who: { by: 'query', query: queryOf(conditions) } })} />
          {issue('who.query') !== undefined && <Note tone="bad">{issue('who.query')}</Note>}
        </>
      )}
      {who.by === 'spread' && (
        <NumberField label="Share of those that no ring before takes" unit="%" bound="percent" value={who.percent} error={issue('who.percent')} onChange={(percent) => onChange({ ...ring, who: { by: 'spread', percent } })} />
      )}
      {who.by === 'hand' && <HandField ids={who.firewallIds} query={queryOf(query)} error={issue('who.firewallIds')} onChange={(firewallIds) => onChange({ ...ring, who: { by: 'hand', firewallIds } })} />}
      <div className="grid grid-cols-3 gap-3">
        <NumberField label="Success" unit="%" bound="successPercent" value={gate.successPercent} error={issue('gate.successPercent')} onChange={(successPercent) => setGate({ successPercent })} />
        <NumberField label="At least" unit="updated" bound="minimumCount" value={gate.minimumCount} error={issue('gate.minimumCount')} onChange={(minimumCount) => setGate({ minimumCount })} />
        <NumberField label="Soak" unit="h" bound="soakHours" value={gate.soakHours} error={issue('gate.soakHours')} onChange={(soakHours) => setGate({ soakHours })} />
      </div>
      <Checkbox label="No new critical alert on what was updated" checked={gate.noNewCriticalAlert} onChange={(event) => setGate({ noNewCriticalAlert: event.target.checked })} />
      {last && <Note>After the last ring nothing opens: its gate says when the plan has succeeded.</Note>}
      <div className="flex flex-wrap items-center gap-2">
        <Button size="sm" icon={ArrowUp} disabledReason={fixed.up ? 'It cannot move up.' : null} onClick={() => onMove(-1)}>
          Move up
        </Button>
        <Button size="sm" icon={ArrowDown} disabledReason={fixed.down ? 'It cannot move down.' : null} onClick={() => onMove(1)}>
          Move down
        </Button>
        <Button size="sm" variant="danger" icon={Trash2} disabledReason={only ? 'A plan has at least one ring.' : null} onClick={onRemove} className="ml-auto">
          Remove the ring
        </Button>
      </div>
    </div>
  )
}
