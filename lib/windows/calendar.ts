import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { authoriseScope, inScope, type Scope } from '@/lib/auth/authorise'
import { db } from '@/lib/db/client'
import { listBlackouts } from './blackouts'
import { calendarJobsOf, misfitOf, planItems, type CalendarJob } from './calendar-jobs'
import type { CalendarDto, CalendarItem, CalendarMisfit } from './dto'
import type { CalendarInput } from './input'
import { addDays, DAY_MS } from './local-time'
import { toOccurrence } from './occurrence-dto'
import { occurrencesBetween } from './occurrences'

const WINDOWS_SHOWN = 1_000
const JOBS_SHOWN = 20_000
const named = { select: { id: true, name: true } } as const

/** Days of the calendar as instants, with a day to spare on each side for zones ahead of and behind UTC. */
const spanOf = ({ from, days }: CalendarInput): { from: Date; to: Date } => ({ from: new Date(Date.parse(`${from}T00:00:00Z`) - DAY_MS), to: new Date(Date.parse(`${from}T00:00:00Z`) + (days + 1) * DAY_MS) })

function readRows(scope: Scope<'firewall:read'>, { customerId }: CalendarInput, span: { from: Date; to: Date }) {
  const where = { AND: [inScope(scope), customerId === undefined ? {} : { customerId }] }
  return Promise.all([
    db().maintenanceWindow.findMany({ where: { ...where, enabled: true }, include: { site: named, firewall: named }, orderBy: { id: 'asc' }, take: WINDOWS_SHOWN + 1 }),
    // They open on no day, and are named beside the calendar so that they are found again.
    db().maintenanceWindow.findMany({ where: { ...where, enabled: false }, select: { id: true, name: true, customer: named, site: named, firewall: named }, orderBy: [{ name: 'asc' }, { id: 'asc' }], take: WINDOWS_SHOWN }),
    db().updateJob.findMany({
      where: { AND: [where, { startsAt: { gte: span.from, lt: span.to } }] },
      select: { customerId: true, windowId: true, startsAt: true, endsAt: true, state: true, plan: named, firewall: { select: { timeZone: true } } },
      orderBy: { startsAt: 'asc' },
      take: JOBS_SHOWN,
    }),
  ])
}

/** A window's occurrences with the jobs that lie in each; those of its jobs that lie in none are returned too. */
function itemsOf(window: Awaited<ReturnType<typeof readRows>>[0][number], blackouts: CalendarDto['blackouts'], jobs: readonly CalendarJob[], span: { from: Date; to: Date }): { items: CalendarItem[]; outside: CalendarJob[] } {
  const holding = blackouts.filter(({ customer, site }) => (customer === null || customer.id === window.customerId) && (site === null || site.id === window.siteId))
  const occurrences = occurrencesBetween(window, holding, span.from, span.to)
  const within = (job: CalendarJob, { opensAt, endsAt }: { opensAt: Date; endsAt: Date }): boolean => job.startsAt !== null && opensAt <= job.startsAt && job.startsAt < endsAt
  const items = occurrences.map((occurrence) => {
    const { windowId, ...dto } = toOccurrence(occurrence)
    return { ...dto, window: { id: windowId, name: window.name, timeZone: window.timeZone }, place: window.firewall?.name ?? window.site?.name ?? null, ...calendarJobsOf(jobs.filter((job) => within(job, occurrence))) }
  })
  return { items, outside: jobs.filter((job) => !occurrences.some((occurrence) => occurrence.skipped === null && within(job, occurrence))) }
}

/**
 * Windows, blackouts and the jobs of plans on up to 42 days, by customer, within the actor's scope. Occurrences keep the day of
 * their own zone; a day more on each side comes along. Customers with neither are counted alone.
 */
export async function readCalendar(actor: Actor, input: CalendarInput): Promise<CalendarDto> {
  const scope = authoriseScope(actor, 'firewall:read')
  const span = spanOf(input)
  const [[windows, off, jobs], customers, { items: allBlackouts }] = await Promise.all([
    readRows(scope, input, span),
    db().customer.findMany({ where: { ...(scope.customerIds !== 'all' && { id: { in: [...scope.customerIds] } }), ...(input.customerId !== undefined && { AND: [{ id: input.customerId }] }) }, select: { id: true, name: true, _count: { select: { firewalls: true } } }, orderBy: [{ name: 'asc' }, { id: 'asc' }] }),
    listBlackouts(actor, { customerId: input.customerId, limit: 500, cursor: undefined }),
  ])
  const blackouts = allBlackouts.filter(({ firstDay, lastDay }) => firstDay <= addDays(input.from, input.days) && lastDay >= addDays(input.from, -1))
  const misfits: CalendarMisfit[] = []
  const known = new Set(windows.map(({ id }) => id))
  const rows = customers.map(({ id, name, _count }) => {
    const customer = { id, name }
    const own = jobs.filter((job) => job.customerId === id)
    const ofWindows = windows.slice(0, WINDOWS_SHOWN).filter((window) => window.customerId === id)
    const made = ofWindows.map((window) => ({ window, ...itemsOf(window, blackouts, own.filter(({ windowId }) => windowId === window.id), span) }))
    for (const { window, items, outside } of made) misfits.push(...misfitOf(customer, window, items, outside))
    // A plan may bring a window of its own, and a window may be gone.
    const others = planItems(own.filter(({ windowId }) => windowId === null || !known.has(windowId)))
    const items = [...made.flatMap((one) => one.items), ...others].sort((a, b) => a.opensAt.localeCompare(b.opensAt) || a.id.localeCompare(b.id))
    return { ...customer, firewallCount: _count.firewalls, timeZones: [...new Set(ofWindows.map(({ timeZone }) => timeZone))], items }
  })
  const shown = rows.filter(({ items, id }) => items.length > 0 || blackouts.some(({ customer }) => customer?.id === id))
  return { customers: shown, without: rows.length - shown.length, truncated: windows.length > WINDOWS_SHOWN || jobs.length === JOBS_SHOWN, blackouts, misfits, off: off.map(({ id, name, customer, site, firewall }) => ({ id, name, customer, place: firewall?.name ?? site?.name ?? null })) }
}
