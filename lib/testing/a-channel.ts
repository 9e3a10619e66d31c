// A channel that sends to an address it may not reach, for tests that look at it alone.
import { sealChannel } from '@/lib/channels/vault'
import { db } from '@/lib/db/client'

const target = { kind: 'webhook', url: 'https://127.0.0.1/hook' } as const

export async function aQuietChannel(customerId: string | null, name: string, signing = 'palsig_of-a-test'): Promise<string> {
  const now = new Date()
  const { id } = await db().channel.create({ data: { name, kind: 'webhook', customerId, settings: { target, timeZone: 'UTC', privateAllowed: false }, severities: ['critical'], customerIds: [], createdAt: now, changedAt: now } })
  await db().channel.update({ where: { id }, data: { settingsSealed: await sealChannel({ signing }, id, target) } })
  return id
}
