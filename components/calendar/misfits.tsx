'use client'
import { Hand, TriangleAlert } from 'lucide-react'
import Link from 'next/link'
import { plural } from '@/lib/format/numbers'
import type { CalendarMisfit } from '@/lib/windows/dto'
import { dayMonth, dayName } from './calendar-view'

const SENTENCES = {
  shut: ({ jobs, window }: CalendarMisfit) => `${plural(jobs, 'job')} ${jobs === 1 ? 'is' : 'are'} planned while ${window?.name ?? 'the window'} is shut. Nothing starts; the next opening is taken.`,
  held: ({ jobs }: CalendarMisfit) => `${plural(jobs, 'job')} ${jobs === 1 ? 'waits' : 'wait'} for a person.`,
} as const satisfies Record<CalendarMisfit['kind'], (misfit: CalendarMisfit) => string>

/** What does not fit in what is shown, as sentences with where to decide. */
export function Misfits({ misfits, within, week }: { misfits: readonly CalendarMisfit[]; within: (href: string) => string; week: boolean }) {
  if (misfits.length === 0) return null
  return (
    <section aria-labelledby="misfits" className="px-5 pb-6 max-md:px-4">
      <h2 id="misfits" className="py-2 font-semibold">
        {misfits.length === 1 ? 'One thing does' : `${misfits.length} things do`} not fit this {week ? 'week' : 'month'}
      </h2>
      <ul>
        {misfits.map((misfit) => {
          const Icon = misfit.kind === 'held' ? Hand : TriangleAlert
          return (
            <li key={`${misfit.kind} ${misfit.window?.id} ${misfit.plan?.id} ${misfit.day}`} className="flex items-start gap-3 border-b border-line py-2">
              <Icon aria-hidden size={16} strokeWidth={1.75} className={misfit.kind === 'held' ? 'mt-0.5 shrink-0 text-you-mark' : 'mt-0.5 shrink-0 text-warn-mark'} />
              <p className="min-w-0 flex-1">
                {misfit.customer.name}, {dayName(misfit.day)} {dayMonth(misfit.day).split(' ')[1]}: {SENTENCES[misfit.kind](misfit)}
              </p>
              {misfit.plan && (
                <Link href={within(`/firmware/plans/${misfit.plan.id}`)} className="shrink-0 text-act hover:underline max-md:min-h-11">
                  See the plan
                </Link>
              )}
            </li>
          )
        })}
      </ul>
    </section>
  )
}
