import 'server-only'
import type { z } from 'zod'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { authorise } from '@/lib/auth/authorise'
import { requireStepUp } from '@/lib/auth/step-up'
import { AppError } from '@/lib/core/errors'
import { db } from '@/lib/db/client'
import type { editSettingsInput, SettingsDto } from './input'
import { readSettings } from './read'

/** What the owner decides for the whole installation. A stricter rule reaches running sessions at their next request. */
export async function editSettings(actor: Actor, edit: z.output<typeof editSettingsInput>, expectedRevision: number): Promise<SettingsDto> {
  authorise(actor, 'installation:manage', { customerId: null })
  requireStepUp(actor, 'installation.manage')
  const before = await db().settings.findUniqueOrThrow({ where: { id: 1 } })
  const after = { secondFactorFor: edit.secondFactorFor ?? before.secondFactorFor, auditKeepDays: edit.auditKeepDays === undefined ? before.auditKeepDays : edit.auditKeepDays }
  await db().$transaction(async (tx) => {
    const { count } = await tx.settings.updateMany({ where: { id: 1, revision: expectedRevision }, data: { ...after, revision: { increment: 1 }, changedAt: new Date() } })
    if (count === 0) throw new AppError('stale', 'Someone changed the settings since you looked at them.', { nextStep: 'Look again, then save.' })
    await record(tx, actor, { action: 'settings.edit', target: { kind: 'installation', id: null, name: 'settings' }, before: { secondFactorFor: before.secondFactorFor, auditKeepDays: before.auditKeepDays }, after })
  })
  return readSettings(actor)
}
