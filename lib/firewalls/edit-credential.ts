import 'server-only'
import type { z } from 'zod'
import type { Actor } from '@/lib/auth/actor'
import { requireStepUp } from '@/lib/auth/step-up'
import { isFamily } from '@/lib/adapters/registry'
import { AppError, firewallError } from '@/lib/core/errors'
import { toJson } from '@/lib/db/json'
import { closePool } from '@/lib/outbound/pools'
import { changeFirewall, findManaged, staleChange } from './change'
import type { FirewallDetail } from './dto'
import type { editCredentialInput } from './input'
import { readFirewall } from './read'
import { STATE_RULES } from './states'
import { proveCredential, trialOf, withTries } from './test-credential'
import { visitNow } from './visit-now'
import { sealCredential } from './vault'

/** Tests a new credential and stores it sealed. At most two failures in 30 minutes; the answer tells the tries left. */
export async function editCredential(actor: Actor, input: z.output<typeof editCredentialInput>, expectedRevision: number, signal: AbortSignal): Promise<FirewallDetail> {
  const row = await findManaged(actor, input.id)
  requireStepUp(actor, 'firewall.credential')
  if (row.revision !== expectedRevision) throw staleChange()
  if (row.certificateSeenAt) throw firewallError('firewall-certificate-changed', { details: { nextStep: 'Decide about the certificate first, then enter the credential.' } })
  if (!isFamily(row.family)) throw new AppError('internal', 'The firewall has no known family.')
  const trust = row.trustMode === 'pin' ? { mode: 'pin' as const, sha256: row.pinSha256 ?? '' } : row.trustMode === 'public-ca' ? { mode: 'public-ca' as const } : { mode: 'plain-http' as const, confirmed: true as const }
  const trial = trialOf({ family: row.family, baseUrl: row.origin, trust, credential: input.credential }, row.commandsAllowed)
  const proof = await proveCredential(actor, trial, { target: { kind: 'firewall', id: row.id, name: row.name }, customer: row.customer }, signal).catch(async (error: unknown) => {
    throw error instanceof AppError ? await withTries(error, row.origin) : error
  })
  const now = new Date()
  const stored = { method: proof.credential.method, credentialSealed: await sealCredential(proof.credential, row.id, row.origin), storedAt: now, testedAt: now, rejectedAt: null, lastTest: toJson(proof.test) }
  await changeFirewall(actor, row, expectedRevision, {
    event: { action: 'firewall.credential.change', after: { method: proof.credential.method } },
    data: { state: 'not-visited', stateRank: STATE_RULES['not-visited'].rank, stateReason: null, lastErrorCode: null, lastErrorMessage: null, lastErrorNextStep: null, lastErrorAt: null },
    also: async (tx) => {
      await tx.firewallToken.deleteMany({ where: { firewallId: row.id } })
      await tx.firewallCredential.upsert({ where: { firewallId: row.id }, create: { firewallId: row.id, ...stored }, update: stored })
      await tx.firewallVisit.updateMany({ where: { firewallId: row.id }, data: visitNow(now) })
    },
  })
  closePool(row.id)
  return readFirewall(actor, { id: row.id })
}
