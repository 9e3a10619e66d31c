import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { AppError } from '@/lib/core/errors'
import { db } from '@/lib/db/client'
import type { EnrolmentRow } from '@/lib/db/generated/client'
import { editFirewall } from '@/lib/firewalls/edit'
import { storedRow } from './stored-row'

/** Who the other member is: whom this line names, or who names it in another line and is enrolled. */
async function peerOf(row: EnrolmentRow): Promise<{ id: string; name: string; haPeerId: string | null } | null> {
  const { name, haPeer } = storedRow.parse(row.input)
  const select = { id: true, name: true, haPeerId: true } as const
  if (haPeer !== null) return db().firewall.findFirst({ where: { customerId: row.customerId, name: haPeer }, select })
  const namer = await db().enrolmentRow.findFirst({ where: { fileId: row.fileId, customerId: row.customerId, state: 'enrolled', input: { path: ['haPeer'], equals: name } } })
  return namer?.firewallId ? db().firewall.findUnique({ where: { id: namer.firewallId }, select }) : null
}

/** Links a firewall that was just enrolled with its peer, when that is there too. Gives a sentence when they could not be linked. */
export async function pairByName(actor: Actor, row: EnrolmentRow, firewallId: string): Promise<string | null> {
  const peer = await peerOf(row)
  const own = peer && (await db().firewall.findUnique({ where: { id: firewallId }, select: { haPeerId: true, revision: true } }))
  if (!own || own.haPeerId === peer.id) return null
  try {
    await editFirewall(actor, { id: firewallId, haPeerId: peer.id }, own.revision)
    return null
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return `Enrolled, but not linked with ${peer.name}: ${error.message}`
  }
}
