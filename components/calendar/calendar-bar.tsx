'use client'
import { ChevronLeft, ChevronRight, Hand, Square, TriangleAlert } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { cn } from '@/lib/core/cn'
import { formatZone } from '@/lib/format/dates'
import { HATCHED } from './blackout-marks'
import { stepOf, titleOf, weekNumber, type CalendarView } from './calendar-view'

type CalendarBarProps = { view: CalendarView; on: string; /** Whether the viewer's clock is known: the server does not know it. */ clockKnown: boolean; onChange: (part: Partial<CalendarView>) => void }

/** What is shown, on whose clock, and what the marks mean. */
export function CalendarBar({ view, on, clockKnown, onChange }: CalendarBarProps) {
  const own = clockKnown ? `, ${formatZone(`${on}T12:00:00Z`)}` : ''
  return (
    <div className="flex flex-col gap-3 px-5 py-3 max-md:px-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="flex items-center gap-1">
          <Button icon={ChevronLeft} aria-label={`The ${view.span} before`} onClick={() => onChange({ on: stepOf(view, on, -1) })} />
          <Button onClick={() => onChange({ on: null })}>Today</Button>
          <Button icon={ChevronRight} aria-label={`The next ${view.span}`} onClick={() => onChange({ on: stepOf(view, on, 1) })} />
        </div>
        <h2 className="text-base font-semibold" aria-live="polite">
          {titleOf(view, on)} {view.span === 'week' && <span className="text-sm font-normal text-text-3">week {weekNumber(on)}</span>}
        </h2>
        <div className="ml-auto flex flex-wrap items-center gap-x-4 gap-y-2 max-md:ml-0">
          <Choice label="Times at" shown value={view.clock} choices={[['site', 'the site'], ['own', `my clock${own}`]]} onChange={(clock) => onChange({ clock })} />
          <Choice label="Span" value={view.span} choices={[['week', 'Week'], ['month', 'Month']]} onChange={(span) => onChange({ span })} />
        </div>
      </div>
      <ul aria-label="What the marks mean" className="flex flex-wrap items-center gap-x-5 gap-y-1 text-xs text-text-2 max-md:hidden">
        <li className="flex items-center gap-1.5">
          <span aria-hidden className="size-3.5 rounded-xs border border-l-[3px] border-line-2" /> window, done
        </li>
        <li className="flex items-center gap-1.5">
          <span aria-hidden className="size-3.5 rounded-xs border border-l-[3px] border-line-2 border-l-text-2" /> window
        </li>
        <li className="flex items-center gap-1.5">
          <Square aria-hidden size={11} className="fill-current" /> jobs of a plan
        </li>
        <li className="flex items-center gap-1.5">
          <span aria-hidden className={cn('size-3.5 rounded-xs border border-line-2', HATCHED)} /> blackout, nothing starts
        </li>
        <li className="flex items-center gap-1.5">
          <TriangleAlert aria-hidden size={14} className="text-warn-mark" /> does not fit
        </li>
        <li className="flex items-center gap-1.5">
          <Hand aria-hidden size={14} className="text-you-mark" /> waits for a person
        </li>
        {view.clock === 'site' && <li className="ml-auto text-text-3">+1 h: your clock is one hour ahead of the site</li>}
      </ul>
    </div>
  )
}

type ChoiceProps<T extends string> = { label: string; shown?: boolean; value: T; choices: readonly (readonly [T, string])[]; onChange: (value: T) => void }

/** Two ways to look at the same. */
function Choice<T extends string>({ label, shown = false, value, choices, onChange }: ChoiceProps<T>) {
  return (
    <div role="group" aria-label={label} className="flex items-center gap-2">
      {shown && (
        <span aria-hidden className="text-text-3">
          {label}
        </span>
      )}
      <div className="flex">
        {choices.map(([choice, word]) => (
          <button
            key={choice}
            type="button"
            aria-pressed={choice === value}
            onClick={() => onChange(choice)}
            className={cn('-ml-px h-[30px] border px-3 whitespace-nowrap first:ml-0 first:rounded-l-md last:rounded-r-md max-md:h-11', choice === value ? 'relative z-10 border-act bg-act-soft font-medium text-act' : 'border-line-2 bg-surface text-text-2 hover:bg-hover')}
          >
            {word}
          </button>
        ))}
      </div>
    </div>
  )
}
