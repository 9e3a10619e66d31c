import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { authoriseScope, notFound } from '@/lib/auth/authorise'
import { findAlerts, findEffects } from '@/lib/db/alert-list-sql'
import { boundedRead } from '@/lib/db/bounded-read'
import { db } from '@/lib/db/client'
import { FIREWALL_STATES } from '@/lib/firewalls/states'
import { EFFECTS_NAMED_MAX, type AlertDeliveryDto, type AlertDetail, type AlertEventDto } from './dto'
import { toAlert } from './dto-of'

/** An alert that flaps for months has no end of events; the newest are what people look at. */
const EVENTS_MAX = 200
const DELIVERIES_MAX = 100

async function eventsOf(alertId: string): Promise<AlertEventDto[]> {
  const rows = await db().alertEvent.findMany({ where: { alertId }, orderBy: [{ at: 'desc' }, { id: 'desc' }], take: EVENTS_MAX })
  return rows.map(({ at, what, by, note }) => ({ at: at.toISOString(), what, by, note }))
}

/** Who was told. Of a channel that is not of the reader's customers only its kind is shown. */
async function deliveriesOf(alertId: string, customerIds: 'all' | readonly string[]): Promise<AlertDeliveryDto[]> {
  const notices = await db().notice.findMany({
    where: { alertId },
    orderBy: { id: 'desc' },
    take: DELIVERIES_MAX,
    select: { kind: true, at: true, deliveries: { select: { state: true, attempts: true, triedAt: true, deliveredAt: true, channel: { select: { name: true, kind: true, customerId: true } } } } },
  })
  const rows = notices.flatMap(({ kind, at, deliveries }) => deliveries.map((delivery) => ({ ...delivery, kind, at })))
  return rows.slice(0, DELIVERIES_MAX).map(({ kind, at, state, attempts, triedAt, deliveredAt, channel }) => ({
    at: (deliveredAt ?? triedAt ?? at).toISOString(),
    notice: kind,
    channel: customerIds === 'all' || (channel.customerId !== null && customerIds.includes(channel.customerId)) ? channel.name : null,
    channelKind: channel.kind,
    state,
    attempts,
  }))
}

async function firewallStateOf(id: string): Promise<AlertDetail['firewallState']> {
  const row = await db().firewall.findUnique({ where: { id }, select: { state: true, visitedAt: true, visit: { select: { dueAt: true } } } })
  return { state: FIREWALL_STATES.find((state) => state === row?.state) ?? 'not-visited', visitedAt: row?.visitedAt?.toISOString() ?? null, nextVisitAt: row?.visit?.dueAt.toISOString() ?? null }
}

/** An alert with its timeline, what follows from it, and who was told. Outside the scope it is not there. Throws not-found. */
export async function readAlert(actor: Actor, { id }: { id: string }): Promise<AlertDetail> {
  const { customerIds } = authoriseScope(actor, 'firewall:read')
  const { row, effects, cause } = await boundedRead(async (run) => {
    const [row] = await findAlerts(run, [id], customerIds)
    const [cause] = row?.causeId ? await findAlerts(run, [row.causeId], customerIds) : []
    return { row, cause, effects: row ? await findEffects(run, id, EFFECTS_NAMED_MAX) : [] }
  })
  const alert = row && toAlert(row)
  if (!alert) throw notFound('alert')
  const [events, deliveries, firewallState] = await Promise.all([eventsOf(id), deliveriesOf(id, customerIds), firewallStateOf(alert.firewall.id)])
  const causeAlert = cause && toAlert(cause)
  return {
    ...alert,
    events,
    deliveries,
    effectAlerts: effects.flatMap((effect) => toAlert(effect) ?? []),
    cause: causeAlert ? { id: causeAlert.id, title: causeAlert.sentence } : null,
    firewallState,
  }
}
