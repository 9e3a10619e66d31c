import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { requireStepUp } from '@/lib/auth/step-up'
import { AppError } from '@/lib/core/errors'
import { changeFirewall, findManaged } from './change'
import type { FirewallDetail } from './dto'
import { moduleOf } from './dto-of'
import { readFirewall } from './read'

/**
 * Chooses for one firewall whether updates start by the API's own call instead of the fixed command: an act of an admin who was
 * told the risk, on record. It holds for updates that start from now on; one that has begun is not touched.
 */
export async function editUpdateWay(actor: Actor, { id, byEndpoint }: { id: string; byEndpoint: boolean }, expectedRevision: number): Promise<FirewallDetail> {
  const row = await findManaged(actor, id)
  requireStepUp(actor, 'firewall.update-way')
  if (moduleOf(row).updateAbility.endpointStart === null) {
    const message = 'This family has one way to start updates.'
    throw new AppError('invalid-input', message, { issues: [{ field: 'byEndpoint', message }] })
  }
  await changeFirewall(actor, row, expectedRevision, {
    event: { action: 'firewall.update-way.change', before: { byEndpoint: row.updateByEndpoint }, after: { byEndpoint } },
    data: { updateByEndpoint: byEndpoint },
  })
  return readFirewall(actor, { id: row.id })
}
