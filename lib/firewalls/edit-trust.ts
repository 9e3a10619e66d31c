import 'server-only'
import type { z } from 'zod'
import type { Actor } from '@/lib/auth/actor'
import { requireStepUp } from '@/lib/auth/step-up'
import { AppError } from '@/lib/core/errors'
import { Prisma } from '@/lib/db/generated/client'
import { closePool } from '@/lib/outbound/pools'
import { isPlainHttp } from './address'
import { changeFirewall, findManaged, staleChange } from './change'
import type { FirewallDetail } from './dto'
import type { editTrustInput } from './input'
import { readFirewall } from './read'
import { seenCertificate } from './seen-certificate'
import { STATE_RULES } from './states'
import { visitNow } from './visit-now'

const wrongTrust = (message: string) => new AppError('invalid-input', message, { issues: [{ field: 'trust', message }] })

/**
 * A person trusts the certificate that the firewall shows now. The credential goes with the old trust, unless the
 * certificate was renewed with the pinned key: then the same machine is proven and the credential stays.
 */
export async function editTrust(actor: Actor, { id, trust }: z.output<typeof editTrustInput>, expectedRevision: number): Promise<FirewallDetail> {
  const row = await findManaged(actor, id)
  requireStepUp(actor, 'firewall.trust')
  if (row.revision !== expectedRevision) throw staleChange()
  if ((trust.mode === 'plain-http') !== isPlainHttp(row.origin)) throw wrongTrust('plain-http is for addresses that begin with http://, and only for them.')
  const certificate = trust.mode === 'plain-http' ? null : await seenCertificate(actor, row.origin, { target: { kind: 'firewall', id: row.id, name: row.name }, customer: row.customer })
  if (trust.mode === 'pin' && certificate?.sha256 !== trust.sha256) throw wrongTrust('The firewall shows another certificate than this one now. Look at it again.')
  if (trust.mode === 'public-ca' && !certificate?.publiclyTrusted) throw wrongTrust('The certificate does not verify against the public authorities.')
  const sameKey = certificate !== null && row.trustMode === trust.mode && row.pinSpkiSha256 === certificate.spkiSha256
  const now = new Date()
  const state = sameKey ? 'not-visited' : 'credential-missing'
  await changeFirewall(actor, row, expectedRevision, {
    event: {
      action: 'firewall.trust.change',
      before: { mode: row.trustMode, sha256: row.pinSha256 },
      after: { mode: trust.mode, sha256: trust.mode === 'pin' ? trust.sha256 : null },
      details: { sameKey, credentialCleared: !sameKey },
    },
    data: {
      trustMode: trust.mode,
      pinSha256: trust.mode === 'pin' ? trust.sha256 : null,
      pinSpkiSha256: certificate?.spkiSha256 ?? null,
      certificate: certificate ?? Prisma.DbNull,
      certificateSeen: Prisma.DbNull,
      certificateSeenAt: null,
      trustConfirmedAt: now,
      trustConfirmedBy: actor.name,
      state,
      stateRank: STATE_RULES[state].rank,
      stateReason: sameKey ? null : 'trust changed, enter it again',
      lastErrorCode: null,
      lastErrorMessage: null,
      lastErrorNextStep: null,
      lastErrorAt: null,
    },
    also: async (tx) => {
      if (!sameKey) {
        await tx.firewallCredential.deleteMany({ where: { firewallId: row.id } })
        await tx.firewallToken.deleteMany({ where: { firewallId: row.id } })
      }
      await tx.firewallVisit.updateMany({ where: { firewallId: row.id }, data: visitNow(now) })
    },
  })
  closePool(row.id)
  return readFirewall(actor, { id: row.id })
}
