import 'server-only'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { authorise } from '@/lib/auth/authorise'
import { AppError } from '@/lib/core/errors'
import { markSilenced, unmarkSilenced } from '@/lib/db/alert-acts-sql'
import { db } from '@/lib/db/client'
import { createOnce, type CreateRequest } from '@/lib/db/create-once'
import { operatorIdOf } from '@/lib/team/reach'
import { SILENCE_DAYS_MAX, SILENCES_MAX, type CreateSilence, type SilenceDto } from './input'
import { readSilence, whereTime } from './list'
import { silencePlace } from './place'

const DAY_MS = 86_400_000
/** What a browser took for now may be a moment old when it arrives. */
const LATE_MS = 5 * 60_000
const refused = (field: string, message: string) => new AppError('invalid-input', 'This time cannot be used.', { issues: [{ field, message }] })

/** Begin and end. Throws invalid-input naming the field for times that are past, the wrong way round, or too far apart. */
function timesOf({ startsAt, endsAt }: CreateSilence, now: Date): { startsAt: Date; endsAt: Date } {
  const starts = startsAt === undefined ? now : new Date(startsAt)
  const ends = new Date(endsAt)
  if (starts.getTime() < now.getTime() - LATE_MS) throw refused('startsAt', 'It cannot begin in the past.')
  if (starts.getTime() > now.getTime() + 365 * DAY_MS) throw refused('startsAt', 'It has to begin within a year.')
  if (ends <= starts || ends <= now) throw refused('endsAt', 'It has to end after it begins, and after now.')
  if (ends.getTime() - starts.getTime() > SILENCE_DAYS_MAX * DAY_MS) throw refused('endsAt', `At most ${SILENCE_DAYS_MAX} days after it begins.`)
  return { startsAt: starts, endsAt: ends }
}

/** Up to so many of one customer that are not over, so that no customer takes the room of another. Throws conflict. */
async function requireRoom(customerId: string | null, now: Date): Promise<void> {
  const count = await db().silence.count({ where: { customerId, OR: [whereTime('now', now), whereTime('coming', now)] } })
  if (count >= SILENCES_MAX) throw new AppError('conflict', `There are ${SILENCES_MAX} silences.`, { nextStep: 'End those that nobody needs any more.' })
}

/**
 * Alerts of a place tell nobody from one time to another; they are still seen and counted. What is open there is marked at
 * once. Throws forbidden, invalid-input naming the field, and conflict above 500 silences of a customer.
 */
export async function createSilence(actor: Actor, input: CreateSilence, create: CreateRequest): Promise<SilenceDto> {
  const { customer, siteId, firewallId, name } = await silencePlace(actor, input)
  const now = new Date()
  const times = timesOf(input, now)
  await requireRoom(customer?.id ?? null, now)
  const told = { kind: input.kind, startsAt: times.startsAt.toISOString(), endsAt: times.endsAt.toISOString(), note: input.note }
  const id = await createOnce(
    create,
    async (tx, id) => {
      const place = { customerId: customer?.id ?? null, siteId, firewallId, kind: input.kind }
      await tx.silence.create({ data: { id, ...place, ...times, note: input.note, createdAt: now, createdById: operatorIdOf(actor), createdByName: actor.name } })
      if (times.startsAt <= now) await markSilenced(tx, { id, ...place }, { at: now, by: actor.name, note: input.note })
      const target = firewallId !== null ? { kind: 'firewall', id: firewallId, name } : siteId !== null ? { kind: 'site', id: siteId, name } : { kind: customer ? 'customer' : 'installation', id: customer?.id ?? null, name }
      await record(tx, actor, { action: 'silence.create', target, ...(customer && { customer }), details: { silence: id }, after: told })
      return id
    },
    (id) => Promise.resolve(id),
  )
  return readSilence(actor, { id })
}

/** Ends a silence before its time, or one that has not begun. Throws conflict when it is over. */
export async function endSilence(actor: Actor, { id }: { id: string }): Promise<SilenceDto> {
  const { customer, site, firewall } = await readSilence(actor, { id })
  authorise(actor, 'alert:act', { customerId: customer?.id ?? null })
  const now = new Date()
  await db().$transaction(async (tx) => {
    const { count } = await tx.silence.updateMany({ where: { id, endedAt: null, endsAt: { gt: now } }, data: { endedAt: now } })
    if (count === 0) throw new AppError('conflict', 'This silence is over.', { nextStep: 'Make a new one if it is still needed.' })
    await unmarkSilenced(tx, id, now)
    const place = firewall ?? site ?? customer
    const kind = firewall ? 'firewall' : site ? 'site' : customer ? 'customer' : 'installation'
    await record(tx, actor, { action: 'silence.end', target: { kind, id: place?.id ?? null, name: place?.name ?? 'all customers' }, ...(customer && { customer }), details: { silence: id } })
  })
  return readSilence(actor, { id })
}
