import 'server-only'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { authoriseScope } from '@/lib/auth/authorise'
import { requireStepUp } from '@/lib/auth/step-up'
import { mailLink } from '@/lib/channels/mail-link'
import { AppError } from '@/lib/core/errors'
import { db } from '@/lib/db/client'
import { findOperator, namedGrantsOf, requireOther } from './find'
import { onlyCustomer } from './grants'
import type { NewLinkDto } from './input'
import { makeLink } from './links'
import { showChanged } from './list'
import { scopeUnderLock } from './lock'

const disabled = () => new AppError('conflict', 'This operator is disabled.', { nextStep: 'Enable the operator first.' })

/** A new invitation for who has not joined yet, else a link to set a new password. It replaces the open one, and is in this answer and perhaps a mail. */
export async function renewLink(actor: Actor, { id }: { id: string }): Promise<NewLinkDto> {
  const scope = authoriseScope(actor, 'operator:manage')
  requireOther(scope, await findOperator(db(), scope, id))
  requireStepUp(actor, 'operator.manage')
  const now = new Date()
  const { link, expiresAt, ...mail } = await db().$transaction(async (tx) => {
    const current = await scopeUnderLock(tx, actor, now)
    const row = await findOperator(tx, current, id)
    requireOther(current, row)
    if (row.disabledAt) throw disabled()
    const purpose = row.joinedAt ? 'reset' : 'join'
    const made = await makeLink(tx, actor, id, purpose, now)
    await record(tx, actor, { action: 'operator.link', target: { kind: 'operator', id, name: row.email }, customer: onlyCustomer(namedGrantsOf(row)), details: { purpose, expiresAt: made.expiresAt } })
    return { ...made, purpose, to: { id, email: row.email, name: row.name }, customer: onlyCustomer(namedGrantsOf(row)) } as const
  })
  const mailed = await mailLink(actor, { ...mail, link, expiresAt })
  return { operator: await showChanged(scope, id), link: link.reveal(), expiresAt: expiresAt.toISOString(), mail: mailed }
}
