import 'server-only'
import { z } from 'zod'
import type { Actor } from '@/lib/auth/actor'
import { authoriseScope } from '@/lib/auth/authorise'
import { findDuplicates, findMovedDevices, findNewDevices, type Arrival, type Moment, type Walked } from '@/lib/db/search-reports-sql'
import { fromCursor, toCursor } from '@/lib/lists/cursor'
import { isRandomised } from './device'
import { duplicate, holder, type duplicates, type MovedDevice, type NewDevice, type ReportPage } from './dto'
import { narrowed } from './find'
import type { NewDevicesInput, ReportInput } from './input'

const MOVED_HOURS = 168
const moment = z.strictObject({ at: z.iso.datetime(), id: z.string().regex(/^\d{1,18}$/) })
const placeId = z.strictObject({ place: z.uuid() })

const stateOf = ({ firewall }: { firewall: { id: string; name: string; state: string } }) => ({ ...firewall, state: holder.shape.firewall.shape.state.parse(firewall.state) })
const deviceOf = ({ mac, manufacturer, hostname }: Pick<Arrival, 'mac' | 'manufacturer' | 'hostname'>) => ({ mac, manufacturer, hostname, randomised: isRandomised(mac) })

function toPage<Row extends Arrival, Item>({ rows, more, walkedTo, isWhole }: Walked<Row>, toItem: (row: Row) => Item): ReportPage<Item> {
  const last = rows.at(-1)
  const next: Moment | null = more && last ? { at: last.at.toISOString(), id: last.id } : isWhole ? null : walkedTo
  return { items: rows.map(toItem), nextCursor: next === null ? null : toCursor(next) }
}

/** Devices seen first within the last hours where tables were read before, newest first, within the actor's scope. */
export async function listNewDevices(actor: Actor, { customerId, siteId, hours, limit, cursor }: NewDevicesInput): Promise<ReportPage<NewDevice>> {
  const customerIds = narrowed(authoriseScope(actor, 'firewall:read').customerIds, customerId)
  const found = await findNewDevices({ customerIds, siteId, hours, limit, after: fromCursor(cursor, moment) })
  return toPage(found, (row) => ({ id: row.id, ...deviceOf(row), ip: row.ip, interface: row.interface, firstSeenAt: row.at.toISOString(), gone: row.gone, firewall: stateOf(row), customer: row.customer, site: row.site }))
}

/** Devices that came to another firewall or interface within seven days, newest first, within the actor's scope. */
export async function listMovedDevices(actor: Actor, { customerId, siteId, limit, cursor }: ReportInput): Promise<ReportPage<MovedDevice>> {
  const customerIds = narrowed(authoriseScope(actor, 'firewall:read').customerIds, customerId)
  const found = await findMovedDevices({ customerIds, siteId, hours: MOVED_HOURS, limit, after: fromCursor(cursor, moment) })
  return toPage(found, ({ from, ...row }) => ({
    id: row.id,
    ...deviceOf(row),
    from: { ip: from.ip, interface: from.interface, firstSeenAt: new Date(from.firstSeenAt).toISOString(), lastSeenAt: new Date(from.goneAt).toISOString(), firewall: stateOf(from), customer: from.customer, site: from.site },
    to: { ip: row.ip, interface: row.interface, firstSeenAt: row.at.toISOString(), firewall: stateOf(row), customer: row.customer, site: row.site },
  }))
}

/** Addresses that two devices have at one site, site after site, within the actor's scope. */
export async function listDuplicates(actor: Actor, { customerId, siteId, limit, cursor }: ReportInput): Promise<z.input<typeof duplicates>> {
  const customerIds = narrowed(authoriseScope(actor, 'firewall:read').customerIds, customerId)
  const { rows, next, looked, left } = await findDuplicates({ customerIds, siteId, limit, after: fromCursor(cursor, placeId)?.place ?? null })
  const items = rows.map(({ devices, ...row }) =>
    duplicate.parse({ ...row, devices: devices.map((device) => ({ ...deviceOf(device), firewall: device.firewall, firstSeenAt: device.firstSeenAt === null ? null : new Date(device.firstSeenAt).toISOString() })) }),
  )
  return { items, nextCursor: next === null ? null : toCursor({ place: next }), looked, left }
}
