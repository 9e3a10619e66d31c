import 'server-only'
import { AppError } from '@/lib/core/errors'
import { db } from '@/lib/db/client'
import type { ConnectionRow } from '@/lib/db/sql'
import { ACTIVE_UPDATE_STATES } from '@/lib/updates/states'

/**
 * What an update that is under way forbids, as a sentence; null = none is. Going back and the restart would cut off an
 * installation on this firewall, or take the traffic away that its peer carries, or was to take over, meanwhile.
 */
export async function updateAtWork({ id, name }: Pick<ConnectionRow, 'id' | 'name'>): Promise<string | null> {
  // Who is linked names the other; a link that only one of them has counts as well.
  const ofPair = { OR: [{ id }, { haPeerId: id }, { haPeerOf: { some: { id } } }] }
  const job = await db().updateJob.findFirst({ where: { finishedAt: null, state: { in: [...ACTIVE_UPDATE_STATES] }, firewall: ofPair }, select: { firewall: { select: { id: true, name: true } } } })
  if (!job) return null
  return job.firewall.id === id ? `An update is under way on ${name}.` : `An update is under way on ${job.firewall.name}, the peer of ${name}.`
}

/** Throws conflict while an update is under way on the firewall or on its peer. */
export async function requireNoUpdate(row: Pick<ConnectionRow, 'id' | 'name'>): Promise<void> {
  const sentence = await updateAtWork(row)
  if (sentence !== null) throw new AppError('conflict', sentence, { nextStep: 'Wait until its job has ended, then ask again.' })
}
