import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { authorise } from '@/lib/auth/authorise'
import { AppError } from '@/lib/core/errors'
import { log } from '@/lib/core/log'
import { db } from '@/lib/db/client'
import { type Prisma, type EnrolmentRow } from '@/lib/db/generated/client'
import { toJson } from '@/lib/db/json'
import { enrolFirewall } from '@/lib/firewalls/enrol'
import { problemOf } from '@/lib/firewalls/note-failure'
import { probeFirewall } from '@/lib/firewalls/probe'
import { openRowCredential } from '@/lib/firewalls/vault'
import { alreadyThere } from './already-there'
import { pairByName } from './pair-by-name'
import { familyOfRow, judgeTrust } from './row-trust'
import { nextRowState, type RowEvent } from './states'
import { stateOf } from './read'
import { rowIdOf, storedRow } from './stored-row'

type More = Partial<Pick<EnrolmentRow, 'message' | 'nextStep' | 'firewallId' | 'credentialSealed'>> & { certificate?: Prisma.InputJsonObject }

/** Compare-and-set over the state that was read; null when the row went on without us. */
export async function advance(row: EnrolmentRow, event: RowEvent, more: More = {}): Promise<EnrolmentRow | null> {
  const state = nextRowState(stateOf(row.state), event)
  if (state === null) return null
  const data = { state, message: null, nextStep: null, changedAt: new Date(), ...more }
  const { count } = await db().enrolmentRow.updateMany({ where: { fileId: row.fileId, line: row.line, state: row.state, changedAt: row.changedAt }, data })
  return count === 0 ? null : { ...row, state, changedAt: data.changedAt }
}

/** The test and what follows. That it begins is stored before, so that after a crash it is not made a second time. */
async function test(looking: EnrolmentRow, actor: Actor, found: Awaited<ReturnType<typeof probeFirewall>>, signal: AbortSignal): Promise<void> {
  const input = storedRow.parse(looking.input)
  const judged = judgeTrust(input, found)
  const certificate = found.certificate ? { certificate: toJson(found.certificate) } : {}
  if ('waits' in judged) return void (await advance(looking, 'unknownCertificate', { message: judged.waits, ...certificate }))
  const family = familyOfRow(input, found)
  if (looking.credentialSealed === null) throw new AppError('conflict', 'The credential of this line is gone.', { nextStep: 'Enter it again.' })
  const credential = await openRowCredential(looking.credentialSealed, rowIdOf(looking), input.origin)
  const row = await advance(looking, 'trusted', certificate)
  if (!row) return
  try {
    const place = { name: input.name, customerId: row.customerId, siteId: input.siteId, tags: input.tags, timeZone: input.timeZone ?? input.siteTimeZone ?? 'UTC' }
    const { id } = await enrolFirewall(actor, { ...place, family, baseUrl: input.origin, credential, trust: judged.trust }, { actorId: actor.id ?? '', route: 'enrolment', idempotencyKey: null, body: null }, signal)
    await advance(row, 'passed', { firewallId: id, credentialSealed: null, message: await pairByName(actor, row, id) })
  } catch (error) {
    await refuse(row, error, signal)
  }
}

/** How often the firewall may still be asked, where the failure was about that. */
function triesOf(error: unknown): string {
  const { triesLeft, retryAt } = error instanceof AppError ? error.details : {}
  if (typeof triesLeft !== 'number') return ''
  if (triesLeft > 0) return ` ${triesLeft === 1 ? '1 try is' : `${triesLeft} tries are`} left in 30 minutes.`
  return retryAt === undefined ? ' No try is left.' : ` No try is left until ${retryAt.slice(11, 16)} UTC.`
}

async function refuse(row: EnrolmentRow, error: unknown, signal: AbortSignal): Promise<void> {
  if (!(error instanceof AppError)) log().error({ file: row.fileId, line: row.line, err: error instanceof Error ? { message: error.message, stack: error.stack } : 'unknown' }, 'a line of an enrolment file failed')
  const slow = signal.aborted ? { message: 'The firewall took too long for all that is tried.', nextStep: 'Try again, or enrol it alone, where it has more time.' } : {}
  const { message, nextStep } = { ...problemOf(error, new Date()), ...slow }
  await advance(row, 'refused', { message, nextStep: `${nextStep ?? ''}${triesOf(error)}`.trim() || null })
}

/** Takes one row that was begun as far as it goes by itself. Never throws for a firewall's fault. */
export async function enrolRow(row: EnrolmentRow, actor: Actor, signal: AbortSignal): Promise<void> {
  try {
    authorise(actor, 'firewall:manage', { customerId: row.customerId })
    const input = storedRow.parse(row.input)
    const known = await alreadyThere(row.customerId, input)
    if (known && known.differences.length === 0) return void (await advance(row, 'same', { firewallId: known.firewallId, credentialSealed: null }))
    if (known) {
      return void (await advance(row, 'different', { firewallId: known.firewallId, credentialSealed: null, message: `It is enrolled and differs. ${known.differences.join('; ')}.`, nextStep: 'Nothing was changed. Change it on the page of the firewall, or correct the file.' }))
    }
    await test(row, actor, await probeFirewall(actor, { baseUrl: input.origin }, signal), signal)
  } catch (error) {
    const lost = error instanceof AppError && (error.code === 'forbidden' || error.code === 'not-found')
    await refuse(row, lost ? new AppError('forbidden', 'Who took this file may not enrol for this customer any more.', { nextStep: 'Someone who may has to take the file.' }) : error, signal)
  }
}
