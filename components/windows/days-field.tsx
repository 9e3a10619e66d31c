'use client'
import { X } from 'lucide-react'
import { useId, useState } from 'react'
import { Button } from '@/components/ui/button'
import { TextInput } from '@/components/ui/field'
import { cn } from '@/lib/core/cn'
import { WEEKDAYS } from '@/lib/windows/words'

type DaysFieldProps = { weekdays: readonly number[]; dates: readonly string[]; error: string | undefined; onChange: (days: { weekdays: number[]; dates: string[] }) => void }

/** Days of the week, or dates. */
export function DaysField({ weekdays, dates, error, onChange }: DaysFieldProps) {
  const id = useId()
  const [byDate, setByDate] = useState(dates.length > 0)
  const [day, setDay] = useState('')
  const turn = (): void => {
    setByDate(!byDate)
    onChange({ weekdays: [], dates: [] })
  }
  return (
    <fieldset aria-describedby={error ? id : undefined} className="flex min-w-0 flex-col gap-1">
      <legend className="text-xs font-medium text-text-2">{byDate ? 'Opens on these dates' : 'Opens each'}</legend>
      <div className="flex flex-wrap items-center gap-1">
        {!byDate &&
          WEEKDAYS.map(([number, short, long]) => {
            const chosen = weekdays.includes(number)
            return (
              <button
                key={number}
                type="button"
                aria-pressed={chosen}
                aria-label={long}
                onClick={() => onChange({ weekdays: chosen ? weekdays.filter((other) => other !== number) : [...weekdays, number].sort(), dates: [] })}
                className={cn('h-8 min-w-11 rounded-md border px-2 max-md:h-11', chosen ? 'border-act bg-act-soft font-medium text-act' : 'border-control bg-surface text-text-2 hover:bg-hover')}
              >
                {short}
              </button>
            )
          })}
        {byDate &&
          dates.map((date) => (
            <button key={date} type="button" aria-label={`Take out ${date}`} onClick={() => onChange({ weekdays: [], dates: dates.filter((other) => other !== date) })} className="flex h-8 items-center gap-1 rounded-md border border-line-2 px-2 tabular-nums hover:bg-hover max-md:h-11">
              {date} <X aria-hidden size={12} />
            </button>
          ))}
        {byDate && <TextInput type="date" aria-label="Another date" value={day} onChange={(event) => setDay(event.target.value)} className="w-40" />}
        {byDate && (
          <Button
            onClick={() => {
              if (day !== '') onChange({ weekdays: [], dates: [...new Set([...dates, day])].sort() })
              setDay('')
            }}
          >
            Add the date
          </Button>
        )}
      </div>
      <div className="flex items-baseline justify-between gap-3">
        <p id={id} role={error ? 'alert' : undefined} className="text-xs text-bad">
          {error}
        </p>
        <Button variant="quiet" size="sm" onClick={turn}>
          {byDate ? 'By days of the week' : 'By dates'}
        </Button>
      </div>
    </fieldset>
  )
}
