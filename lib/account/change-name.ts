import 'server-only'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { ownSession } from '@/lib/auth/own-session'
import { db } from '@/lib/db/client'
import type { AccountDto } from './input'
import { readAccount } from './read'

/** The name by which colleagues and the audit log know the signed-in person. Entries that exist keep the old one. */
export async function changeName(actor: Actor, { name }: { name: string }): Promise<AccountDto> {
  const self = ownSession(actor)
  await db().$transaction(async (tx) => {
    await tx.operator.update({ where: { id: self.id }, data: { name, revision: { increment: 1 } } })
    await record(tx, self, { action: 'operator.name.change', target: { kind: 'operator', id: self.id, name: self.email }, before: { name: self.name }, after: { name } })
  })
  return readAccount(self)
}
