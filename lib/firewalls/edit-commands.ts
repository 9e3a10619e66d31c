import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { requireStepUp } from '@/lib/auth/step-up'
import { AppError } from '@/lib/core/errors'
import { changeFirewall, findManaged } from './change'
import type { FirewallDetail } from './dto'
import { moduleOf } from './dto-of'
import { readFirewall } from './read'

/** Switches the command permission of one firewall (decision 12): off by default, an act of an admin, on record. */
export async function editCommands(actor: Actor, { id, allowed }: { id: string; allowed: boolean }, expectedRevision: number): Promise<FirewallDetail> {
  const row = await findManaged(actor, id)
  requireStepUp(actor, 'firewall.commands')
  if (moduleOf(row).commandPermission === null) throw new AppError('invalid-input', 'This family has no commands.', { issues: [{ field: 'allowed', message: 'This family needs no commands.' }] })
  await changeFirewall(actor, row, expectedRevision, {
    event: { action: 'firewall.command.allow', before: { allowed: row.commandsAllowed }, after: { allowed } },
    data: { commandsAllowed: allowed, commandsChangedAt: new Date(), commandsChangedBy: actor.name },
  })
  return readFirewall(actor, { id: row.id })
}
