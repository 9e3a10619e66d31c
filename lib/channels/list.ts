import 'server-only'
import type { z } from 'zod'
import type { Actor } from '@/lib/auth/actor'
import { authoriseScope, inScope, notFound, type Scope } from '@/lib/auth/authorise'
import { db } from '@/lib/db/client'
import { countWaiting } from '@/lib/db/deliveries-sql'
import type { Prisma } from '@/lib/db/generated/client'
import { etagOf } from '@/lib/firewalls/dto-of'
import type { List } from '@/lib/lists/list'
import { SEVERITIES } from '@/lib/notices/kinds'
import type { ChannelDto, listChannelsInput, StoredTarget } from './input'
import type { ChannelState } from './states'
import { storedSettings } from './stored'
import { DIGESTS } from './words'

/** Nobody makes more by hand; a list is one page. */
const CHANNELS_MAX = 1_000
export const withCustomer = { customer: { select: { id: true, name: true } } } as const satisfies Prisma.ChannelInclude
export type ChannelWithCustomer = Prisma.ChannelGetPayload<{ include: typeof withCustomer }>

const stateOf = ({ enabled, lastError, lastDeliveryAt }: ChannelWithCustomer): ChannelState => (!enabled ? 'off' : lastError !== null ? 'failing' : lastDeliveryAt === null ? 'untried' : 'working')

function toChannel(row: ChannelWithCustomer, waiting: number): ChannelDto {
  const { target, timeZone, privateAllowed } = storedSettings.parse(row.settings)
  return {
    id: row.id,
    name: row.name,
    customer: row.customer,
    target,
    hasSecret: row.settingsSealed !== null,
    severities: SEVERITIES.filter((severity) => row.severities.includes(severity)),
    customerIds: row.customerIds,
    digest: DIGESTS.find((digest) => digest === row.digest) ?? 'at-once',
    timeZone,
    forInvitations: row.forInvitations,
    privateAllowed,
    enabled: row.enabled,
    state: stateOf(row),
    waiting,
    lastError: row.lastError,
    failures: row.failures,
    heldUntil: row.heldUntil?.toISOString() ?? null,
    lastDeliveryAt: row.lastDeliveryAt?.toISOString() ?? null,
    etag: etagOf(row.revision),
  }
}

/** Channels that the actor manages, by name; those of the installation only for who manages all customers. At most 1,000. */
export async function listChannels(actor: Actor, { customerId }: z.output<typeof listChannelsInput>): Promise<List<ChannelDto>> {
  const scope = authoriseScope(actor, 'channel:manage')
  const rows = await db().channel.findMany({ where: { AND: [inScope(scope), customerId === undefined ? {} : { customerId }] }, include: withCustomer, orderBy: [{ name: 'asc' }, { id: 'asc' }], take: CHANNELS_MAX })
  const waiting = await countWaiting(rows.map(({ id }) => id))
  return { items: rows.map((row) => toChannel(row, waiting.get(row.id) ?? 0)), nextCursor: null, total: rows.length }
}

/** The row within the scope; what is outside answers like what does not exist. */
export async function findChannel(scope: Scope<'channel:manage'>, id: string): Promise<ChannelWithCustomer> {
  const row = await db().channel.findFirst({ where: { AND: [{ id }, inScope(scope)] }, include: withCustomer })
  if (!row) throw notFound('channel')
  return row
}

export async function readChannel(actor: Actor, { id }: { id: string }): Promise<ChannelDto> {
  const row = await findChannel(authoriseScope(actor, 'channel:manage'), id)
  return toChannel(row, (await countWaiting([id])).get(id) ?? 0)
}

/** Where it goes, without what only its holder knows: the path of a webhook is often its token, and a topic is read by who knows it. */
function placeTold(target: StoredTarget): Record<string, unknown> {
  if (target.kind === 'webhook') return { kind: target.kind, origin: new URL(target.url).origin }
  if (target.kind === 'ntfy') return { kind: target.kind, origin: new URL(target.server).origin }
  return target
}

/** What an audit entry tells of a channel; secrets are stored apart and not in it. */
export function told({ name, settings, severities, customerIds, digest, forInvitations, enabled }: Pick<ChannelWithCustomer, 'name' | 'severities' | 'customerIds' | 'digest' | 'forInvitations' | 'enabled'> & { settings: unknown }): Record<string, unknown> {
  const { target, ...more } = storedSettings.parse(settings)
  return { name, target: placeTold(target), ...more, severities, customerIds, digest, forInvitations, enabled }
}
