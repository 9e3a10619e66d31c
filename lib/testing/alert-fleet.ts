// A fleet in the database as visits leave it, in simulated time: for tests of alerts.
import { db } from '@/lib/db/client'
import type { Prisma } from '@/lib/db/generated/client'

type Data = Prisma.FirewallUncheckedUpdateManyInput
export type NewFirewall = { name: string; siteId?: string | null } & Partial<Prisma.FirewallUncheckedCreateInput>

/** Firewalls that are well, were visited at `now` and have a backup; their ids in the same order. */
export async function addFirewalls(customerId: string, now: Date, firewalls: readonly NewFirewall[]): Promise<string[]> {
  const rows = firewalls.map((more, n) => ({ id: crypto.randomUUID(), customerId, family: 'opnsense', origin: `https://198.51.100.${n}:${Math.floor(Math.random() * 60_000)}`, trustMode: 'pin', trustConfirmedAt: now, createdAt: new Date(now.getTime() - 90 * 86_400_000), state: 'reachable', stateSince: now, visitedAt: now, backupAt: now, gatewaysUp: 1, ...more }))
  await db().firewall.createMany({ data: rows })
  return rows.map(({ id }) => id)
}

/** Since when something holds is kept by triggers with the clock of the database; here it is written after them. */
const SINCE = ['stateSince', 'haRoleSince', 'firmwareSince'] as const
export async function changeMany(ids: readonly string[], data: Data): Promise<void> {
  const where = { id: { in: [...ids] } }
  const later = Object.fromEntries(SINCE.filter((name) => data[name] !== undefined).map((name) => [name, data[name]]))
  await db().firewall.updateMany({ where, data })
  if (Object.keys(later).length > 0) await db().firewall.updateMany({ where, data: later })
}
export const change = (id: string, data: Data): Promise<void> => changeMany([id], data)

export const silentSince = (now: Date): Data => ({ state: 'unreachable', stateSince: now, stateReason: 'does not answer', lastErrorAt: now })
export const answeringSince = (now: Date): Data => ({ state: 'reachable', stateSince: now, stateReason: null, visitedAt: now })
export const goesSilent = (id: string, now: Date) => change(id, silentSince(now))
export const answers = (id: string, now: Date) => change(id, answeringSince(now))

type TestGateway = { name: string; isDown?: boolean; lossPercent?: number }
/** What a visit that reads gateways stores. */
export async function setGateways(id: string, now: Date, gateways: readonly TestGateway[]): Promise<void> {
  const items = gateways.map(({ name, isDown = false, lossPercent = 0 }) => ({ name, state: isDown ? 'offline' : 'online', lossPercent }))
  const down = items.filter(({ state }) => state === 'offline').length
  for (const { name, state } of items) {
    const body = { name, state }
    const stored = await db().factGateway.findUnique({ where: { firewallId_key: { firewallId: id, key: name } } })
    if (JSON.stringify(stored?.body) === JSON.stringify(body)) continue
    await db().factGateway.upsert({ where: { firewallId_key: { firewallId: id, key: name } }, create: { firewallId: id, key: name, body, digest: state, firstSeenAt: now, changedAt: now }, update: { body, digest: state, changedAt: now } })
  }
  const reading = { observedAt: now, digest: JSON.stringify(items), factsDigest: items.map(({ state }) => state).join(), body: { items, notReported: [] } }
  await db().reading.upsert({ where: { firewallId_kind: { firewallId: id, kind: 'gateways' } }, create: { firewallId: id, kind: 'gateways', ...reading }, update: reading })
  await change(id, { gatewaysDown: down, gatewaysUp: items.length - down, gatewaysTotal: items.length })
}

/** What a visit that reads the VPN stores: these are down. */
export async function setTunnelsDown(id: string, now: Date, names: readonly string[]): Promise<void> {
  await db().factTunnel.updateMany({ where: { firewallId: id }, data: { body: { name: 'up again', state: 'up' }, changedAt: now } })
  for (const name of names) {
    const body = { name, state: 'down' }
    await db().factTunnel.upsert({ where: { firewallId_key: { firewallId: id, key: `ipsec ${name}` } }, create: { firewallId: id, key: `ipsec ${name}`, body, digest: 'd', firstSeenAt: now, changedAt: now }, update: { body, changedAt: now } })
  }
  await change(id, { tunnelsDown: names.length })
}

/**
 * All that answer are visited; of those that do not, the silence is seen again. In parts: what open pages are told compares all
 * rows of one statement with each other.
 */
export async function visitAll(now: Date, parts = 1): Promise<void> {
  for (let part = 0; part < parts; part += 1) {
    await db().$executeRaw`
      UPDATE "Firewall" SET "visitedAt" = CASE WHEN state IN ('reachable', 'degraded') THEN ${now} ELSE "visitedAt" END, "lastErrorAt" = CASE WHEN state = 'unreachable' THEN ${now} ELSE "lastErrorAt" END
      WHERE "pausedAt" IS NULL AND get_byte(uuid_send(id), 0) % ${parts}::int = ${part}::int`
  }
}
