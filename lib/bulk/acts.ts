import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { requestBackup } from '@/lib/backups/request'
import { startCheck } from '@/lib/checks/start'
import { AppError } from '@/lib/core/errors'
import { log } from '@/lib/core/log'
import { findManaged } from '@/lib/firewalls/change'
import { editFirewall } from '@/lib/firewalls/edit'
import { pauseFirewall } from '@/lib/firewalls/pause'
import { refreshFirewall } from '@/lib/firewalls/refresh'
import type { BulkActInput, BulkItemState } from './input'

/** `running`: the firewall is at it, and a later step looks again. */
export type Outcome = { state: Exclude<BulkItemState, 'pending'>; message: string | null }

const REFRESH_MILLISECONDS_MAX = 100_000
const TRIES = 3
const done = (message: string | null = null): Outcome => ({ state: 'done', message })
const skipped = (message: string): Outcome => ({ state: 'skipped', message })

async function refresh(actor: Actor, id: string): Promise<Outcome> {
  const { asked, failures } = await refreshFirewall(actor, { id }, AbortSignal.timeout(REFRESH_MILLISECONDS_MAX))
  return done(failures.length === 0 ? null : `${failures.length} of ${asked} reads brought nothing. Open it to see why.`)
}

async function check(actor: Actor, id: string): Promise<Outcome> {
  await startCheck(actor, { id })
  return { state: 'running', message: null }
}

async function backup(actor: Actor, id: string): Promise<Outcome> {
  await requestBackup(actor, { id, reason: 'by-hand' })
  return { state: 'running', message: null }
}

async function tag(actor: Actor, id: string, { add, remove }: Extract<BulkActInput, { act: 'tag' }>['input']): Promise<Outcome> {
  const row = await findManaged(actor, id)
  const tags = [...new Set([...row.tags.filter((each) => !remove.includes(each)), ...add])]
  if (tags.length === row.tags.length && tags.every((each) => row.tags.includes(each))) return skipped('Its tags are so already.')
  if (tags.length > 30) throw new AppError('invalid-input', 'It would have over 30 tags.', { nextStep: 'Remove some first.' })
  await editFirewall(actor, { id, tags }, row.revision)
  return done()
}

async function move(actor: Actor, id: string, { customerId, siteId }: Extract<BulkActInput, { act: 'move' }>['input']): Promise<Outcome> {
  const row = await findManaged(actor, id)
  if (row.customerId === customerId && row.siteId === siteId) return skipped('It stands there already.')
  await editFirewall(actor, { id, customerId, siteId }, row.revision)
  return done()
}

async function pause(actor: Actor, id: string, paused: boolean, reason: string): Promise<Outcome> {
  const row = await findManaged(actor, id)
  if ((row.pausedAt !== null) === paused) return skipped(paused ? 'It is paused already.' : 'It is not paused.')
  await pauseFirewall(actor, { id, paused, reason }, row.revision)
  return done()
}

function act(actor: Actor, id: string, asked: BulkActInput): Promise<Outcome> {
  switch (asked.act) {
    case 'refresh':
      return refresh(actor, id)
    case 'check':
      return check(actor, id)
    case 'backup':
      return backup(actor, id)
    case 'tag':
      return tag(actor, id, asked.input)
    case 'move':
      return move(actor, id, asked.input)
    case 'pause':
      return pause(actor, id, true, asked.input.reason)
    case 'resume':
      return pause(actor, id, false, '')
  }
}

const sentenceOf = ({ message, nextStep }: AppError): string => [message, nextStep].filter(Boolean).join(' ')
/** Where the firewall could not even be asked, nothing was tried: that is no failure of the act. */
const NOT_TRIED = ['forbidden', 'not-found', 'firewall-calls-stopped', 'firewall-command-permission-needed']

function endOf(error: unknown, id: string): Outcome {
  if (!(error instanceof AppError)) {
    log().error({ firewall: id, err: error instanceof Error ? { message: error.message, stack: error.stack } : 'unknown' }, 'an act on many firewalls failed on one')
    return { state: 'failed', message: 'Palisade failed while doing this. An admin finds the reason in the log.' }
  }
  return { state: NOT_TRIED.includes(error.code) ? 'skipped' : 'failed', message: sentenceOf(error) }
}

/**
 * One act on one firewall, through the use case of the single act. Safe to repeat: reading and looking are harmless, and
 * tags, places and pauses end the same. Never throws; a change that someone else made meanwhile is taken into account.
 */
export async function actOnOne(actor: Actor | null, id: string, asked: BulkActInput): Promise<Outcome> {
  if (!actor) return skipped('Who asked for it may not do so any more.')
  for (let tries = 1; ; tries++) {
    try {
      return await act(actor, id, asked)
    } catch (error) {
      if (error instanceof AppError && error.code === 'stale' && tries < TRIES) continue
      return endOf(error, id)
    }
  }
}
