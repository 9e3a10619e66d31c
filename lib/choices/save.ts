import 'server-only'
import type { z } from 'zod'
import type { Actor } from '@/lib/auth/actor'
import { ownSession } from '@/lib/auth/own-session'
import { AppError } from '@/lib/core/errors'
import { db } from '@/lib/db/client'
import { saveChoiceInput, type anyChoiceInput, type ChoicesDto } from './input'
import { readChoices } from './read'

/** Keeps what a person chose about how their pages look; null takes it back. Only looks, so it is no act of the audit log. */
export async function saveChoice(actor: Actor, input: z.output<typeof anyChoiceInput>): Promise<ChoicesDto> {
  const { id: operatorId } = ownSession(actor)
  const parsed = saveChoiceInput.safeParse(input)
  if (!parsed.success) throw new AppError('invalid-input', 'This cannot be chosen.', { issues: parsed.error.issues.map((issue) => ({ field: issue.path.join('.') || 'value', message: issue.message })) })
  const { name, value } = parsed.data
  if (value === null) await db().operatorChoice.deleteMany({ where: { operatorId, name } })
  else await db().operatorChoice.upsert({ where: { operatorId_name: { operatorId, name } }, create: { operatorId, name, value }, update: { value } })
  return readChoices(actor)
}
