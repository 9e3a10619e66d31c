'use client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Ban, CalendarPlus } from 'lucide-react'
import { usePathname, useRouter, useSearchParams } from 'next/navigation'
import { useState } from 'react'
import { useSingleKey } from '@/components/firewalls/detail/use-single-key'
import { useCustomerScope } from '@/components/layout/customer-scope'
import { PageHeader } from '@/components/layout/page-header'
import { FirmwareTabs } from '@/components/plans/firmware-tabs'
import { arriving } from '@/components/ui/arriving'
import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { ProblemNotice } from '@/components/ui/problem'
import { SkeletonRows } from '@/components/ui/skeleton'
import { usePhone } from '@/components/ui/use-media'
import { useNow } from '@/components/ui/use-now'
import { roleMay } from '@/lib/auth/roles'
import { ownTimeZone } from '@/lib/format/dates'
import { plural } from '@/lib/format/numbers'
import { useMe } from '@/lib/queries/use-me'
import { windowQueries } from '@/lib/queries/windows'
import type { BlackoutDto, CalendarDto, CalendarItem } from '@/lib/windows/dto'
import { localDay } from '@/lib/windows/local-time'
import { CalendarBar } from './calendar-bar'
import { daysOf, readCalendarView, writeCalendarView, type CalendarView } from './calendar-view'
import { DayList } from './day-list'
import { Misfits } from './misfits'
import { MonthTable } from './month-table'
import { OffWindows } from './off-windows'
import { WeekTable } from './week-table'

const WindowDialog = arriving(() => import('@/components/windows/window-dialog').then((module) => module.WindowDialog), { leave: ({ onClose }) => onClose() })
const BlackoutDialog = arriving(() => import('@/components/windows/blackout-dialog').then((module) => module.BlackoutDialog), { leave: ({ onClose }) => onClose() })

type Editing = { what: 'window'; id: string | null; plans: CalendarItem['plans'] } | { what: 'blackout'; blackout: BlackoutDto | null }

/** Maintenance windows, blackouts and the jobs in them, by customer. The address is the view. */
export function CalendarPage() {
  const path = usePathname()
  const router = useRouter()
  const me = useMe()
  const nowMs = useNow()
  const { customerId, within } = useCustomerScope()
  const view = readCalendarView(useSearchParams())
  const [editing, setEditing] = useState<Editing | null>(null)
  const today = nowMs === null ? null : localDay(ownTimeZone(), new Date(nowMs))
  const on = view.on ?? today
  const days = on === null ? [] : daysOf(view, on)
  const { data, error, isPending, refetch } = useQuery({ ...windowQueries.calendar(days[0] ?? '', days.length, customerId), enabled: days.length > 0, placeholderData: keepPreviousData })
  const change = (part: Partial<CalendarView>): void => window.history.replaceState(null, '', path + writeCalendarView(window.location.search, part))
  const open = ({ window: opened, plans }: CalendarItem): void => {
    if (opened) setEditing({ what: 'window', id: opened.id, plans })
    else if (plans[0]) router.push(within(`/firmware/plans/${plans[0].id}`))
  }
  useSingleKey('t', () => change({ on: null }))
  const reason = me === undefined || me.scopes.some(({ role, customerId: of }) => roleMay(role, 'window:manage') && (of === null || customerId === null || of === customerId)) ? null : 'This needs an admin of the customer.'
  return (
    <>
      <PageHeader title="Calendar" crumbs={[{ label: 'Firmware', href: within('/firmware/plans') }]}>
        <Button icon={Ban} disabledReason={reason} onClick={() => setEditing({ what: 'blackout', blackout: null })} className="max-md:hidden">
          New blackout
        </Button>
        <Button icon={CalendarPlus} disabledReason={reason} onClick={() => setEditing({ what: 'window', id: null, plans: [] })}>
          New window
        </Button>
      </PageHeader>
      <FirmwareTabs />
      {on !== null && <CalendarBar view={view} on={on} clockKnown={today !== null} onChange={change} />}
      <ProblemNotice error={error} retry={() => void refetch()} className="mx-5 mb-3 max-md:mx-4" />
      {isPending && <SkeletonRows rows={9} columns={8} rowHeight={60} />}
      {data && today !== null && nowMs !== null && on !== null && <Body {...{ data, days, today, nowMs, on, view, within }} onOpen={open} onBlackout={(blackout) => setEditing({ what: 'blackout', blackout })} onDay={(day) => change({ span: 'week', on: day })} onNew={reason === null ? () => setEditing({ what: 'window', id: null, plans: [] }) : null} />}
      {data && <OffWindows off={data.off} onOpen={(id) => setEditing({ what: 'window', id, plans: [] })} />}
      {editing?.what === 'window' && <WindowDialog key={editing.id} id={editing.id} customerId={customerId} plans={editing.plans} onClose={() => setEditing(null)} />}
      {editing?.what === 'blackout' && <BlackoutDialog blackout={editing.blackout} customerId={customerId} onClose={() => setEditing(null)} />}
    </>
  )
}

type BodyProps = { data: CalendarDto; days: readonly string[]; today: string; nowMs: number; on: string; view: CalendarView; within: (href: string) => string; onOpen: (item: CalendarItem) => void; onBlackout: (blackout: BlackoutDto) => void; onDay: (day: string) => void; onNew: (() => void) | null }

function Body({ data, days, today, nowMs, on, view, within, onOpen, onBlackout, onDay, onNew }: BodyProps) {
  const phone = usePhone()
  const shown = { calendar: data, days, today, clock: view.clock, nowMs, onOpen, onBlackout }
  const nothing = data.customers.length === 0 && data.blackouts.length === 0
  if (nothing)
    return (
      <Empty
        title={`No window this ${view.span}`}
        action={
          onNew && (
            <Button variant="primary" icon={CalendarPlus} onClick={onNew}>
              New window
            </Button>
          )
        }
      >
        A maintenance window says when firewalls of a customer, a site or one firewall may be updated. Without one, no job of a plan starts by itself.
      </Empty>
    )
  return (
    <>
      {phone ? <DayList {...shown} /> : view.span === 'week' ? <WeekTable {...shown} /> : <MonthTable {...shown} month={on.slice(0, 7)} onDay={onDay} />}
      <div className="px-5 py-2 text-xs text-text-3 max-md:px-4">
        {data.without > 0 && <p>{`${data.without === 1 ? 'One customer has' : `${plural(data.without, 'customer')} have`} no window this ${view.span}`}</p>}
        {data.truncated && <p>More windows and jobs than one page holds. Choose a customer to see all of its.</p>}
      </div>
      <Misfits misfits={data.misfits.filter(({ day }) => days.includes(day))} within={within} week={view.span === 'week'} />
    </>
  )
}
