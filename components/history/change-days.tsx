import { Minus, Pencil, Plus, Undo2, type LucideIcon } from 'lucide-react'
import { formatClock, formatDay, formatExactBoth } from '@/lib/format/dates'
import type { ChangeDto } from '@/lib/history/dto'
import { ChangeFields } from './change-fields'
import { toldFields, WHAT_WORDS } from './change-words'
import { CHANGE_KIND_WORDS } from './words'

const ICONS = { new: Plus, changed: Pencil, gone: Minus, back: Undo2 } as const satisfies Record<ChangeDto['what'], LucideIcon>
/** What is new or gone has many fields; they open on demand. */
const OPEN_MAX = 6

/** Changes under the days of who looks, newest first. */
export function ChangeDays({ changes, zone }: { changes: readonly ChangeDto[]; zone: string }) {
  return daysOf(changes).map(({ day, changes: ofDay }) => (
    <section key={day} aria-label={day} className="mt-2">
      <h3 className="border-b border-line-2 pb-1 font-semibold">{day}</h3>
      <ul>
        {ofDay.map((change) => (
          <ChangeRow key={change.id} change={change} zone={zone} />
        ))}
      </ul>
    </section>
  ))
}

/** A boot is told with the time it happened at, which may lie before that of the change above it. */
function daysOf(changes: readonly ChangeDto[]): { day: string; changes: ChangeDto[] }[] {
  const days = new Map<string, ChangeDto[]>()
  for (const change of changes) {
    const day = formatDay(change.at)
    days.set(day, [...(days.get(day) ?? []), change])
  }
  return [...days].map(([day, ofDay]) => ({ day, changes: ofDay }))
}

function ChangeRow({ change, zone }: { change: ChangeDto; zone: string }) {
  const { at, kind, what, title } = change
  const Icon = ICONS[what]
  const isLong = toldFields(change).length > OPEN_MAX
  return (
    <li className="grid grid-cols-[3.5rem_7.5rem_minmax(0,1fr)] gap-x-3 border-b border-line py-2 last:border-0 max-md:grid-cols-[3.5rem_minmax(0,1fr)]">
      <time dateTime={at} title={formatExactBoth(at, zone)} className="text-text-3">
        {formatClock(at)}
      </time>
      <span className="flex items-center gap-2 self-start">
        <Icon aria-hidden size={14} strokeWidth={1.75} className="shrink-0 text-text-3" />
        <span>
          {WHAT_WORDS[what]} <span className="text-text-3">{kind === 'firewall' ? '' : CHANGE_KIND_WORDS[kind][1]}</span>
        </span>
      </span>
      <div className="flex min-w-0 flex-col gap-1 max-md:col-span-2">
        <h4 className="font-medium break-words">{kind === 'firewall' ? title.replace(/^./, (first) => first.toUpperCase()) : title}</h4>
        {isLong ? (
          <details>
            <summary className="w-fit text-xs text-act hover:underline">
              {what === 'gone' ? 'What stood there' : what === 'new' ? 'What stands there' : 'All that differs'}
            </summary>
            <div className="mt-1">
              <ChangeFields change={change} />
            </div>
          </details>
        ) : (
          <ChangeFields change={change} />
        )}
      </div>
    </li>
  )
}
